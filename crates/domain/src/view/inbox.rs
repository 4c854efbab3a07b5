//! Mails that came in, those that need a person first.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::board::When;
use crate::reply::{InboundKind, Intent};
use crate::{ContactId, DealId, InboundId, MessageId};

/// What to show, as the address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxQuery {
    /// A brand's slug, `all` or empty.
    pub brand: String,
    /// Part of the writer's name, address or the subject.
    pub text: String,
    /// `unmatched`, `all`, or empty for those that wait.
    pub show: String,
    /// Only mails older than this one.
    pub before: Option<InboundId>,
    /// The mail to open; the newest of the page if none is named.
    pub mail: Option<InboundId>,
}

/// The list and the open mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxView {
    pub days: Vec<InboxDay>,
    /// Mails that wait for a person.
    pub waiting: i64,
    /// The same in all brands of the person, whichever are shown.
    pub everywhere: i64,
    /// Of `waiting`, those from somebody the brand doesn't know.
    pub unmatched: i64,
    /// Where older mails begin.
    pub older: Option<InboundId>,
    pub open: Option<OpenInbound>,
}

/// The mails of one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxDay {
    /// "Today", "Tue 24 November".
    pub heading: String,
    pub mails: Vec<InboxLine>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboxLine {
    pub id: InboundId,
    /// The writer's name, or address.
    pub from: String,
    pub at: When,
    pub subject: String,
    /// The beginning of what was written.
    pub start: String,
    pub intent: Intent,
    /// Whole percent.
    pub confidence: i16,
    pub waits: bool,
    /// "Sharma Sweets", "Unknown sender"; with the brand where several are shown.
    pub about: String,
}

/// A mail to read and decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenInbound {
    pub id: InboundId,
    pub subject: String,
    /// Name and address.
    pub from: String,
    pub brand: String,
    pub at: When,
    /// What the writer typed.
    pub text: String,
    /// The whole body, where it says more.
    pub quoted: String,
    pub kind: InboundKind,
    pub intent: Intent,
    /// Whole percent.
    pub confidence: i16,
    /// What decided, in words.
    pub reason: String,
    pub waits: bool,
    /// "Asha Rao, Thu 26 Nov: Question → Interested".
    pub reviewed: Option<String>,
    pub contact: Option<InboxContact>,
    pub deal: Option<InboxDeal>,
    /// The mail of ours it answers or reports on.
    pub answers: Option<Answered>,
    pub choices: Vec<Choice>,
    /// The waiting mails above and below it in the list, for the keys j and k.
    pub newer: Option<InboundId>,
    pub older: Option<InboundId>,
}

/// Somebody a mail may be from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxContact {
    pub id: ContactId,
    /// Name, or address.
    pub name: String,
    pub email: String,
    pub company: String,
}

/// The deal a mail belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxDeal {
    pub id: DealId,
    /// "Business Listings".
    pub pipeline: String,
    /// "Follow Up 1".
    pub stage: String,
}

/// A mail of ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    pub id: MessageId,
    pub subject: String,
    pub at: Option<When>,
}

/// What a person may say a mail means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub intent: Intent,
    /// The key that says so.
    pub key: char,
    /// "Moves the deal to Responded and stops the outreach."
    pub effect: String,
    /// It can't be taken back.
    pub is_final: bool,
}

/// What followed from a person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// "Deal moved to Responded".
    pub sentence: String,
    /// Takes it back; `None` when that isn't possible.
    pub undo: Option<Uuid>,
}

/// What a person may say, with its key, in the order of the buttons.
pub const CHOICES: [(Intent, char); 8] = [
    (Intent::Interested, 'i'),
    (Intent::Question, 'q'),
    (Intent::NotInterested, 'n'),
    (Intent::OutOfOffice, 'o'),
    (Intent::Referral, 'r'),
    (Intent::Unsubscribe, 'u'),
    (Intent::Bounce, 'b'),
    (Intent::Other, 'x'),
];
