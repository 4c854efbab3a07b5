//! Pages, one folder or file each.

mod login;
mod not_found;
mod today;

pub use login::Login;
pub use not_found::NotFound;
pub use today::Today;
