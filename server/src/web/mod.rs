//! The router and what stands before it.

mod assets;
mod guard;
mod health;
mod live;
mod refusal;
mod router;
mod security;
mod sign_in;
mod state;
mod template_mail;
mod upload;

pub use live::Live;
pub use router::router;
pub use state::AppState;
