//! Deals and their moves.

mod moves;
mod row;

pub use moves::{Actor, StageMove, record_move};
pub use row::{Deal, find, lock};
