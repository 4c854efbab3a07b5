use std::collections::HashMap;

use chrono::{DateTime, Utc};
use database::Connection;
use database::autopilot::Subject;
use database::brand::Brand;
use database::message::Earlier;
use domain::DealId;
use domain::autopilot::Snapshot;
use domain::engagement::{EngagementCounts, TierAssessment, tier_of};
use domain::mailing::{MessageState, Slot};
use domain::pipeline::{NextStep, PipelineMode, Stage};
use mail::render::TemplateStore;

use super::Plan;
use crate::Refused;
use crate::compose::Letter;

/// All that is known of one deal at one moment.
pub(crate) struct Look {
    pub subject: Subject,
    pub counts: EngagementCounts,
    pub assessment: TierAssessment,
    /// The deal's mails, oldest first.
    pub earlier: Vec<Earlier>,
}

/// Looks at these deals, in a fixed number of statements. Deals outside the scope are missing.
pub(crate) async fn look_at(
    connection: &mut Connection,
    ids: &[DealId],
    now: DateTime<Utc>,
) -> Result<HashMap<DealId, Look>, Refused> {
    let subjects = database::autopilot::subjects(connection, ids).await?;
    let counted = database::engagement::counts_of(connection, ids, now).await?;
    let mut counts: HashMap<DealId, EngagementCounts> =
        counted.into_iter().map(|row| (row.deal, row.counts)).collect();
    let mut earlier: HashMap<DealId, Vec<Earlier>> = HashMap::new();
    for mail in database::message::of_deals(connection, ids).await? {
        earlier.entry(mail.deal_id).or_default().push(mail);
    }
    let look = |subject: Subject| {
        let id = subject.deal.id;
        let counts = counts.remove(&id).unwrap_or_default();
        let assessment = tier_of(&counts, now);
        (id, Look { subject, counts, assessment, earlier: earlier.remove(&id).unwrap_or_default() })
    };
    Ok(subjects.into_iter().map(look).collect())
}

impl Look {
    /// The snapshot that the rules decide on. Slot and template are taken for good: whoever acts on a decision to send
    /// has to look for both and ask again.
    pub fn snapshot(
        &self,
        plan: &Plan,
        mode: PipelineMode,
        brand: &Brand,
        templates: &TemplateStore,
        now: DateTime<Utc>,
    ) -> Option<Snapshot> {
        let deal = &self.subject.deal;
        let stage = plan.ladder.stage(deal.stage_id)?.clone();
        let next_step = plan.ladder.next_step_after(stage.id);
        let (next_stage_name, template_key) = match &next_step {
            NextStep::Send { to, template_key, .. } => {
                (plan.ladder.stage(*to).map(|stage| stage.name.clone()), Some(template_key.as_deref()))
            }
            NextStep::SendHere { template_key } => (None, Some(Some(template_key.as_str()))),
            NextStep::CloseNoResponse { .. } | NextStep::AskPerson { .. } | NextStep::Nothing => (None, None),
        };
        let template_ok = match template_key {
            Some(None) => Err("no template is chosen for it.".to_owned()),
            Some(Some(_)) | None => Ok(()),
        };
        Some(Snapshot {
            now,
            status: deal.status,
            mode,
            entered_at: deal.stage_entered_at,
            due_at: deal.next_action_at,
            next_stage_name,
            lost_stage: plan.ladder.lost_stage().id,
            suppressed: self.subject.suppressed,
            consent: self.subject.contact.consent_basis,
            contact_status: self.subject.contact.status,
            counts: self.counts.clone(),
            assessment: self.assessment.clone(),
            slot: Slot::Now,
            outbox_pending: self.this_visit().any(|mail| is_pending(mail.state)),
            mailed_this_visit: self.mailed_here(&stage),
            template_ok,
            available_variants: template_key
                .flatten()
                .map(|key| templates.variants(&brand.slug, key))
                .unwrap_or_default(),
            decided_variant: deal.template_variant.as_deref().and_then(|variant| variant.parse().ok()),
            out_until: None,
            stage,
            next_step,
        })
    }

    fn this_visit(&self) -> impl Iterator<Item = &Earlier> {
        self.earlier.iter().filter(|mail| mail.stage_visit == Some(self.subject.deal.stage_visit))
    }

    /// The stage's own mail has gone out (or may have) during this visit.
    pub fn mailed_here(&self, stage: &Stage) -> bool {
        self.this_visit().any(|mail| mail.stage_id == Some(stage.id) && mail.state.may_have_reached())
    }
}

/// The letter of a decision to send.
pub(crate) fn letter<'a>(
    plan: &'a Plan,
    stage: &'a Stage,
    decision: &'a domain::autopilot::Decision,
) -> Option<Letter<'a>> {
    let stage = match decision.to {
        Some(to) => plan.ladder.stage(to)?,
        None => stage,
    };
    Some(Letter { stage, template_key: decision.template_key.as_deref()?, step: decision.step })
}

fn is_pending(state: MessageState) -> bool {
    match state {
        MessageState::Scheduled | MessageState::Queued | MessageState::Sending | MessageState::Unknown => {
            true
        }
        MessageState::Draft
        | MessageState::Sent
        | MessageState::Failed
        | MessageState::Blocked
        | MessageState::Cancelled => false,
    }
}
