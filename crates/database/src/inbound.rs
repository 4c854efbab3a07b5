//! Mails that came in, and the mails of ours they belong to.

mod matching;
mod queue;
mod review;
mod row;

pub use matching::{Counterpart, brand_sent, by_message_ids, names_a_test, newest_mail, open_deal_beside};
pub use queue::{Line, QueueFilter, Show, Waiting, queue, waiting};
pub use review::{
    Correction, assign, correction, last_correction, record_correction, restore, undo_correction,
};
pub use row::{Inbound, Review, by_id, find, insert, lock, set_review};
