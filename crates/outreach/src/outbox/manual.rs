use chrono::{DateTime, Utc};
use database::Scoped;
use database::autopilot::Settlement;
use database::brand::Brand;
use database::deal::Deal;
use domain::autopilot::{GuardVerdict, Snapshot, guard};
use domain::contact::ContactStatus;
use domain::engagement::Tier;
use domain::mailing::{Slot, SlotReason};
use domain::pipeline::{DealStatus, NextStep, PipelineMode, Stage};
use domain::{DealId, MessageId};
use serde::{Deserialize, Serialize};

use crate::autopilot::{Diaries, Look, Plan, Plans, calls, look_at};
use crate::compose::{self, Letter, Posting};
use crate::people::CurrentUser;
use crate::templates::Edits;
use crate::transports::StoredAccount;
use crate::{Environment, Refused};

/// The mail a deal gets next, for a person to look at before sending it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextMail {
    pub to_name: String,
    pub to_email: String,
    pub from_name: String,
    pub from_email: String,
    /// The stage the deal is in once it has gone out.
    pub stage: String,
    pub subject: String,
    pub preheader: String,
    /// Without pixel and tracked links: looking at it counts as nothing. Empty when it can't be written.
    pub html: String,
    pub text: String,
    /// What keeps it from being sent now, in words; `None`: it may be sent.
    pub blocked: Option<String>,
}

/// The deal's next mail as it would go out now.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands; [`Refused::Invalid`] when no mail follows.
pub async fn preview_next(
    environment: &Environment,
    user: &CurrentUser,
    deal: DealId,
) -> Result<NextMail, Refused> {
    let mut desk = Desk::open(environment, user, deal, false).await?;
    let plan = desk.plans.get(desk.look.subject.deal.pipeline_id).ok_or(Refused::NotFound)?;
    let (stage, next) = desk.next_mail(environment, plan)?;
    let letter = letter(&stage, &next)?;
    let Desk { brand, edits, look, .. } = &desk;
    let written = compose::preview(environment, brand, edits, &look.subject, &look.earlier, &letter);
    let unwritable = written.as_ref().err().cloned();
    let blocked = desk.obstacle(environment, &next, unwritable).await?.err();
    let rendered = written.ok();
    let contact = &desk.look.subject.contact;
    Ok(NextMail {
        to_name: contact.name.clone(),
        to_email: contact.email.clone(),
        from_name: desk.brand.from_name.clone(),
        from_email: desk.brand.from_email.clone(),
        stage: stage.name.clone(),
        subject: rendered.as_ref().map(|mail| mail.subject.clone()).unwrap_or_default(),
        preheader: rendered.as_ref().map(|mail| mail.preheader.clone()).unwrap_or_default(),
        text: rendered.as_ref().map(|mail| mail.text.clone()).unwrap_or_default(),
        html: rendered.map(|mail| mail.html).unwrap_or_default(),
        blocked,
    })
}

/// A person sends the deal's next mail now. Office hours, waiting times and the tier are theirs to judge; do-not-mail
/// marks, consent, one mail for each step, the template and the brand's caps are not.
///
/// The mail goes into the outbox and leaves within seconds; the deal moves once it has.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands; [`Refused::Invalid`] when no mail follows; [`Refused::Conflict`]
/// with what stands in the way.
pub async fn send_now(
    environment: &Environment,
    user: &CurrentUser,
    deal: DealId,
) -> Result<MessageId, Refused> {
    let now = environment.clock().now();
    let mut desk = Desk::open(environment, user, deal, true).await?;
    let plan = desk.plans.get(desk.look.subject.deal.pipeline_id).ok_or(Refused::NotFound)?;
    let (stage, next) = desk.next_mail(environment, plan)?;
    let letter = letter(&stage, &next)?;
    let scheduled_for = match desk.obstacle(environment, &next, None).await? {
        Ok(at) => at,
        Err(reason) => return Err(Refused::Conflict(reason)),
    };
    let tier = desk.look.assessment.tier;
    let posting = Posting { scheduled_for, tier, created_by: Some(user.id()) };
    let look = &desk.look;
    let (message, content) = compose::write(
        environment,
        &desk.brand,
        &desk.edits,
        &look.subject,
        &look.earlier,
        &letter,
        &posting,
    )
    .map_err(|reason| Refused::Conflict(format!("The mail can't be written: {reason}")))?;
    let (id, scheduled_for) = (message.id, message.scheduled_for);
    let messages = [message];
    let written = database::message::write(&mut desk.transaction, &messages, &[content]).await?;
    if written.is_empty() {
        return Err(Refused::Conflict("This mail is in the outbox already.".to_owned()));
    }
    let calls = calls(&messages, &desk.brand, now);
    database::message::wake(&mut desk.transaction, desk.brand.id, &calls).await?;
    database::decision::withdraw_proposals(&mut desk.transaction, &[deal]).await?;
    let settlement = Settlement {
        deal,
        next_action_at: Some(scheduled_for.max(now + chrono::TimeDelta::minutes(1))),
        next_reason: format!("{} sends the mail by hand.", user.name()),
        blocked_reason: None,
        slot_at: None,
        tier,
        tier_unverified: desk.look.assessment.unverified,
        template_variant: None,
    };
    database::autopilot::settle(&mut desk.transaction, &[settlement], now).await?;
    desk.transaction.commit().await?;
    Ok(id)
}

