use chrono::{DateTime, Utc};
use database::clock::Clock;
use database::deal::{self, Actor, Deal, StageMove};
use database::{Connection, contact, optout, pipeline};
use domain::contact::ContactStatus;
use domain::mailing::SuppressionReason;
use domain::pipeline::{DealStatus, Ladder, LostReason};
use domain::{BrandId, ContactId, DealId};

use crate::Refused;

/// An address that a brand must not write to again, and on whose word.
#[derive(Debug, Clone)]
pub struct Stop<'a> {
    pub brand: BrandId,
    /// Normalised.
    pub email: &'a str,
    /// The contact behind the address, when it is known: the address may have changed since.
    pub contact: Option<ContactId>,
    pub reason: SuppressionReason,
    /// For the suppression list: how it is known.
    pub evidence: &'a str,
    pub actor: Actor,
    /// For the history of the deals that end.
    pub words: &'a str,
}

/// What a [`Stop`] changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stopped {
    /// The address was not on the list before.
    pub newly: bool,
    /// The deals that ended.
    pub closed: Vec<DealId>,
    /// Waiting mails that were cancelled.
    pub cancelled: usize,
}

/// Puts the address on the brand's suppression list, ends the contact's open deals and cancels what waits. Done again
/// it changes nothing. Other brands are not touched: the connection can't see them.
///
/// # Errors
/// When the database fails.
pub async fn stop(connection: &mut Connection, clock: &Clock, stop: &Stop<'_>) -> Result<Stopped, Refused> {
    let now = clock.now();
    let found = match stop.contact {
        Some(id) => Some(contact::find(connection, id).await?),
        None => contact::by_email(connection, stop.brand, stop.email).await?,
    };
    let mut stopped = Stopped::default();
    let current = found.as_ref().map(|contact| contact.email.as_str()).filter(|email| *email != stop.email);
    for email in std::iter::once(stop.email).chain(current) {
        stopped.newly |=
            contact::suppress(connection, clock.new_id(), stop.brand, email, stop.reason, stop.evidence, now)
                .await?;
    }
    let Some(contact) = found else { return Ok(stopped) };
    if stop.reason == SuppressionReason::Unsubscribed {
        optout::set_contact_status(connection, contact.id, ContactStatus::Unsubscribed, now).await?;
    }
    for id in optout::open_deals(connection, contact.id).await? {
        let deal = deal::lock(connection, id).await?;
        if matches!(deal.status, DealStatus::Active | DealStatus::Paused) {
            close(connection, clock, &deal, lost_reason(stop.reason), stop.actor, stop.words).await?;
            stopped.closed.push(id);
        }
    }
    stopped.cancelled = optout::cancel_waiting(
        connection,
        contact.id,
        None,
        &format!("The address must not be mailed: {}.", stop.words),
    )
    .await?;
    Ok(stopped)
}

/// Moves a deal (locked by the caller) to its pipeline's lost stage.
pub(crate) async fn close(
    connection: &mut Connection,
    clock: &Clock,
    deal: &Deal,
    reason: LostReason,
    actor: Actor,
    words: &str,
) -> Result<Deal, Refused> {
    let now: DateTime<Utc> = clock.now();
    let ladder = ladder_of(connection, deal).await?;
    let step = StageMove {
        event_id: clock.new_id(),
        to_stage: ladder.lost_stage().id,
        status: DealStatus::Lost,
        lost_reason: Some(reason),
        next_action_at: None,
        next_reason: String::new(),
        actor,
        reason: words.to_owned(),
        at: now,
    };
    Ok(deal::record_move(connection, deal, &step).await?)
}

/// The stages of a deal's pipeline, as the rules know them.
pub(crate) async fn ladder_of(connection: &mut Connection, deal: &Deal) -> Result<Ladder, Refused> {
    let pipeline = pipeline::find(connection, deal.pipeline_id).await?;
    let stages = pipeline::stages_of(connection, deal.pipeline_id).await?;
    pipeline.ladder(&stages).map_err(|error| Refused::Failed(error.into()))
}

const fn lost_reason(reason: SuppressionReason) -> LostReason {
    match reason {
        SuppressionReason::Unsubscribed => LostReason::Unsubscribed,
        SuppressionReason::HardBounce | SuppressionReason::SoftBounces => LostReason::InvalidEmail,
        SuppressionReason::Complaint => LostReason::Complained,
        SuppressionReason::Manual => LostReason::Other,
    }
}
