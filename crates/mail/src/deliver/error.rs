use std::time::Duration;

use crate::message::MessageError;

/// Why a mail was not handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Certainly not accepted; a later attempt may succeed.
    #[error("the mail server can't take the mail now: {reason}")]
    Transient {
        /// What the server said or what went wrong.
        reason: String,
        /// The earliest time for the next attempt, if the server named one.
        retry_after: Option<Duration>,
    },
    /// Certainly not accepted, and never will be as it is.
    #[error("the mail server refused the mail: {reason}")]
    Permanent {
        /// What the server said.
        reason: String,
        /// The address doesn't exist or takes no mail. Otherwise it is about us: sender, content, policy.
        recipient_fault: bool,
    },
    /// The connection was lost or timed out after the content went out: the server may have accepted the mail. Must
    /// not be sent again by itself.
    #[error("it is unclear whether the mail server took the mail: {reason}")]
    Unknown {
        /// What went wrong.
        reason: String,
    },
    /// The brand's mail account isn't usable until somebody changes the settings. Certainly not accepted.
    #[error("the mail account is not set up: {reason}")]
    NotConfigured {
        /// What to put right.
        reason: String,
    },
}

impl DeliveryError {
    /// The reason without the sentence around it.
    pub fn reason(&self) -> &str {
        match self {
            Self::Transient { reason, .. }
            | Self::Permanent { reason, .. }
            | Self::Unknown { reason }
            | Self::NotConfigured { reason } => reason,
        }
    }
}

impl From<MessageError> for DeliveryError {
    fn from(error: MessageError) -> Self {
        let reason = error.to_string();
        match error {
            MessageError::Recipient => Self::Permanent { reason, recipient_fault: true },
            MessageError::Address { .. } => Self::NotConfigured { reason },
            MessageError::Header { .. } | MessageError::Assembly { .. } => {
                Self::Permanent { reason, recipient_fault: false }
            }
        }
    }
}
