//! The outbox against a provider that misbehaves.

mod failures;
mod manual;
