//! Use cases: what people, timetables and inbound mail make happen.
//!
//! A use case loads what a rule of `domain` needs, asks it, and carries out what it decides. Provider calls happen
//! outside transactions.

pub mod ai_accounts;
pub mod autopilot;
pub mod board;
pub mod catalogue;
mod clean_up;
mod compose;
pub mod config;
pub mod contacts;
pub mod deals;
pub mod demo;
pub mod demo_clock;
pub mod engagement;
mod environment;
pub mod imports;
pub mod inbox;
pub mod jobs;
pub mod listings;
pub mod mailbox;
pub mod mailboxes;
pub mod office;
pub mod optout;
pub mod outbox;
pub mod people;
mod refused;
pub mod replies;
pub mod schedule;
pub mod settings;
pub mod templates;
pub mod today;
pub mod tracking;
pub mod transports;
pub mod vault;

pub use environment::{Environment, Settings};
pub use refused::Refused;

/// Chooses the one TLS provider of the process. First line of every `main` and test helper; later calls do nothing.
pub fn install_crypto() {
    // An error says that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
