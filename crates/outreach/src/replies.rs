//! Mail that comes in: whose deal it belongs to, what it asks for, and what follows.

mod apply;
mod assign;
mod inspect;
mod look;
mod matching;
mod office;
mod outcome;
mod receive;
mod review;
mod second_opinion;
mod undo;

pub use apply::Applied;
pub use assign::assign;
pub use inspect::{Inspection, inspect};
pub use matching::MatchedBy;
pub use outcome::{Outcome, Received};
pub use receive::{receive, receive_raw};
pub(crate) use review::read_as;
pub use review::review;
pub use undo::undo_review;
