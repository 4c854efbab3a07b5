//! Pages, components and server functions of Overture, for the server (`ssr`) and the browser (`hydrate`).
#![recursion_limit = "512"]

mod any;
mod app;
mod browser_only;
pub mod components;
mod effect;
pub mod error;
mod layouts;
mod live;
mod pages;
pub mod paths;
#[cfg(feature = "ssr")]
pub mod server_context;
pub mod server_fns;
#[cfg(feature = "ssr")]
mod shell;
pub mod wire;

pub use app::App;
pub use pages::on_demand::first_page;
#[cfg(feature = "ssr")]
pub use shell::shell;
