//! Imports: the upload, how far it has come, and the set-based writes of one chunk of rows.

mod chunk;
mod error;
mod file;
mod row;
mod step;

pub use chunk::{
    NewConsent, NewDeal, NewNote, contacts_with_deal, insert_consents, insert_contacts, insert_deals,
    insert_notes, known, suppressed_among, update_contacts,
};
pub use error::{ImportError, errors_after, insert_errors};
pub use file::{delete_file, part, store_part};
pub use row::{Import, ListedImport, find, insert, listed, newest, remembered_options};
pub use step::{Advance, advance, begin, done_rows_locked, enqueue, fail, finish, queue, settings_for_bulk};
