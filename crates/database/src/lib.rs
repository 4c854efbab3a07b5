//! Schema, rows, queries, migrations and brand-scoped transactions.
//!
//! Every query lives here, named for the set it returns, and takes a connection that is already scoped to a brand set
//! (see [`scope`]). Row-level security in PostgreSQL enforces the scope: a query that forgets its brand sees nothing.

pub mod ai;
pub mod autopilot;
pub mod board;
pub mod brand;
pub mod catalogue;

pub mod clock;
pub mod contact;
pub mod deal;
pub mod decision;
pub mod demo;
pub mod engagement;
pub mod event;
pub mod import;
pub mod inbound;
pub mod job_run;
pub mod listing;
pub mod live;
pub mod mail_secret;
pub mod mailbox;
pub mod mailboxes;
pub mod message;
pub mod migrate;
pub mod optout;
pub mod person;
pub mod pipeline;
mod pool;
mod prepared;
#[rustfmt::skip]
pub mod schema;
pub mod queue;
pub mod scope;
pub mod session;
pub mod settings;
pub mod template;
pub mod timeline;

pub use diesel::result::Error as QueryError;
pub use diesel_async::AsyncPgConnection as Connection;
pub use pool::{Access, Database, PoolError};
pub use scope::Scoped;

/// What queries return.
pub type Result<T> = diesel::QueryResult<T>;
