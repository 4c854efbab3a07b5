use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Approach, TemplateVariant, wait_after_send};
use crate::StageId;
use crate::contact::{ConsentBasis, ContactStatus};
use crate::engagement::{EngagementCounts, TierAssessment};
use crate::mailing::{Slot, SuppressionReason};
use crate::pipeline::{DealStatus, NextStep, PipelineMode, Stage, StageKind};

/// Waits are counted in local days, which are an hour short or long when the clocks change: a step is ready this much
/// early rather than an hour late.
const DAYLIGHT_SLACK: TimeDelta = TimeDelta::hours(2);

/// Everything a decision about one deal rests on, at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub now: DateTime<Utc>,
    pub status: DealStatus,
    pub mode: PipelineMode,
    /// Where the deal is.
    pub stage: Stage,
    /// Start of this visit to the stage (UTC).
    pub entered_at: DateTime<Utc>,
    /// When the autopilot next looks at the deal (UTC); `None` while it waits for a person.
    pub due_at: Option<DateTime<Utc>>,
    /// `Ladder::next_step_after` of the stage.
    pub next_step: NextStep,
    /// Name of the stage the next step leads to.
    pub next_stage_name: Option<String>,
    /// Where this pipeline's lost deals go.
    pub lost_stage: StageId,
    /// The brand's suppression of the address.
    pub suppressed: Option<SuppressionReason>,
    pub consent: Option<ConsentBasis>,
    pub contact_status: ContactStatus,
    /// Of this deal's mails.
    pub counts: EngagementCounts,
    pub assessment: TierAssessment,
    /// When the next mail may go.
    pub slot: Slot,
    /// A mail for this visit's next step is scheduled, queued, being sent, or of unclear fate.
    pub outbox_pending: bool,
    /// The stage's own mail has gone out during this visit.
    pub mailed_this_visit: bool,
    /// Whether the next step's template exists and renders for this contact; else why not.
    pub template_ok: Result<(), String>,
    /// Keys of the variants of the next step's template that exist and render.
    pub available_variants: Vec<String>,
    /// The version that an earlier decision to change the approach has set for the next mail.
    #[serde(default)]
    pub decided_variant: Option<TemplateVariant>,
    /// Until when the contact is away (UTC), from an out-of-office reply.
    pub out_until: Option<DateTime<Utc>>,
}

impl Snapshot {
    /// The version of its template that the next outreach mail uses.
    pub fn approach(&self, plain: &str) -> Approach {
        Approach::choose(plain, self.assessment.tier, self.decided_variant, &self.available_variants)
    }

    /// When the next step is ready by the stage's and the tier's waiting time alone (UTC).
    pub fn ready_at(&self) -> DateTime<Utc> {
        let days = match (&self.next_step, self.stage.kind) {
            (NextStep::SendHere { .. }, _) if !self.mailed_this_visit => 0,
            (NextStep::Send { .. }, StageKind::Outreach) => {
                wait_after_send(self.assessment.tier, self.stage.days)
            }
            (
                NextStep::Send { .. }
                | NextStep::SendHere { .. }
                | NextStep::CloseNoResponse { .. }
                | NextStep::AskPerson { .. }
                | NextStep::Nothing,
                _,
            ) => self.stage.days,
        };
        self.waiting_since() + TimeDelta::days(i64::from(days))
    }

    /// Whether that moment has come.
    pub fn ready(&self) -> bool {
        self.reached(self.ready_at())
    }

    pub(super) fn reached(&self, moment: DateTime<Utc>) -> bool {
        self.now + DAYLIGHT_SLACK >= moment
    }

    /// A wait in an outreach stage starts again with every mail, those sent by hand included.
    fn waiting_since(&self) -> DateTime<Utc> {
        match (self.stage.kind, self.counts.newest_sent_at) {
            (StageKind::Outreach, Some(sent)) => sent.max(self.entered_at),
            (StageKind::Outreach, None)
            | (
                StageKind::Entry
                | StageKind::Replied
                | StageKind::Progress
                | StageKind::Won
                | StageKind::Lost,
                _,
            ) => self.entered_at,
        }
    }

    /// The contact answered during this visit. An older reply doesn't count: a person has put the deal back since.
    pub fn answered(&self) -> bool {
        self.counts.last_reply_at.is_some_and(|at| at >= self.entered_at)
    }

    /// The contact has told the brand no, here or in another pipeline.
    pub fn refused(&self) -> bool {
        self.contact_status == ContactStatus::NotInterested
    }

    /// The next step is a mail the autopilot may think of sending, now or later.
    pub fn mail_ahead(&self) -> bool {
        let spent = matches!(self.next_step, NextStep::SendHere { .. }) && self.mailed_this_visit;
        self.next_step.mails() && !spent && !self.answered() && !self.refused()
    }

    /// That mail's time has come.
    pub fn mail_due(&self) -> bool {
        self.mail_ahead() && self.ready()
    }
}
