//! The worker: takes jobs from the queue and puts the timetable's into it.
//!
//! The queue promises each job at least once; the jobs themselves make sure that twice does no harm.

mod handlers;
mod shutdown;
mod supervise;
mod timetable;

pub use supervise::{Worker, run};
pub use timetable::tick;
