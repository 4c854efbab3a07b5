//! What stands in pixels, links and unsubscribe addresses: which brand, which mail, which link, signed.
//!
//! A token is base64url of `version | key id | kind | brand | message | [link] | tag`, where `tag` is HMAC-SHA-256 cut
//! to 128 bits over everything before it. It names rows only; addresses and targets never stand in it, so a click can
//! lead nowhere but to the stored target.

mod key;

pub use key::TokenKey;

use domain::{BrandId, MessageId};
use uuid::Uuid;

/// What a tracked address refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    /// The pixel of a mail.
    Open {
        /// The brand that sent the mail.
        brand: BrandId,
        /// The mail.
        message: MessageId,
    },
    /// A link of a mail.
    Click {
        /// The brand that sent the mail.
        brand: BrandId,
        /// The mail.
        message: MessageId,
        /// Position of the link in the mail's list of targets, from 0.
        link: u16,
    },
    /// The opt-out of the mail's recipient.
    Unsubscribe {
        /// The brand that sent the mail.
        brand: BrandId,
        /// The mail.
        message: MessageId,
    },
}

/// The text is no token that we signed: altered, cut, made up, or signed with a secret no longer in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this link is not one of ours, or it was damaged on its way")]
pub struct InvalidToken;

const KIND_OPEN: u8 = 1;
const KIND_CLICK: u8 = 2;
const KIND_UNSUBSCRIBE: u8 = 3;

impl Token {
    /// The brand that sent the mail.
    pub const fn brand(self) -> BrandId {
        match self {
            Self::Open { brand, .. } | Self::Click { brand, .. } | Self::Unsubscribe { brand, .. } => brand,
        }
    }

    /// The mail.
    pub const fn message(self) -> MessageId {
        match self {
            Self::Open { message, .. } | Self::Click { message, .. } | Self::Unsubscribe { message, .. } => {
                message
            }
        }
    }

    fn write(self, bytes: &mut Vec<u8>) {
        bytes.push(match self {
            Self::Open { .. } => KIND_OPEN,
            Self::Click { .. } => KIND_CLICK,
            Self::Unsubscribe { .. } => KIND_UNSUBSCRIBE,
        });
        bytes.extend_from_slice(self.brand().0.as_bytes());
        bytes.extend_from_slice(self.message().0.as_bytes());
        match self {
            Self::Click { link, .. } => bytes.extend_from_slice(&link.to_be_bytes()),
            Self::Open { .. } | Self::Unsubscribe { .. } => {}
        }
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (&kind, rest) = bytes.split_first()?;
        let (brand, rest) = rest.split_first_chunk::<16>()?;
        let (message, rest) = rest.split_first_chunk::<16>()?;
        let brand = BrandId(Uuid::from_bytes(*brand));
        let message = MessageId(Uuid::from_bytes(*message));
        match (kind, rest) {
            (KIND_OPEN, []) => Some(Self::Open { brand, message }),
            (KIND_UNSUBSCRIBE, []) => Some(Self::Unsubscribe { brand, message }),
            (KIND_CLICK, &[high, low]) => {
                Some(Self::Click { brand, message, link: u16::from_be_bytes([high, low]) })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
