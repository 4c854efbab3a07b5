//! The autopilot: looks at due deals, decides by the rules of `domain::autopilot`, and carries the decisions out.
//!
//! A mail is only written here; the outbox hands it over, and a deal moves on once that has happened.

mod batch;
mod diaries;
mod look;
mod outcome;
mod plans;
mod proposal;
mod receipt;
mod turn;

pub use database::autopilot::Subject;
pub use proposal::{approve_decision, dismiss_decision};
pub use turn::{Summary, process_pending_deals};

pub(crate) use batch::{call_key, calls};
pub(crate) use diaries::{Diaries, caps_of};
pub(crate) use look::{Look, look_at};
pub(crate) use plans::{Plan, Plans};
pub(crate) use receipt::inputs;
pub(crate) use turn::JOB;
