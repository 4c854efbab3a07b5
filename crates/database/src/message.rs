//! The outbox: rows of `email_messages` and their contents.

mod attempt;
mod claim;
mod edit;
mod limits;
mod record;
mod row;
mod thread;
mod write;

pub use attempt::{Attempt, attempts, note_attempts};
pub use claim::{
    Candidate, Deferral, claim, contents, defer, explain_due, give_up_claims, lock_due, lock_due_tests,
    next_scheduled,
};
pub use edit::{cancel, reschedule};
pub use limits::{
    HandedOverLately, MailedLately, anything_to_do, count_due, handed_over, mailed_lately, queue_up,
};
pub use record::{HandedOver, Mailed, all, count_mailed, lock, record_sent, settle_unclear};
pub use row::{Content, Message, find};
pub use thread::{Earlier, of_deals};
pub use write::{wake, write};
