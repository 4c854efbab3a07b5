//! Who opened or clicked: a person, or a machine on the way.

mod agent;
mod network;
mod verdict;

pub use verdict::{HitFacts, HitKind, HitReason, HitVerdict, Network, better, verdict};