/// One deal with everything about it.
struct Desk {
    transaction: Scoped,
    brand: Brand,
    plans: Plans,
    edits: Edits,
    look: Look,
    now: DateTime<Utc>,
}

impl Desk {
    async fn open(
        environment: &Environment,
        user: &CurrentUser,
        id: DealId,
        lock: bool,
    ) -> Result<Self, Refused> {
        let now = environment.clock().now();
        let mut transaction = environment.database().scoped(&user.all_brands()).await?;
        let deal: Deal = if lock {
            database::deal::lock(&mut transaction, id).await?
        } else {
            database::deal::find(&mut transaction, id).await?
        };
        let brand = database::brand::find(&mut transaction, deal.brand_id).await?;
        let plans = Plans::load(&mut transaction).await?;
        let edits = Edits::load(&mut transaction, brand.id).await?;
        let look = look_at(&mut transaction, &[id], now).await?.remove(&id).ok_or(Refused::NotFound)?;
        Ok(Self { transaction, brand, plans, edits, look, now })
    }

    /// The stage and the mail that come next, in the version that the autopilot would choose and that renders.
    fn next_mail(&self, environment: &Environment, plan: &Plan) -> Result<(Stage, NextStep), Refused> {
        let (stage, next) = next_mail(plan, &self.look)?;
        let NextStep::Send { to, template_key: Some(plain), step } = &next else {
            return Ok((stage, next));
        };
        let templates = environment.templates();
        let snapshot = self.look.snapshot(plan, PipelineMode::Auto, &self.brand, templates, self.now);
        let key = snapshot.map_or_else(|| plain.clone(), |snapshot| snapshot.approach(plain).key(plain));
        let letter = Letter { stage: &stage, template_key: &key, step: Some(*step) };
        let Self { brand, edits, look, .. } = self;
        if key == *plain
            || compose::preview(environment, brand, edits, &look.subject, &look.earlier, &letter).is_err()
        {
            return Ok((stage, next));
        }
        let next = NextStep::Send { to: *to, template_key: Some(key), step: *step };
        Ok((stage, next))
    }

    /// When the mail may go, or what stands in its way. The guards are the autopilot's own.
    async fn obstacle(
        &mut self,
        environment: &Environment,
        next: &NextStep,
        unwritable: Option<String>,
    ) -> Result<Result<DateTime<Utc>, String>, Refused> {
        let Self { transaction, brand, plans, look, now, .. } = self;
        let account = StoredAccount::load(transaction, brand.id).await?;
        if let Err(reason) = environment.transports().for_brand(environment, brand, account.as_ref()) {
            return Ok(Err(reason.to_string()));
        }
        let plan = plans.get(look.subject.deal.pipeline_id).ok_or(Refused::NotFound)?;
        let Some(snapshot) = look.snapshot(plan, PipelineMode::Auto, brand, environment.templates(), *now)
        else {
            return Ok(
                Err("The deal's stage isn't part of its pipeline: move it to one that is.".to_owned()),
            );
        };
        let mut diaries = Diaries::load(transaction, brand, *now).await?;
        let (at, slot) = match diaries.slot_at_any_hour(&look.subject, *now) {
            Slot::Now => (*now, Slot::Now),
            // A distance of seconds or minutes is kept without a word.
            Slot::At(at, SlotReason::BrandSpacing | SlotReason::DomainSpacing) => (at, Slot::Now),
            slot @ Slot::At(at, _) => (at, slot),
        };
        let asked = as_asked(Snapshot { slot, ..snapshot }, next.clone(), unwritable);
        Ok(match guard(&asked).verdict {
            GuardVerdict::Proceed
            | GuardVerdict::CloseNoResponse { .. }
            | GuardVerdict::CloseGhost { .. } => Ok(at),
            GuardVerdict::LeaveAlone { reason }
            | GuardVerdict::HoldAskPerson { reason }
            | GuardVerdict::WaitUntil { reason, .. } => Err(reason),
            GuardVerdict::CloseNeverMail { lost_reason } => {
                Err(format!("The address must not be mailed: {}.", lost_reason.label().to_lowercase()))
            }
        })
    }
}

