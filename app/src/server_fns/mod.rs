//! Server functions: current user → brand scope → domain type → one use case → view struct.

pub mod ai;
pub mod board;
pub mod brands;
pub mod contacts;
pub mod deal;
pub mod demo;
pub mod emails;
pub mod frame;
pub mod imports;
pub mod inbox;
pub mod listings;
pub mod mailbox;
pub mod mailboxes;
pub mod settings;
pub mod templates;
pub mod today;
