//! The autopilot on real rows.

mod approach;
mod guards;
mod ladders;
mod proposals;
mod slots;
mod workers;
