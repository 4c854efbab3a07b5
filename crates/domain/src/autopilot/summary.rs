use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Decision, DecisionAction, DecisionOutcome, Snapshot, decide};
use crate::pipeline::NextStep;

/// What a card says about a deal's next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStepSummary {
    /// "Send Follow Up 1".
    pub what: String,
    /// UTC; `None` when it waits for a person or for nothing.
    pub when: Option<DateTime<Utc>>,
    pub why: String,
    /// What stands in the way, if anything does.
    pub blocked_by: Option<String>,
}

/// The next step in words, from what the autopilot would decide at this moment.
pub fn next_step_summary(snapshot: &Snapshot) -> NextStepSummary {
    summarise(snapshot, &decide(snapshot))
}

/// The next step in words, from a decision already made.
pub fn summarise(snapshot: &Snapshot, decision: &Decision) -> NextStepSummary {
    let not_before = |at: DateTime<Utc>| snapshot.due_at.map_or(at, |due| due.max(at));
    let (what, when) = match decision.action {
        DecisionAction::SendEmail | DecisionAction::ChangeApproach => {
            (planned(snapshot), Some(not_before(snapshot.now)))
        }
        DecisionAction::Wait => (planned(snapshot), decision.wait_until.map(not_before)),
        DecisionAction::Close => {
            let why = decision.lost_reason.map_or("lost", |reason| reason.label());
            (format!("Close: {}", why.to_lowercase()), Some(not_before(snapshot.now)))
        }
        DecisionAction::Pause => ("Pause".to_owned(), None),
        DecisionAction::FlagForReview => ("A person decides".to_owned(), None),
    };
    let approval = decision.outcome == DecisionOutcome::Proposed;
    let blocked_by = if approval {
        Some("Waits for a person's approval.".to_owned())
    } else if decision.rule.blocks() && decision.action != DecisionAction::Close {
        Some(decision.reason.clone())
    } else {
        None
    };
    NextStepSummary { what, when, why: decision.reason.clone(), blocked_by }
}

fn planned(snapshot: &Snapshot) -> String {
    match &snapshot.next_step {
        NextStep::Send { step, .. } => {
            let mail = snapshot.next_stage_name.clone().unwrap_or_else(|| format!("outreach mail {step}"));
            format!("Send {mail}")
        }
        NextStep::SendHere { .. } if snapshot.mailed_this_visit => "A person's turn".to_owned(),
        NextStep::SendHere { .. } => format!("Send the mail of {}", snapshot.stage.name),
        NextStep::CloseNoResponse { .. } => "Close: no response".to_owned(),
        NextStep::AskPerson { .. } => "A person's turn".to_owned(),
        NextStep::Nothing => "Nothing".to_owned(),
    }
}
