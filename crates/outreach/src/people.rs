//! People: who they are, what they may see, and how they sign in.

mod current_session;
mod current_user;
mod demo;
mod password;
mod sign_in;

pub use current_session::CurrentSession;
pub use current_user::CurrentUser;
pub use demo::demo_sign_ins;
pub use password::{hash_password, verify_password};
pub use sign_in::{NewPerson, SignIn, create_person, sign_in};
