//! The demo's mailbox, where a person acts as the one who got a mail.

use serde::{Deserialize, Serialize};

use super::board::When;
use crate::engagement::{EventKind, Verdict};
use crate::{DealId, MessageId};

/// What to show, as the address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxQuery {
    /// A brand's slug, `all` or empty.
    pub brand: String,
    /// Part of the recipient's name, address or the subject.
    pub text: String,
    /// `unopened`, `replied`, or empty for all.
    pub show: String,
    /// Only mails older than this one.
    pub before: Option<MessageId>,
    /// The mail to open; the newest if none is named.
    pub mail: Option<MessageId>,
}

/// The list and the open mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MailboxView {
    pub days: Vec<LetterDay>,
    /// Mails that pass the search and the filter.
    pub total: i64,
    /// Where older mails begin.
    pub older: Option<MessageId>,
    pub open: Option<OpenLetter>,
}

/// The mails of one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LetterDay {
    /// "Today", "Tue 24 November".
    pub heading: String,
    pub letters: Vec<Letter>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    pub id: MessageId,
    /// The recipient's name, or address.
    pub to: String,
    pub at: When,
    pub subject: String,
    /// "Sharma Sweets · Business Listings".
    pub about: String,
    /// Opens by persons.
    pub opens: i64,
    /// Clicks by persons.
    pub clicks: i64,
    /// Hits by machines, and unclear ones.
    pub machine: i64,
    pub replied: bool,
    /// Bounced, marked as spam or unsubscribed.
    pub bad: bool,
}

/// A mail as its recipient sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenLetter {
    pub id: MessageId,
    pub subject: String,
    /// "Desi Firms Team <hello@desifirms.example>".
    pub from: String,
    /// Name and address.
    pub to: String,
    /// The recipient's name, or address.
    pub person: String,
    pub deal: Option<DealId>,
    pub sent: When,
    pub events: Vec<LetterEvent>,
    pub html: String,
    /// What the mail's links lead to, in order; the position is what a click names.
    pub links: Vec<String>,
    /// A day to be back from holidays, for the quick text: "7 December 2026".
    pub back_on: String,
}

/// Something that happened to the mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LetterEvent {
    pub kind: EventKind,
    pub verdict: Verdict,
    /// What gave the verdict, in words.
    pub reason: String,
    pub at: When,
}

/// What the person does as the recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailboxAct {
    /// Opens the mail.
    Open,
    /// Apple's privacy proxy fetches the pictures, whether or not anybody reads.
    OpenByProxy,
    /// Follows a link, by its position from 0.
    Click(u16),
    /// Answers. Automatic: the mail program does it.
    Reply { text: String, automatic: bool },
    /// Presses the mail program's unsubscribe button.
    Unsubscribe,
    /// The address doesn't exist.
    BounceHard,
    /// The mailbox is full.
    BounceSoft,
    /// Marks the mail as spam.
    Spam,
}

/// What followed, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxDone {
    pub sentence: String,
}
