//! What the autopilot does with a deal that is due: guards in a fixed order, then the rules engine. Decides, never does.

mod action;
mod approach;
mod cadence;
mod decide;
#[cfg(test)]
mod decide_properties;
#[cfg(test)]
mod decide_tests;
mod engine;
#[cfg(test)]
mod fixture;
mod guard;
#[cfg(test)]
mod guard_tests;
mod rule;
mod snapshot;
mod summary;
#[cfg(test)]
mod walk_tests;
mod words;

pub use action::{DecisionAction, DecisionOutcome};
pub use approach::{Approach, TemplateVariant};
pub use cadence::wait_after_send;
pub use decide::{Decision, Revisit, decide};
pub use guard::{GuardResult, GuardVerdict, Guarded, guard, lost_reason_of};
pub use rule::Rule;
pub use snapshot::Snapshot;
pub use summary::{NextStepSummary, next_step_summary, summarise};
