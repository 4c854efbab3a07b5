use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Datelike;
use lettre::address::Envelope;
use lettre::message::header::HeaderValue;
use lettre::message::{MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::header::{MessageError, address, identifier, mailbox, phrase, uri, verbatim};
use super::{Mailbox, Outgoing};

/// A thread's References header stays within bounds: its root and the latest mails.
const MOST_REFERENCES: usize = 20;

impl Outgoing {
    /// The message: multipart/alternative with every header bulk mail needs.
    ///
    /// # Errors
    /// An address is none, or an identifier or URL can't stand in a header.
    pub fn to_message(&self) -> Result<lettre::Message, MessageError> {
        let from = mailbox(&self.from, MessageError::Address { field: "sender" })?;
        let to = mailbox(&self.to, MessageError::Recipient)?;
        let bounces = match &self.return_path {
            Some(path) => address(path, MessageError::Address { field: "return" })?,
            None => from.email.clone(),
        };
        let envelope = Envelope::new(Some(bounces), vec![to.email.clone()])
            .map_err(|error| MessageError::Assembly { reason: error.to_string() })?;
        let message_id = identifier(&self.message_id, "message id")?;

        let mut message = lettre::Message::builder()
            .envelope(envelope)
            .message_id(Some(message_id.clone()))
            .date(self.date_header()?)
            .from(from)
            .to(to)
            .subject(phrase(&self.subject));
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(mailbox(reply_to, MessageError::Address { field: "reply" })?);
        }
        for header in self.thread_headers()?.into_iter().chain(self.list_headers()?) {
            message = message.raw_header(header);
        }
        if self.auto_submitted {
            message = message.raw_header(verbatim("Auto-Submitted", "auto-generated".to_owned()));
        }
        message
            .multipart(self.parts(&message_id))
            .map_err(|error| MessageError::Assembly { reason: error.to_string() })
    }

    fn parts(&self, message_id: &str) -> MultiPart {
        // "=_" can't occur in quoted-printable, and the rest is particular to this mail.
        let boundary = format!("=_{}", URL_SAFE_NO_PAD.encode(&Sha256::digest(message_id)[..18]));
        MultiPart::alternative()
            .boundary(boundary)
            .singlepart(SinglePart::plain(self.text.clone()))
            .singlepart(SinglePart::html(self.html.clone()))
    }

    fn date_header(&self) -> Result<SystemTime, MessageError> {
        if (1970..=9999).contains(&self.date.year()) {
            Ok(self.date.into())
        } else {
            Err(MessageError::Header { field: "date" })
        }
    }

    fn thread_headers(&self) -> Result<Vec<HeaderValue>, MessageError> {
        let mut headers = Vec::new();
        if let Some(parent) = &self.in_reply_to {
            headers.push(verbatim("In-Reply-To", identifier(parent, "thread")?));
        }
        let mut thread =
            self.references.iter().map(|id| identifier(id, "thread")).collect::<Result<Vec<_>, _>>()?;
        if thread.len() > MOST_REFERENCES {
            thread.drain(1..=thread.len() - MOST_REFERENCES);
        }
        if !thread.is_empty() {
            let value = thread.join(" ");
            let folded = thread.join("\r\n ");
            headers.push(HeaderValue::dangerous_new_pre_encoded(
                lettre::message::header::HeaderName::new_from_ascii_str("References"),
                value,
                folded,
            ));
        }
        Ok(headers)
    }

    /// RFC 2369 and RFC 8058: one click in the mail program opts out.
    fn list_headers(&self) -> Result<Vec<HeaderValue>, MessageError> {
        let mut ways = Vec::new();
        if let Some(url) = &self.list_unsubscribe_url {
            ways.push(uri(url, "unsubscribe address")?);
        }
        if let Some(mailto) = &self.list_unsubscribe_mailto {
            let invalid = MessageError::Address { field: "unsubscribe" };
            ways.push(uri(&format!("mailto:{}", address(mailto, invalid)?), "unsubscribe address")?);
        }
        let mut headers = Vec::new();
        if !ways.is_empty() {
            headers.push(verbatim("List-Unsubscribe", ways.join(", ")));
        }
        // RFC 8058 wants https; a mail program ignores the header otherwise.
        if self.list_unsubscribe_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
            headers.push(verbatim("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        if let Some(id) = &self.feedback_id {
            let plain = !id.is_empty() && id.len() <= 127 && id.bytes().all(|byte| byte.is_ascii_graphic());
            if !plain {
                return Err(MessageError::Header { field: "feedback id" });
            }
            headers.push(verbatim("Feedback-ID", id.clone()));
        }
        Ok(headers)
    }
}

impl std::fmt::Display for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.name.is_empty() {
            f.write_str(&self.address)
        } else {
            write!(f, "{} <{}>", self.name, self.address)
        }
    }
}
