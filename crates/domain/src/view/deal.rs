//! The page of one deal, and the timeline it shares with the page of a contact.

use serde::{Deserialize, Serialize};

use super::board::{NextView, When};
use crate::autopilot::{DecisionAction, DecisionOutcome};
use crate::engagement::{EventKind, Tier, Verdict};
use crate::mailing::MessageState;
use crate::pipeline::{DealStatus, LostReason, StageKind};
use crate::reply::Intent;
use crate::{BrandId, ContactId, DealId, DecisionId, MessageId, PipelineId, StageId, UserId};

/// Everything above and beside the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DealView {
    pub id: DealId,
    pub brand: BrandId,
    pub brand_slug: String,
    pub brand_name: String,
    pub pipeline: PipelineId,
    pub pipeline_key: String,
    pub pipeline_name: String,
    pub stages: Vec<StageView>,
    pub stage: StageId,
    /// A move names the visit it was meant for.
    pub visit: i32,
    pub status: DealStatus,
    /// Why it was lost, in words.
    pub lost_reason: Option<String>,
    pub tier: Tier,
    pub unverified: bool,
    pub next: NextView,
    pub proposal: Option<ProposalView>,
    pub contact: ContactFacts,
    pub value_cents: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Chance to win from the stage, percent.
    pub probability: i16,
    /// ISO date.
    pub expected_close_on: Option<String>,
    /// "18 Dec 2026".
    pub expected_close_text: Option<String>,
    pub owner: Option<UserId>,
    /// Empty: nobody's.
    pub owner_name: String,
    /// Who may own deals of the brand.
    pub people: Vec<(UserId, String)>,
    pub meter: Meter,
    pub timeline: Vec<TimelineDay>,
    /// Whether older entries were left out.
    pub timeline_cut: bool,
}

/// One stage of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageView {
    pub id: StageId,
    pub name: String,
    pub kind: StageKind,
}

/// How the contact has reacted to this deal's mails: mails, not hits, and persons, not machines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    pub sent: i64,
    pub opened: i64,
    pub clicked: i64,
    pub replied: i64,
}

/// What the deal page says about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFacts {
    pub id: ContactId,
    pub name: String,
    pub company: String,
    pub email: String,
    pub phone: String,
    pub website: String,
    pub role: String,
    /// "Sydney", and whether it is the contact's own.
    pub place: String,
    pub place_is_brands: bool,
    /// "Published address"; `None`: nothing may be sent.
    pub consent: Option<String>,
    /// Evidence and date.
    pub consent_detail: String,
    /// Why the brand must not write, in words.
    pub suppressed: Option<String>,
    pub source: String,
    pub tags: Vec<String>,
}

/// A decision that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalView {
    pub id: DecisionId,
    pub action: DecisionAction,
    pub reasoning: String,
    pub at: When,
}

/// The entries of one day, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimelineDay {
    /// "Today".
    pub heading: String,
    pub entries: Vec<TimelineEntry>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// The time of day in `text`.
    pub at: When,
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Happening {
    Mail(MailLine),
    /// An open, click, bounce or opt-out.
    Event {
        kind: EventKind,
        verdict: Verdict,
        /// The rule that gave the verdict, in words.
        reason: String,
        subject: String,
        url: Option<String>,
    },
    Move {
        /// "Meera Nair", "Autopilot".
        who: String,
        /// `None`: the deal began.
        from: Option<String>,
        to: String,
        status: DealStatus,
        /// The stage stayed, the status changed.
        same_stage: bool,
        reason: String,
    },
    Note {
        who: String,
        body: String,
        is_task: bool,
        /// "by Fri 9:20", for tasks.
        due: Option<String>,
        done: bool,
    },
    Decision(DecisionLine),
    Reply {
        from: String,
        subject: String,
        body: String,
        intent: Intent,
        /// Percent.
        confidence: i32,
        reason: String,
        needs_review: bool,
    },
}

/// A mail of ours, collapsed to its subject, verdicts and first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLine {
    pub id: MessageId,
    pub subject: String,
    pub first_line: String,
    pub to: String,
    pub template: String,
    /// `A` or `B` for its subject, or the version of its template (`domain::autopilot::TemplateVariant`).
    pub variant: String,
    pub state: MessageState,
    /// Why it failed, waits or is unclear.
    pub reason: String,
    pub is_test: bool,
    /// Opens by persons.
    pub opens: i64,
    pub clicks: i64,
    pub machine_opens: i64,
    pub replied: bool,
    pub bounced: bool,
}

/// A decision of the autopilot with its receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionLine {
    pub id: DecisionId,
    pub action: DecisionAction,
    pub outcome: DecisionOutcome,
    pub rule: String,
    pub reasoning: String,
    pub counterfactual: String,
    /// Name, whether it passed, and the detail.
    pub guards: Vec<(String, bool, String)>,
    pub engine: String,
    /// Who approved or dismissed it.
    pub decided_by: Option<String>,
}

/// The text of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailBody {
    pub html: String,
}

/// The next mail as it would go out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailPreview {
    pub to: String,
    pub from: String,
    /// The stage the deal is in once it has gone out.
    pub stage: String,
    pub subject: String,
    /// Empty when it can't be written.
    pub html: String,
    /// What stands in the way, in words; `None`: it can be sent.
    pub blocked: Option<String>,
}

/// New facts of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealEdit {
    pub deal: DealId,
    /// As typed: "1,200" or empty.
    pub value: String,
    /// ISO date or empty.
    pub expected_close_on: String,
    pub owner: Option<UserId>,
}

/// What a person does to a deal's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StatusChange {
    Pause,
    /// Ends a pause, or opens a closed deal again where it was closed from.
    Open,
    Won,
    Lost(LostReason),
}

impl StatusChange {
    /// The status it leads to.
    pub const fn status(self) -> DealStatus {
        match self {
            Self::Pause => DealStatus::Paused,
            Self::Open => DealStatus::Active,
            Self::Won => DealStatus::Won,
            Self::Lost(_) => DealStatus::Lost,
        }
    }

    /// Given with a loss only.
    pub const fn lost_reason(self) -> Option<LostReason> {
        match self {
            Self::Lost(reason) => Some(reason),
            Self::Pause | Self::Open | Self::Won => None,
        }
    }
}
