//! What to do with a deal that every guard let through.

use super::{Approach, Decision, DecisionAction, Rule, Snapshot};
use crate::StageId;
use crate::pipeline::NextStep;

pub(super) fn next(s: &Snapshot) -> Decision {
    match &s.next_step {
        NextStep::Nothing => {
            Decision::new(DecisionAction::Wait, Rule::NothingToDo, "Nothing follows this stage.")
        }
        NextStep::AskPerson { reason } => persons_turn(s, reason),
        NextStep::CloseNoResponse { .. } if s.counts.replied > 0 => answered(),
        NextStep::CloseNoResponse { .. } => waiting(s, "for an answer to the last outreach mail"),
        NextStep::Send { .. } | NextStep::SendHere { .. } if s.answered() => answered(),
        NextStep::SendHere { .. } if s.mailed_this_visit => {
            persons_turn(s, &format!("The contact hasn't moved on from {} by themselves.", s.stage.name))
        }
        NextStep::Send { .. } | NextStep::SendHere { .. } if s.refused() => Decision::new(
            DecisionAction::FlagForReview,
            Rule::Refused,
            "The contact has told the brand no: a person decides whether to write again.",
        ),
        NextStep::SendHere { template_key } => Decision {
            template_key: Some(template_key.clone()),
            ..Decision::new(
                DecisionAction::SendEmail,
                Rule::StageMail,
                format!("The deal has come to {}: its mail goes out once.", s.stage.name),
            )
        },
        NextStep::Send { .. } if !s.ready() => waiting(s, "before the next mail"),
        NextStep::Send { to, template_key, step } => send(s, *to, template_key.as_deref(), *step),
    }
}

fn send(s: &Snapshot, to: StageId, standard: Option<&str>, step: i16) -> Decision {
    let why = format!("{} {}", s.assessment.tier.label(), lower_first(&s.assessment.reason));
    let approach = standard.map_or(Approach::Plain, |key| s.approach(key));
    let template_key = standard.map(|key| approach.key(key));
    let key = template_key.as_deref().unwrap_or_default();
    let (action, rule, reason) = match approach {
        Approach::Tier(_) => (
            DecisionAction::ChangeApproach,
            Rule::NewApproach,
            format!("{why} So outreach mail {step} takes another approach: {key}."),
        ),
        Approach::Decided(_) => (
            DecisionAction::ChangeApproach,
            Rule::NewApproach,
            format!("{why} Outreach mail {step} takes the approach decided on for it: {key}."),
        ),
        Approach::Plain => {
            (DecisionAction::SendEmail, Rule::NextMail, format!("{why} Outreach mail {step} is due."))
        }
    };
    Decision { to: Some(to), template_key, step: Some(step), ..Decision::new(action, rule, reason) }
}

fn waiting(s: &Snapshot, what: &str) -> Decision {
    let reason =
        format!("{} {} Waiting {what}.", s.assessment.tier.label(), lower_first(&s.assessment.reason));
    Decision::wait(Rule::Cadence, s.ready_at(), reason)
}

fn answered() -> Decision {
    Decision::new(
        DecisionAction::FlagForReview,
        Rule::Answered,
        "The contact has replied: a person answers, the outreach stops.",
    )
}

fn persons_turn(s: &Snapshot, reason: &str) -> Decision {
    if s.ready() {
        Decision::new(DecisionAction::FlagForReview, Rule::PersonsTurn, reason)
    } else {
        Decision::wait(Rule::PersonsTurn, s.ready_at(), reason)
    }
}

/// "Warm: last opened …" reads better as "Warm (last opened …)."
fn lower_first(sentence: &str) -> String {
    let inner = sentence.trim_end_matches('.');
    let mut letters = inner.chars();
    match letters.next() {
        Some(first) => format!("({}{}).", first.to_lowercase(), letters.as_str()),
        None => String::new(),
    }
}
