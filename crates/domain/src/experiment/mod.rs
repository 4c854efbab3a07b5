//! Experiments: which variant a deal gets.

mod assign;
mod siphash;

pub use assign::assign;
