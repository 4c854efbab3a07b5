//! The frame around every page but sign-in.

mod frame;

pub use frame::Frame;
