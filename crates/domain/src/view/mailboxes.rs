//! The settings of brands' mailboxes, and how it goes with them.

use serde::{Deserialize, Serialize};

use super::board::When;
use crate::MailboxFailureId;
use crate::mailing::{Encryption, MailboxHealth, MailboxKind};

/// A brand's mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxView {
    pub slug: String,
    pub brand_name: String,
    /// Without the password; a suggestion while there is no mailbox.
    pub edit: MailboxEdit,
    /// When the stored password was stored; what it says nobody sees again.
    pub password_stored: bool,
    /// Why Zoho's API can't be chosen; `None`: it can.
    pub zoho_blocked: Option<String>,
    /// `None`: the brand has no mailbox yet.
    pub health: Option<HealthView>,
    /// Mails kept for a person, newest first.
    pub failures: Vec<FailureLine>,
}

/// How it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthView {
    pub state: MailboxHealth,
    /// A sentence.
    pub words: String,
    /// Somebody is reading right now.
    pub is_reading: bool,
    /// The last look that went well.
    pub checked: Option<When>,
    /// The next look by the timetable.
    pub next: Option<When>,
    /// When the newest mail that was read had arrived.
    pub last_mail: Option<When>,
    /// "25 min"; empty when nothing is known.
    pub lag: String,
    /// Mails known and not read.
    pub backlog: i32,
    /// The last mail's UID, or its place in Zoho's order; empty: none was read.
    pub position: String,
    pub mails_read: i64,
    /// Mail that arrived before isn't read: "16 November 2026".
    pub read_since: String,
    pub last_error: Option<ErrorLine>,
}

/// What went wrong last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorLine {
    pub words: String,
    pub at: When,
    /// It has gone well since.
    pub is_over: bool,
}

/// A mail that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureLine {
    pub id: MailboxFailureId,
    pub from: String,
    pub subject: String,
    pub reason: String,
    pub arrived: When,
    /// "12.4 MB".
    pub size: String,
    pub is_dealt_with: bool,
}

/// The same as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureView {
    pub line: FailureLine,
    /// Source of the mail.
    pub source: String,
    pub is_whole: bool,
}

/// The settings, as typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxEdit {
    pub kind: MailboxKind,
    pub enabled: bool,
    pub host: String,
    pub port: String,
    pub encryption: Encryption,
    pub username: String,
    /// Empty: keeps the stored one.
    pub password: String,
    pub folder: String,
}

impl std::fmt::Debug for MailboxEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailboxEdit").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What a connection test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxTest {
    pub passed: bool,
    /// A sentence.
    pub words: String,
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailboxSaved {
    /// When: "10:42".
    At(String),
    /// Nothing was stored: each control (its id) and what to change.
    Errors(Vec<(String, String)>),
}
