//! The message as it goes over the wire.

mod build;
mod header;

pub use header::MessageError;
pub(crate) use header::phrase;

use chrono::{DateTime, Utc};

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mailbox {
    /// May be empty.
    pub name: String,
    /// `local@domain`.
    pub address: String,
}

impl Mailbox {
    /// A name (may be empty) and an address.
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self { name: name.into(), address: address.into() }
    }
}

/// One mail to one person, complete but for the transport.
///
/// Building the same value twice gives the same bytes, so that a retry is the same message.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Outgoing {
    /// Our own Message-ID, `left@right`, with or without angle brackets.
    pub message_id: String,
    /// Sender.
    pub from: Mailbox,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Mailbox>,
    /// Recipient.
    pub to: Mailbox,
    /// One line; line breaks and control characters are folded into spaces.
    pub subject: String,
    /// HTML part.
    pub html: String,
    /// Text part.
    pub text: String,
    /// Message-ID of the mail this one follows up or answers.
    pub in_reply_to: Option<String>,
    /// Message-IDs of the thread, oldest first.
    pub references: Vec<String>,
    /// https address that takes an RFC 8058 one-click POST.
    pub list_unsubscribe_url: Option<String>,
    /// Address that takes opt-outs by mail.
    pub list_unsubscribe_mailto: Option<String>,
    /// Feedback-ID of the provider's complaint reports: `campaign:brand:type:sender`.
    pub feedback_id: Option<String>,
    /// No person wrote or released this very mail (`Auto-Submitted: auto-generated`).
    pub auto_submitted: bool,
    /// Envelope sender, where bounces go, if not to the sender.
    pub return_path: Option<String>,
    /// Date header.
    pub date: DateTime<Utc>,
}

#[cfg(test)]
mod tests;
