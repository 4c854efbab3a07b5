//! How a contact has reacted to a brand's mails, and what that makes them.

mod assess;
mod counts;
mod event;
mod tier;

pub use assess::{BURNOUT_RUN, TierAssessment, tier_of};
pub use counts::{EngagementCounts, GRACE, MailActivity, RECENT};
pub use event::{EventKind, Verdict};
pub use tier::Tier;
