use chrono::{DateTime, Utc};
use database::contact;
use database::deal::{self, Actor, Deal, StageMove};
use domain::DealId;
use domain::pipeline::{DealStatus, FollowUp, StageKind};
use domain::view::deal::StatusChange;

use super::moves::{ladder_of, lost_reason, record};
use super::zone;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Sets a deal's status; its stage follows (won and lost have a stage each, and closed deals go back where they came
/// from).
///
/// # Errors
/// [`Refused::NotFound`] for a deal that isn't theirs, [`Refused::Conflict`] when it has that status already or can't be
/// opened beside another deal of the contact.
pub async fn set_status(
    environment: &Environment,
    user: &CurrentUser,
    id: DealId,
    change: StatusChange,
) -> Result<(), Refused> {
    let clock = environment.clock();
    let now = clock.now();
    let status = change.status();
    let mut scope = environment.database().scoped_with_kept_plans(&user.all_brands()).await?;
    let before = deal::lock(&mut scope, id).await?;
    if before.status == status {
        return Err(Refused::Conflict(format!("The deal is {} already.", status.label().to_lowercase())));
    }
    if status == DealStatus::Paused && before.status != DealStatus::Active {
        return Err(Refused::Conflict("The deal is closed; only an open deal can be paused.".to_owned()));
    }
    let (frame, ladder) = ladder_of(&mut scope, &before).await?;
    let closed_from = deal::stage_before_closing(&mut scope, id).await?;
    let to = ladder.stage_for_status(status, before.stage_id, closed_from).unwrap_or(before.stage_id);
    let stage = ladder.stage(to).ok_or(Refused::NotFound)?;
    let follow_up = match status {
        DealStatus::Paused => FollowUp { at: None, reason: format!("Paused by {}.", user.name()) },
        DealStatus::Active | DealStatus::Won | DealStatus::Lost => {
            let contact = contact::find(&mut scope, before.contact_id).await?;
            let since = if to == before.stage_id { waiting_since(&before, stage.kind) } else { now };
            let planned = FollowUp::after_move(&ladder, stage, before.tier, since, zone(&contact, &frame));
            let resumed = to == before.stage_id;
            let reason = if resumed { format!("Resumed by {}.", user.name()) } else { planned.reason };
            FollowUp { at: planned.at.map(|at| at.max(now)), reason }
        }
    };
    let step = StageMove {
        event_id: clock.new_id(),
        to_stage: to,
        status,
        lost_reason: lost_reason(status, change.lost_reason())?,
        next_action_at: follow_up.at,
        next_reason: follow_up.reason,
        actor: Actor::Person(user.id()),
        reason: String::new(),
        at: now,
    };
    record(&mut scope, &before, &step).await?;
    scope.commit().await?;
    Ok(())
}

/// A pause doesn't make the wait of a stage longer.
fn waiting_since(deal: &Deal, kind: StageKind) -> DateTime<Utc> {
    match (kind, deal.last_mailed_at) {
        (StageKind::Outreach, Some(mailed)) => mailed.max(deal.stage_entered_at),
        (StageKind::Outreach, None)
        | (
            StageKind::Entry | StageKind::Replied | StageKind::Progress | StageKind::Won | StageKind::Lost,
            _,
        ) => deal.stage_entered_at,
    }
}
