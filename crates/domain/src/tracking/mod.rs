//! Who opened or clicked: a person, or a machine on the way.

mod agent;
mod burst;
mod network;
mod ranges;
mod verdict;

pub use burst::{Seen, together};
pub use verdict::{HitFacts, HitKind, HitReason, HitVerdict, Network, better, verdict};
