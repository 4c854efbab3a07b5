//! Reading files of contacts: which column is what, and what a row says.

mod alias;
mod amount;
mod date;
mod delimiter;
mod duplicate;
pub mod mapping;
pub mod row;
mod status;

pub use amount::parse_cents;
pub use date::parse_date;
pub use delimiter::delimiter;
pub use duplicate::DuplicateMode;
pub use mapping::{Field, guess};
pub use row::{ImportRow, RowError, parse_row};
pub use status::ImportStatus;
