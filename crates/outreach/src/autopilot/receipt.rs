use database::decision::NewDecision;
use domain::DecisionId;
use domain::autopilot::{Decision, Snapshot};
use domain::mailing::Slot;
use serde_json::{Value, json};

use super::Look;
use crate::Environment;

/// The receipt of a decision: what it rested on, how the guards answered, and what would have changed it.
pub(super) fn receipt(
    environment: &Environment,
    look: &Look,
    snapshot: &Snapshot,
    decision: &Decision,
) -> NewDecision {
    NewDecision {
        id: DecisionId(environment.clock().new_id()),
        deal: look.subject.deal.id,
        action: decision.action,
        outcome: decision.outcome,
        rule: decision.rule.as_str(),
        reasoning: decision.reason.clone(),
        counterfactual: decision.counterfactual.clone(),
        inputs: inputs(look, snapshot, decision),
        guards: serde_json::to_value(&decision.trail).unwrap_or_default(),
    }
}

/// What a decision rested on, for its receipt.
pub(crate) fn inputs(look: &Look, snapshot: &Snapshot, decision: &Decision) -> Value {
    let slot = match snapshot.slot {
        Slot::Now => None,
        Slot::At(at, reason) => Some(json!({ "at": at, "reason": reason.label() })),
    };
    let counts = &snapshot.counts;
    json!({
        "stage": snapshot.stage.name,
        "stage_kind": snapshot.stage.kind,
        "stage_visit": look.subject.deal.stage_visit,
        "entered_at": snapshot.entered_at,
        "ready_at": snapshot.ready_at(),
        "mode": snapshot.mode,
        "tier": snapshot.assessment.tier,
        "tier_reason": snapshot.assessment.reason,
        "unverified": snapshot.assessment.unverified,
        "burnout": snapshot.assessment.burnout,
        "sent": counts.sent,
        "opened": counts.opened,
        "unverified_mails": counts.unverified,
        "clicked": counts.clicked,
        "replied": counts.replied,
        "consecutive_unopened": counts.consecutive_unopened,
        "last_signal_at": counts.last_signal_at(),
        "contact_status": snapshot.contact_status,
        "consent": snapshot.consent,
        "suppressed": snapshot.suppressed,
        "slot": slot,
        "to": decision.to,
        "step": decision.step,
        "template_key": decision.template_key,
        "wait_until": decision.wait_until,
    })
}
