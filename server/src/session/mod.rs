//! Sessions in PostgreSQL.

mod store;

pub use store::{SessionTable, digest};

/// Name of the cookie.
pub const COOKIE: &str = "overture";
/// Key of the person's id in the session's data.
pub const USER: &str = "user";

/// Key of the browser's own name in the session's data, for the list of sign-ins.
pub const AGENT: &str = "agent";
