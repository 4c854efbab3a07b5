//! Sessions in PostgreSQL.

mod store;

pub use store::SessionTable;

/// Key of the person's id in the session's data.
pub const USER: &str = "user";
