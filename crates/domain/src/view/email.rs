//! The page of one mail of the outbox.

use serde::{Deserialize, Serialize};

use super::board::When;
use crate::engagement::{EventKind, Verdict};
use crate::mailing::{AttemptOutcome, MessageState};
use crate::{ContactId, DealId, MessageId};

/// A mail with its envelope, its text and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmailView {
    pub id: MessageId,
    pub subject: String,
    pub state: MessageState,
    /// Why it failed, waits or is unclear; may be empty.
    pub reason: String,
    /// `None`: a test.
    pub contact: Option<ContactId>,
    pub to_name: String,
    pub deal: Option<DealId>,
    /// Name and value, in the order they stand in a mail.
    pub headers: Vec<(String, String)>,
    /// "Business · follow up 1, B".
    pub template: String,
    /// The deal's tier when it was written.
    pub tier: Option<crate::engagement::Tier>,
    pub attempts: i16,
    pub is_test: bool,
    pub created: When,
    pub scheduled: When,
    pub sent: Option<When>,
    pub html: String,
    pub text: String,
    pub events: Vec<EmailEventLine>,
    /// Newest first.
    pub tries: Vec<EmailAttemptLine>,
    /// It waits: a person may cancel it or give it another time.
    pub waits: bool,
    /// Where it waits, as a form spells it in the person's zone: "2026-11-26T09:30".
    pub scheduled_local: String,
    /// The provider's own name for it; may be empty.
    pub provider_id: String,
}

/// One attempt to hand a mail over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmailAttemptLine {
    pub outcome: AttemptOutcome,
    pub reason: String,
    pub at: When,
}

/// What became of a selection of mails to be cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelledMails {
    pub cancelled: i64,
    /// On their way, gone or ended already.
    pub too_late: i64,
}

/// Something that happened to a mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmailEventLine {
    pub kind: EventKind,
    pub verdict: Verdict,
    /// The rule that gave the verdict, in words.
    pub reason: String,
    /// The verdict it had before better evidence came, when that differs.
    pub before: Option<Verdict>,
    pub url: Option<String>,
    pub user_agent: Option<String>,
    pub at: When,
}
