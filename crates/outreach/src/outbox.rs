//! The outbox: hands written mails over and records what became of them.
//!
//! Claim (commit) → provider call outside any transaction → record (commit). A crash in between leaves a mail whose
//! fate is unclear: it is shown to a person and never sent again by itself.

mod cancel;
mod deliver;
mod hand_over;
mod limits;
mod manual;
mod outcome;
mod outgoing;
mod record;
mod unclear;

pub use cancel::{Cancelled, cancel, reschedule};
pub use deliver::{Summary, deliver_brand, deliver_due};
pub use manual::{NextMail, preview_next, send_now};
pub(crate) use outgoing::outgoing;
pub use unclear::{Fate, resolve_unclear};
