//! The page of one deal, and the timeline it shares with the page of a contact.

mod edit_dialog;
mod events;
mod facts;
mod head;
mod mail_entry;
mod move_menu;
mod next_step;
mod notes;
mod page;
mod send_dialog;
mod timeline;

pub use page::DealPage;
pub use timeline::Timeline;
