use std::time::Duration;

use crate::deliver::DeliveryError;

/// Why a call to Zoho came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZohoError {
    /// Not done; a later call may succeed.
    #[error("Zoho can't do it now: {reason}")]
    Busy {
        /// What went wrong.
        reason: String,
        /// The earliest time for the next call, if Zoho named one.
        retry_after: Option<Duration>,
    },
    /// Not done, and never will be until somebody changes the settings.
    #[error("the Zoho account is not set up: {reason}")]
    NotConfigured {
        /// What to put right.
        reason: String,
    },
    /// Not done: Zoho doesn't like the call.
    #[error("Zoho refused: {reason}")]
    Refused {
        /// What Zoho said.
        reason: String,
    },
    /// The call went out, and no answer came that says what became of it.
    #[error("it is unclear what Zoho did: {reason}")]
    Lost {
        /// What went wrong.
        reason: String,
    },
}

impl ZohoError {
    /// The reason without the sentence around it.
    pub fn reason(&self) -> &str {
        match self {
            Self::Busy { reason, .. }
            | Self::NotConfigured { reason }
            | Self::Refused { reason }
            | Self::Lost { reason } => reason,
        }
    }
}

impl From<ZohoError> for DeliveryError {
    fn from(error: ZohoError) -> Self {
        match error {
            ZohoError::Busy { reason, retry_after } => Self::Transient { reason, retry_after },
            ZohoError::NotConfigured { reason } => Self::NotConfigured { reason },
            // Zoho documents no code that is about the recipient alone, so that no address is ever blamed.
            ZohoError::Refused { reason } => Self::Permanent { reason, recipient_fault: false },
            ZohoError::Lost { reason } => Self::Unknown { reason },
        }
    }
}