/// The snapshot without what a person decides by sending: pauses, waiting times, tier, earlier answers.
fn as_asked(snapshot: Snapshot, next_step: NextStep, unwritable: Option<String>) -> Snapshot {
    let status = match snapshot.status {
        DealStatus::Active | DealStatus::Paused => DealStatus::Active,
        closed @ (DealStatus::Won | DealStatus::Lost) => closed,
    };
    let mut assessment = snapshot.assessment;
    (assessment.tier, assessment.burnout) = (Tier::New, false);
    let mut counts = snapshot.counts;
    (counts.last_reply_at, counts.newest_sent_at) = (None, None);
    Snapshot {
        status,
        assessment,
        counts,
        next_step,
        entered_at: DateTime::UNIX_EPOCH,
        out_until: None,
        contact_status: match snapshot.contact_status {
            ContactStatus::Unsubscribed => ContactStatus::Unsubscribed,
            ContactStatus::New
            | ContactStatus::Contacted
            | ContactStatus::Replied
            | ContactStatus::Interested
            | ContactStatus::NotInterested => ContactStatus::Contacted,
        },
        template_ok: unwritable.map_or(Ok(()), Err),
        ..snapshot
    }
}

/// The mail that comes next when a person sends it: the ladder's, else the one of the deal's own stage.
fn next_mail(plan: &Plan, look: &Look) -> Result<(Stage, NextStep), Refused> {
    let nothing = |why: &str| Refused::Invalid(format!("There is no mail to send: {why}"));
    let deal = &look.subject.deal;
    let current =
        plan.ladder.stage(deal.stage_id).ok_or_else(|| nothing("the deal's stage isn't in its pipeline."))?;
    match plan.ladder.next_step_after(current.id) {
        NextStep::Send { to, template_key, step } => {
            let stage = plan.ladder.stage(to).ok_or_else(|| nothing("the next stage is gone."))?.clone();
            Ok((stage, NextStep::Send { to, template_key, step }))
        }
        next @ NextStep::SendHere { .. } if !look.mailed_here(current) => Ok((current.clone(), next)),
        NextStep::AskPerson { .. } if !look.mailed_here(current) => match &current.template_key {
            Some(key) => Ok((current.clone(), NextStep::SendHere { template_key: key.clone() })),
            None => Err(nothing(&format!("{} has none.", current.name))),
        },
        NextStep::SendHere { .. } | NextStep::AskPerson { .. } => {
            Err(nothing(&format!("the one of {} has gone out.", current.name)))
        }
        NextStep::CloseNoResponse { .. } => Err(nothing("the last one of the ladder has gone out.")),
        NextStep::Nothing => Err(nothing("the deal has ended.")),
    }
}

fn letter<'a>(stage: &'a Stage, next: &'a NextStep) -> Result<Letter<'a>, Refused> {
    let (key, step) = match next {
        NextStep::Send { template_key, step, .. } => (template_key.as_deref(), Some(*step)),
        NextStep::SendHere { template_key } => (Some(template_key.as_str()), None),
        NextStep::CloseNoResponse { .. } | NextStep::AskPerson { .. } | NextStep::Nothing => (None, None),
    };
    let template_key =
        key.ok_or_else(|| Refused::Invalid(format!("No template is chosen for {}.", stage.name)))?;
    Ok(Letter { stage, template_key, step })
}
