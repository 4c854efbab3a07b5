//! Server functions: current user → brand scope → domain type → one use case → view struct.

pub mod demo;
pub mod frame;
