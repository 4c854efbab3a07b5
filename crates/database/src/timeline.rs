//! What has happened with a deal or a contact, newest first, one statement for each kind of happening.

mod mail;
mod work;

pub use mail::{HitRow, InboundRow, MailRow, hits, inbound, mails};
pub use work::{DecisionRow, MoveRow, NoteRow, decisions, moves, notes};

use domain::{ContactId, DealId};
use uuid::Uuid;

/// Whose history is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Deal(DealId),
    Contact(ContactId),
}

impl Subject {
    /// A condition on `$1`, where `table` has columns for both.
    fn on(self, table: &str) -> String {
        match self {
            Self::Deal(_) => format!("{table}.deal_id = $1"),
            Self::Contact(_) => format!("{table}.contact_id = $1"),
        }
    }

    /// The same through a deal, for tables that know only deals.
    fn on_deal_of(self, table: &str) -> String {
        match self {
            Self::Deal(_) => format!("{table}.deal_id = $1"),
            Self::Contact(_) => format!("{table}.deal_id IN (SELECT id FROM deals WHERE contact_id = $1)"),
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Deal(DealId(id)) | Self::Contact(ContactId(id)) => id,
        }
    }
}
