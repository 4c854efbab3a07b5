//! What integration tests share: a database per test with both brands in it, and an environment around it.

mod database;
mod dovecot;
mod factory;
mod mail;

pub use database::TestDatabase;
pub use dovecot::Dovecot;
pub use factory::{Brands, contact, deal, pipeline};
pub use mail::{LINKS, Mailed, mail, mailed};

/// Sunday 22 November 2026, 23:30 UTC: Monday 10:30 in Sydney, inside office hours.
pub const MONDAY_MORNING: &str = "2026-11-22T23:30:00Z";
