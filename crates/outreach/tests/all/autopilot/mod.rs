//! The autopilot on real rows.

mod guards;
mod ladders;
mod proposals;
mod slots;
mod workers;
