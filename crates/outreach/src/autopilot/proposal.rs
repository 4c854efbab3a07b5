use chrono::{DateTime, Utc};
use database::autopilot::Settlement;
use database::brand::Brand;
use database::{Connection, Scoped};
use domain::DecisionId;
use domain::autopilot::DecisionOutcome;
use domain::calendar::add_days_keeping_local_time;

use super::batch::Batch;
use super::diaries::Diaries;
use super::look::{Look, look_at};
use super::{Plan, Plans};
use crate::office::Office;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A person approves a proposal of the autopilot: it is carried out.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands; [`Refused::Conflict`] when it was answered already, or when the
/// rules want something else by now (the proposal is withdrawn then, and the autopilot looks at the deal again).
pub async fn approve_decision(
    environment: &Environment,
    user: &CurrentUser,
    id: DecisionId,
) -> Result<(), Refused> {
    let now = environment.clock().now();
    let Answering { mut transaction, brand, plans, look, receipt } =
        Answering::open(environment, user, id, now).await?;
    let mut diaries = Diaries::load(&mut transaction, &brand, now).await?;
    let mut checked = super::batch::Checked::new();
    // An approved mail takes its slot now, however far away.
    let horizon = DateTime::<Utc>::MAX_UTC;
    let settled = settlement(&look, Some(now), "A proposal was withdrawn.");
    let batch = Batch::new(environment, &brand, &plans, &mut diaries, &mut checked, now, horizon);
    match batch.approve(&mut transaction, look, receipt.action).await? {
        Ok(()) => {
            database::decision::answer(&mut transaction, id, DecisionOutcome::Approved, Some(user.id()))
                .await?;
            transaction.commit().await?;
            Ok(())
        }
        Err(reason) => {
            database::decision::answer(&mut transaction, id, DecisionOutcome::Dismissed, None).await?;
            database::autopilot::settle(&mut transaction, &[settled], now).await?;
            transaction.commit().await?;
            Err(Refused::Conflict(format!(
                "Nothing was done, because things have changed since the proposal. {reason}"
            )))
        }
    }
}

/// A person dismisses a proposal: nothing happens now, and the autopilot looks at the deal again after the stage's days.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands; [`Refused::Conflict`] when it was answered already.
pub async fn dismiss_decision(
    environment: &Environment,
    user: &CurrentUser,
    id: DecisionId,
) -> Result<(), Refused> {
    let now = environment.clock().now();
    let Answering { mut transaction, brand, plans, look, .. } =
        Answering::open(environment, user, id, now).await?;
    let deal = &look.subject.deal;
    let days = plans
        .get(deal.pipeline_id)
        .map_or(1, |plan: &Plan| plan.ladder.stage(deal.stage_id).map_or(1, |stage| stage.days.max(1)));
    let office = Office::of_contact(&brand, &look.subject.contact);
    let at = office.next_open(add_days_keeping_local_time(now, days, office.zone));
    let settlement = settlement(&look, Some(at), "A proposal was dismissed: the autopilot looks again then.");
    database::autopilot::settle(&mut transaction, &[settlement], now).await?;
    database::decision::answer(&mut transaction, id, DecisionOutcome::Dismissed, Some(user.id())).await?;
    transaction.commit().await?;
    Ok(())
}

/// A proposal somebody answers, with its deal locked.
struct Answering {
    transaction: Scoped,
    brand: Brand,
    plans: Plans,
    look: Look,
    receipt: database::decision::Decision,
}

impl Answering {
    async fn open(
        environment: &Environment,
        user: &CurrentUser,
        id: DecisionId,
        now: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        let mut transaction = environment.database().scoped(&user.all_brands()).await?;
        let receipt = database::decision::lock(&mut transaction, id).await?;
        if receipt.outcome != DecisionOutcome::Proposed {
            return Err(Refused::Conflict("This proposal has been answered already.".to_owned()));
        }
        let deal = database::deal::lock(&mut transaction, receipt.deal_id).await?;
        let brand = database::brand::find(&mut transaction, deal.brand_id).await?;
        let plans = Plans::load(&mut transaction).await?;
        let look = one(&mut transaction, deal.id, now).await?;
        Ok(Self { transaction, brand, plans, look, receipt })
    }
}

async fn one(connection: &mut Connection, deal: domain::DealId, now: DateTime<Utc>) -> Result<Look, Refused> {
    look_at(connection, &[deal], now).await?.remove(&deal).ok_or(Refused::NotFound)
}

fn settlement(look: &Look, at: Option<DateTime<Utc>>, reason: &str) -> Settlement {
    Settlement {
        deal: look.subject.deal.id,
        next_action_at: at,
        next_reason: reason.to_owned(),
        blocked_reason: None,
        slot_at: None,
        tier: look.assessment.tier,
        tier_unverified: look.assessment.unverified,
        // It was decided on with the proposal, and goes with it.
        template_variant: None,
    }
}
