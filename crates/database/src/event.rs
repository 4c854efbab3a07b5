//! What happened to mails after they were sent. Append-only; the first moments are kept on the mail as well.

mod hits;
mod row;

pub use hits::{HitContext, HitKey, JudgedHit, RecentClick, contexts, recent_clicks, record_hits};
pub use row::{NewEvent, append, exists, mark_bounced, mark_replied};
