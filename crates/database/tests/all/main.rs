//! The database's promises, against PostgreSQL.

mod catalogue;
mod isolation;
mod schema;
mod scope;
