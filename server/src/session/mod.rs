//! Sessions in PostgreSQL.

mod store;

pub use store::SessionTable;

/// Name of the cookie.
pub const COOKIE: &str = "overture";
/// Key of the person's id in the session's data.
pub const USER: &str = "user";
