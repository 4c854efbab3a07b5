//! Opens and clicks: who fetched a pixel or followed a link. A hit is stored before it is answered, and judged and counted
//! a moment later together with what else has come in.

mod batch;
mod hit;
mod judge;
mod line;
mod tiers;
mod together;

pub use batch::{Kept, Tracker};
pub use hit::{HONEYPOT_LINK, Hit, Recorded, Request};
pub use judge::record;
pub use tiers::{Touched, refresh};
