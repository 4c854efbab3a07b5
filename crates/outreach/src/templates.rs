//! Mail templates as people see and change them: the gallery, versions, previews and tests.
//!
//! A template is a file until somebody edits it; from then on the version in force is what mails are written from. No
//! text is saved that can't be rendered for every kind of contact.

mod addressee;
mod check;
mod draft;
mod edits;
mod gallery;
mod page;
mod post_test;
mod restore;
mod save;
mod shelf;
mod variables;

pub use addressee::addressees;
pub use draft::{preview, thumbnail};
pub use gallery::gallery;
pub use page::{page, version_source};
pub use post_test::{fate_of_test, send_test};
pub use restore::restore;
pub use save::save;

pub(crate) use edits::Edits;
