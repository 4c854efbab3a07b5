//! What pages show: plain data that the server fills and the browser draws. Instants are formatted on the server in
//! the viewer's zone, because the browser carries no zone tables.

pub mod ai;
pub mod board;
pub mod brands;
pub mod contact;
pub mod deal;
pub mod email;
pub mod frame;
pub mod import;
pub mod inbox;
pub mod listing;
pub mod mailbox;
pub mod mailboxes;
pub mod settings;
pub mod template;
pub mod today;
