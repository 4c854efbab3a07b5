//! The first page: what needs a person.

use serde::{Deserialize, Serialize};

use super::board::When;
use crate::autopilot::DecisionAction;
use crate::pipeline::PipelineMode;
use crate::reply::Intent;
use crate::{ContactId, DealId, NoteId};

/// Everything on the page Today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// "Good morning, Meera".
    pub greeting: String,
    /// Things that need a person, over all sections.
    pub waiting: i64,
    /// Mailboxes that can't be read: no reply to these brands is heard.
    pub deaf: Vec<DeafBrand>,
    pub replies: Section<ReplyTodo>,
    pub proposals: Section<ProposalTodo>,
    pub blocked: Section<StuckTodo>,
    pub overdue: Section<StuckTodo>,
    pub by_hand: Section<StuckTodo>,
    pub tasks: Section<TaskTodo>,
    /// What the autopilot takes up before the day ends.
    pub planned: Vec<PlannedTodo>,
    /// When it looks next, and whether that is in office hours at all.
    pub next_run: When,
    pub today: DayFigures,
    pub yesterday: DayFigures,
}

impl TodayView {
    /// Deals the autopilot takes up today.
    pub fn planned_total(&self) -> i64 {
        self.planned.iter().map(|planned| planned.deals).sum()
    }
}

/// A brand whose mailbox has been failing for some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeafBrand {
    pub slug: String,
    pub name: String,
    pub since: When,
    /// The person may change the mailbox's settings.
    pub may_edit: bool,
}

/// The first of a list, and how long the whole list is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section<T> {
    pub total: i64,
    pub first: Vec<T>,
}

/// A reply to answer or to sort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReplyTodo {
    pub deal: Option<DealId>,
    pub contact: Option<ContactId>,
    pub name: String,
    pub company: String,
    pub intent: Intent,
    /// The classification is unsure.
    pub unsure: bool,
    /// First words.
    pub start: String,
    pub at: When,
}

/// A proposal to approve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProposalTodo {
    pub deal: DealId,
    pub name: String,
    pub company: String,
    pub action: DecisionAction,
    pub reasoning: String,
    pub at: When,
}

/// A deal that doesn't go on by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StuckTodo {
    pub deal: DealId,
    pub contact: ContactId,
    pub name: String,
    pub company: String,
    pub stage: String,
    pub reason: String,
    pub lacks_consent: bool,
    pub since: When,
}

/// A task that is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskTodo {
    pub id: NoteId,
    pub deal: Option<DealId>,
    pub contact: ContactId,
    pub name: String,
    pub company: String,
    pub body: String,
    pub due: When,
}

/// What the autopilot takes up in one pipeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedTodo {
    pub pipeline: String,
    pub pipeline_key: String,
    pub brand_slug: String,
    pub mode: PipelineMode,
    pub deals: i64,
    pub first: When,
}

/// What happened on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    pub sent: i64,
    /// Mails opened by a person.
    pub opened: i64,
    /// Mails clicked by a person.
    pub clicked: i64,
    pub replies: i64,
    pub unsubscribed: i64,
    pub won: i64,
}
