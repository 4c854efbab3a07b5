//! The outbox against a provider that misbehaves.

mod distances;
mod failures;
mod manual;
mod people;
