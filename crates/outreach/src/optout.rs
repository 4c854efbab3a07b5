//! Opt-outs: one click in a mail program, the page behind the link in each mail, and whatever else forbids a brand to
//! write to an address again.

mod back;
mod link;
mod stop;

pub use back::{Back, allow_again, come_back};
pub use link::{Channel, OptOut, by_address, look, opt_out};
pub use stop::{Stop, Stopped, stop};
pub(crate) use stop::{close, ladder_of};
