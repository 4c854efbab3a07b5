use lettre::Address;
use lettre::message::Mailbox as LettreMailbox;
use lettre::message::header::{HeaderName, HeaderValue};

use super::Mailbox;

/// RFC 5322 allows 998 characters in a line; identifiers that long are made up.
const LONGEST_ID: usize = 250;
const LONGEST_URL: usize = 900;

/// The mail can't be put into a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The recipient's address is none.
    #[error("the recipient's address is not a valid e-mail address")]
    Recipient,
    /// One of our own addresses is none.
    #[error("the {field} address is not a valid e-mail address")]
    Address {
        /// Which.
        field: &'static str,
    },
    /// A value that may not stand in a header: line breaks, white space, brackets, or too long.
    #[error("the {field} can't stand in a mail header")]
    Header {
        /// Which.
        field: &'static str,
    },
    /// The message can't be assembled.
    #[error("the message can't be assembled: {reason}")]
    Assembly {
        /// Why.
        reason: String,
    },
}

/// Text for people: white space and control characters become single spaces.
pub(crate) fn phrase(text: &str) -> String {
    let spaced = text.replace(|c: char| c.is_control() || c.is_whitespace(), " ");
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

pub(super) fn mailbox(mailbox: &Mailbox, error: MessageError) -> Result<LettreMailbox, MessageError> {
    let name = phrase(&mailbox.name);
    Ok(LettreMailbox::new((!name.is_empty()).then_some(name), address(&mailbox.address, error)?))
}

pub(super) fn address(text: &str, error: MessageError) -> Result<Address, MessageError> {
    // Quoted local parts may hold nearly anything; no address that we write to needs them.
    if text
        .contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | '"' | ',' | ';'))
    {
        return Err(error);
    }
    text.parse().map_err(|_| error)
}

/// A Message-ID in angle brackets.
pub(super) fn identifier(text: &str, field: &'static str) -> Result<String, MessageError> {
    let bare = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    let well_formed = bare.len() <= LONGEST_ID
        && bare.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>')
        && bare.split_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty());
    if well_formed { Ok(format!("<{bare}>")) } else { Err(MessageError::Header { field }) }
}

/// An address of the web or a mailbox as it stands between angle brackets.
pub(super) fn uri(text: &str, field: &'static str) -> Result<String, MessageError> {
    let well_formed = text.len() <= LONGEST_URL
        && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b','));
    if well_formed { Ok(format!("<{text}>")) } else { Err(MessageError::Header { field }) }
}

/// A header whose value is written as it is, because it has been checked.
pub(super) fn verbatim(name: &'static str, value: String) -> HeaderValue {
    let folded = value.replace(", ", ",\r\n ");
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value, folded)
}
