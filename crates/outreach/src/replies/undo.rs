use chrono::TimeDelta;
use database::contact::Contact;
use database::deal::{self, Actor, Moved, StageMove};
use database::{Connection, inbound, optout};
use domain::contact::ContactStatus;
use domain::{ContactId, DealId, InboundId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Applied;
use super::apply::Situation;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// How long a reading can be taken back. The toast offers it for seconds; this covers a slow network.
const UNDO_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// What a review changed beside the mail, as it was before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Restore {
    deal: Option<(DealId, Moved)>,
    contact: Option<(ContactId, ContactStatus)>,
}

impl Restore {
    /// What it takes to undo what was just applied. `None`: it can't be undone, because somebody's wish not to be
    /// mailed was written down, a mail was cancelled or put off, or an event was written that tiers count.
    pub(super) async fn after(
        connection: &mut Connection,
        situation: &Situation<'_>,
        contact: Option<&Contact>,
        applied: &Applied,
    ) -> Result<Option<Self>, Refused> {
        if applied.suppressed || applied.cancelled + applied.postponed + applied.events > 0 {
            return Ok(None);
        }
        let deal = match situation.deal() {
            Some(before) => {
                let after = deal::find(connection, before.id).await?;
                Some((before.id, Moved::between(before, &after)))
            }
            None => None,
        };
        Ok(Some(Self { deal, contact: contact.map(|contact| (contact.id, contact.status)) }))
    }

    pub(super) fn to_value(&self) -> Result<serde_json::Value, Refused> {
        serde_json::to_value(self).map_err(|error| Refused::Failed(error.into()))
    }
}

/// Takes a person's own reading of a mail back: the deal stands where it stood, and the mail waits again.
///
/// # Errors
/// [`Refused::NotFound`] for a reading that isn't theirs or too old, [`Refused::Conflict`] when it can't be taken back
/// or something has come of it.
pub async fn undo_review(
    environment: &Environment,
    user: &CurrentUser,
    review: Uuid,
) -> Result<InboundId, Refused> {
    let clock = environment.clock();
    let now = clock.now();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let correction = inbound::correction(&mut scope, review, user.id(), now - UNDO_WITHIN).await?;
    let newest = inbound::last_correction(&mut scope, correction.inbound_id).await?;
    let Some(restore) = correction.restore.clone().filter(|_| newest.is_some_and(|last| last.id == review))
    else {
        return Err(Refused::Conflict(
            "This reading can't be taken back. Say again what the mail means.".to_owned(),
        ));
    };
    let restore: Restore = serde_json::from_value(restore).map_err(|error| Refused::Failed(error.into()))?;
    if let Some((id, before)) = &restore.deal {
        put_back(&mut scope, environment, user, *id, before).await?;
    }
    if let Some((contact, status)) = restore.contact {
        optout::set_contact_status(&mut scope, contact, status, now).await?;
    }
    inbound::restore(&mut scope, &correction).await?;
    inbound::undo_correction(&mut scope, review, now).await?;
    if let Some((id, _)) = restore.deal {
        crate::engagement::refresh_deals(&mut scope, &[id], now).await?;
    }
    scope.commit().await?;
    Ok(correction.inbound_id)
}

async fn put_back(
    connection: &mut Connection,
    environment: &Environment,
    user: &CurrentUser,
    id: DealId,
    before: &Moved,
) -> Result<(), Refused> {
    let clock = environment.clock();
    let current = deal::lock(connection, id).await?;
    let moved = (before.stage, before.visit) != (before.to_stage, before.to_visit);
    let untouched = (current.stage_id, current.stage_visit, current.status)
        == (before.to_stage, before.to_visit, before.to_status);
    if !untouched || moved && deal::mailed_in_visit(connection, id, before.to_visit).await? {
        return Err(Refused::Conflict(
            "The deal has gone on since, so this can't be taken back. Move the deal by hand instead."
                .to_owned(),
        ));
    }
    if moved || before.status != before.to_status {
        let step = StageMove {
            event_id: clock.new_id(),
            to_stage: before.stage,
            status: before.status,
            lost_reason: before.lost_reason,
            next_action_at: before.next_action_at,
            next_reason: before.next_reason.clone(),
            actor: Actor::Person(user.id()),
            reason: "Took the reading of a mail back.".to_owned(),
            at: clock.now(),
        };
        deal::record_move(connection, &current, &step).await?;
    }
    deal::restore(connection, id, before).await?;
    Ok(())
}
