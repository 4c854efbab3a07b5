//! Mails that came in, and the mails of ours they belong to.

mod matching;
mod row;

pub use matching::{Counterpart, brand_sent, by_message_ids, newest_mail, open_deal_beside};
pub use row::{Inbound, Review, find, insert, lock, set_review};
