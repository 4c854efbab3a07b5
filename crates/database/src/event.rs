//! What happened to mails after they were sent. Append-only but for verdicts, which better evidence may replace; the first
//! moments are kept on the mail as well.

mod hits;
mod line;
mod row;
mod verdicts;

pub use hits::{HitContext, HitKey, JudgedHit, contexts, record_hits};
pub use line::{HitInLine, line_up, take_in_line};
pub use row::{NewEvent, append, exists, mark_bounced, mark_replied};
pub use verdicts::{Rejudged, StoredHit, hits_of, rejudge};
