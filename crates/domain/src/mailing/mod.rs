//! Mails as the outbox knows them, and when they may go.

pub mod pacing;
#[cfg(test)]
mod pacing_tests;
mod state;
mod warm_up;

pub use pacing::{Caps, Load, Slot, SlotReason};
pub use state::{MessageState, SuppressionReason};
pub use warm_up::WarmUp;
