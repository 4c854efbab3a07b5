//! Designed templates to mails.
//!
//! Templates live in `email_templates/<brand>/<family>/<key>.html`; email_templates/README.md describes them. A
//! rendering that isn't fit to be sent is an error with a reason a person understands, never a mail.

mod check;
mod context;
mod draft;
mod edited;
mod environment;
mod error;
mod store;
mod subject;
mod text;

pub use context::{BrandFields, ContactFields, MailContext, SenderFields};
pub use draft::{Draft, DraftButton, GENERIC};
pub use edited::Edited;
pub use error::{OpenError, RenderError};
pub use store::{TemplateFile, TemplateStore, checksum};

/// A mail ready to be written into the outbox.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// What an inbox shows beside the subject. One line.
    pub preheader: String,
    /// The whole document, links not yet rewritten.
    pub html: String,
    /// The text part: the same words, with addresses written out, and the footer.
    pub text: String,
}

#[cfg(test)]
mod edited_tests;
#[cfg(test)]
mod tests;
