use serde::{Deserialize, Serialize};

use crate::StageId;

/// What follows a stage when its days have run out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextStep {
    /// Send the mail that brings the deal into `to`, and move there once it has gone out.
    Send { to: StageId, template_key: Option<String>, step: i16 },
    /// The last outreach mail went unanswered.
    CloseNoResponse { to: StageId },
    /// Send this stage's own mail, once per visit, and stay.
    SendHere { template_key: String },
    /// From here a person moves the deal on.
    AskPerson { reason: String },
    /// The deal has ended.
    Nothing,
}

impl NextStep {
    /// Whether the step is a mail.
    pub const fn mails(&self) -> bool {
        match self {
            Self::Send { .. } | Self::SendHere { .. } => true,
            Self::CloseNoResponse { .. } | Self::AskPerson { .. } | Self::Nothing => false,
        }
    }
}
