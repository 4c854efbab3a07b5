//! Mails as the outbox knows them, and when they may go.

mod account;
mod diary;
mod distance;
mod mailbox;
pub mod pacing;
#[cfg(test)]
mod pacing_tests;
mod release;
mod retry;
mod room;
mod state;
mod warm_up;

pub use account::{DataCentre, Encryption, Provider, SecretName, TestOutcome};
pub use diary::Diary;
pub use distance::Distances;
pub use mailbox::{MailboxFacts, MailboxHealth, MailboxKind, read_again_from, read_from};
pub use pacing::{Caps, Load, Slot, SlotReason, Wish};
pub use release::{Release, ReleaseDeal, ReleaseFacts, release};
pub use retry::{LONGEST_RETRY, asked_wait, wait_before_retry};
pub use room::{Room, Sent};
pub use state::{AttemptOutcome, MailSignal, MessageState, SuppressionReason};
pub use warm_up::WarmUp;
