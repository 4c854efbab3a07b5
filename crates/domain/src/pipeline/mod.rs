//! Pipelines, stages and the moves between them.

pub mod catalogue;
mod check;
#[cfg(feature = "zones")]
mod follow_up;
mod kind;
mod ladder;
#[cfg(test)]
mod ladder_tests;
mod next;
mod stage;

pub use check::LadderError;
#[cfg(feature = "zones")]
pub use follow_up::FollowUp;
pub use kind::{DealStatus, LostReason, PipelineMode, PipelineType, StageKind};
pub use ladder::{Ladder, autopilot_may_enter};
pub use next::NextStep;
pub use stage::{Stage, status_after_move};
