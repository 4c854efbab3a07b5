//! Deals and their moves.

mod edit;
mod moves;
mod page;
mod row;
mod undo;

pub use edit::{NewNote, add_note, possible_owners, set_facts, stage_before_closing};
pub use moves::{Actor, StageMove, record_move, record_moves};
pub use page::{MailCounts, Proposal, mail_counts, mail_html, person_name, proposal};
pub use row::{Deal, find, lock};
pub use undo::{Moved, mailed_in_visit, remember_move, remembered_move, restore};
