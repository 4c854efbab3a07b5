//! What people do with a deal, and its page.

mod edit;
mod moves;
mod page;
mod status;
mod timeline;
mod undo;

pub use edit::{add_note, edit};
pub use moves::{MoveRequest, move_to};
pub use page::{deal_page, mail_body};
pub use status::set_status;
pub use timeline::timeline;
pub use undo::undo;

use chrono_tz::Tz;
use database::board::BoardFrame;
use database::contact::Contact;

/// The zone a contact lives in: their own, else the brand's.
fn zone(contact: &Contact, frame: &BoardFrame) -> Tz {
    crate::office::zone(contact.time_zone.as_deref().unwrap_or(&frame.time_zone))
}
