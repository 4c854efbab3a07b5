use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    DecisionAction, DecisionOutcome, GuardResult, GuardVerdict, Rule, Snapshot, TemplateVariant, engine,
    guard::guard, words,
};
use crate::StageId;
use crate::pipeline::{LostReason, PipelineMode};

/// A decision about one deal: what to do and the receipt for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub action: DecisionAction,
    /// Applied, or proposed to a person where the pipeline is in suggest mode.
    pub outcome: DecisionOutcome,
    pub rule: Rule,
    /// Sending: the stage to move to once the mail has gone out (`None`: stay). Closing: the lost stage.
    pub to: Option<StageId>,
    /// Sending: the template really used. `None`: the stage has none and the mail is drafted.
    pub template_key: Option<String>,
    /// Sending: number of the outreach mail, 1..n.
    pub step: Option<i16>,
    /// Closing: why.
    pub lost_reason: Option<LostReason>,
    /// Waiting: until when (UTC), before office hours are applied.
    pub wait_until: Option<DateTime<Utc>>,
    /// For people: why this was decided.
    pub reason: String,
    /// For people: what would have changed it.
    pub counterfactual: String,
    pub trail: Vec<GuardResult>,
}

/// When to look at the deal again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Revisit {
    /// Leave the date as it is: sending sets its own, and other deals aren't the autopilot's.
    Leave,
    At(DateTime<Utc>),
    /// Clear the date: a person, a reply or a change to what blocked it brings the deal back. Never hour after hour.
    Parked,
}

impl Decision {
    pub(super) fn new(action: DecisionAction, rule: Rule, reason: impl Into<String>) -> Self {
        Self {
            action,
            outcome: DecisionOutcome::Applied,
            rule,
            to: None,
            template_key: None,
            step: None,
            lost_reason: None,
            wait_until: None,
            reason: reason.into(),
            counterfactual: words::counterfactual(rule).to_owned(),
            trail: Vec::new(),
        }
    }

    pub(super) fn wait(rule: Rule, until: DateTime<Utc>, reason: impl Into<String>) -> Self {
        Self { wait_until: Some(until), ..Self::new(DecisionAction::Wait, rule, reason) }
    }

    fn close(rule: Rule, lost_reason: LostReason, to: StageId, reason: impl Into<String>) -> Self {
        Self {
            lost_reason: Some(lost_reason),
            to: Some(to),
            ..Self::new(DecisionAction::Close, rule, reason)
        }
    }

    /// When to look at the deal again.
    pub fn revisit(&self) -> Revisit {
        if self.outcome == DecisionOutcome::Proposed {
            return Revisit::Parked;
        }
        match self.action {
            DecisionAction::SendEmail | DecisionAction::ChangeApproach => Revisit::Leave,
            DecisionAction::Wait => self.wait_until.map_or(Revisit::Leave, Revisit::At),
            DecisionAction::Pause | DecisionAction::FlagForReview | DecisionAction::Close => Revisit::Parked,
        }
    }

    /// The version of its template that a change of approach settles on. It stands until the mail has gone out.
    pub fn decided_variant(&self) -> Option<TemplateVariant> {
        let key = self.template_key.as_deref().filter(|_| self.rule == Rule::NewApproach)?;
        TemplateVariant::of_key(key).map(|(_, variant)| variant)
    }

    /// Whether the decision deserves a receipt: deals that aren't the autopilot's leave none, nor do those whose mail
    /// is already on its way.
    pub fn recorded(&self) -> bool {
        self.rule != Rule::AutopilotOn && self.rule != Rule::OneMailPerStep
    }
}

/// The rules engine: guards first, then the tier and the ladder.
pub fn decide(snapshot: &Snapshot) -> Decision {
    let guarded = guard(snapshot);
    let stopped = guarded.trail.last().filter(|result| !result.passed);
    let (rule, detail) =
        stopped.map_or((Rule::NothingToDo, String::new()), |result| (result.name, result.detail.clone()));
    let decision = match guarded.verdict {
        GuardVerdict::LeaveAlone { reason } => Decision::new(DecisionAction::Wait, rule, reason),
        GuardVerdict::CloseNeverMail { lost_reason } => {
            Decision::close(rule, lost_reason, snapshot.lost_stage, detail)
        }
        GuardVerdict::HoldAskPerson { reason } => Decision::new(DecisionAction::FlagForReview, rule, reason),
        GuardVerdict::CloseNoResponse { to } | GuardVerdict::CloseGhost { to } => {
            Decision::close(rule, LostReason::NoResponse, to, detail)
        }
        GuardVerdict::WaitUntil { at, reason } => Decision::wait(rule, at, reason),
        GuardVerdict::Proceed => engine::next(snapshot),
    };
    let outcome = outcome(snapshot.mode, &decision);
    Decision { outcome, trail: guarded.trail, ..decision }
}

/// In suggest mode a person approves every mail and every judgement. That an address must not be mailed is no judgement.
fn outcome(mode: PipelineMode, decision: &Decision) -> DecisionOutcome {
    let judgement = match decision.action {
        DecisionAction::SendEmail | DecisionAction::ChangeApproach | DecisionAction::Pause => true,
        DecisionAction::Close => decision.rule != Rule::DoNotMail,
        DecisionAction::Wait | DecisionAction::FlagForReview => false,
    };
    match mode {
        PipelineMode::Suggest if judgement => DecisionOutcome::Proposed,
        PipelineMode::Suggest | PipelineMode::Auto | PipelineMode::Off => DecisionOutcome::Applied,
    }
}
