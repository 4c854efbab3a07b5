//! Opens and clicks: who fetched a pixel or followed a link, judged, stored, and counted.

mod batch;
mod hit;
mod judge;
mod tiers;
mod together;

pub use batch::Tracker;
pub use hit::{HONEYPOT_LINK, Hit, Recorded, Request};
pub use judge::record;
pub use tiers::{Touched, refresh};
