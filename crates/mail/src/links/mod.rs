//! Links of a mail: rewritten so that a click can be recorded, and the pixel that records opens.

mod entity;
mod insert;
mod rewrite;

pub use insert::insert_marks;
pub use rewrite::{Rewritten, rewrite};

pub(crate) use entity::{decode as decode_entities, encode_attribute};
pub(crate) use rewrite::hrefs;

/// The HTML can't be rewritten.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mail's HTML can't be read: {reason}")]
pub struct LinkError {
    /// What the parser stumbled over.
    pub reason: String,
}

impl From<lol_html::errors::RewritingError> for LinkError {
    fn from(error: lol_html::errors::RewritingError) -> Self {
        Self { reason: error.to_string() }
    }
}

#[cfg(test)]
mod tests;
