use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use database::autopilot::{Settlement, Subject};
use database::brand::Brand;
use database::deal::{Actor, StageMove, record_moves};
use database::engagement::NewTier;
use database::event::{self, NewEvent};
use database::message::{self, Attempt, Deferral, HandedOver, Mailed, Message};
use database::{Connection, autopilot};
use domain::engagement::{EventKind, Tier, Verdict};
use domain::mailing::{AttemptOutcome, SuppressionReason};
use domain::pipeline::{DealStatus, FollowUp, status_after_move};
use domain::{DealId, EmailEventId, MessageId};

use super::hand_over::Recorded;
use super::outcome::{End, Outcome};
use super::unclear;
use crate::autopilot::{Plan, Plans, look_at};
use crate::office::Office;
use crate::optout::{Stop, stop};
use crate::{Environment, Refused};

/// Tries to write outcomes down, over about two minutes: a database that restarts is no reason to forget what a
/// provider has taken.
const TRIES: u32 = 8;

/// Writes what became of mails. Deals whose mail has gone out move on in the same transaction.
pub(super) async fn outcomes(
    environment: &Environment,
    brand: &Brand,
    recorded: Recorded,
) -> Result<(), Refused> {
    let mut wait = Duration::from_millis(500);
    for attempt in 1.. {
        match once(environment, brand, &recorded).await {
            Err(Refused::Failed(cause)) if attempt < TRIES => {
                tracing::warn!(%cause, attempt, "outcomes of mails could not be written; trying again");
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
            result => return result,
        }
    }
    Ok(())
}

async fn once(environment: &Environment, brand: &Brand, recorded: &Recorded) -> Result<(), Refused> {
    let now = environment.clock().now();
    let mut transaction = environment.database().brand(brand.id).await?;
    let deals: Vec<DealId> = recorded.outcomes.iter().filter_map(|outcome| outcome.message.deal_id).collect();
    autopilot::lock_deals(&mut transaction, &deals).await?;

    let mut sent: Vec<HandedOver> = Vec::new();
    let mut others: Vec<Deferral> = Vec::new();
    for outcome in &recorded.outcomes {
        match &outcome.end {
            End::Sent(handed_over) => sent.push(handed_over.clone()),
            End::Again(deferral) | End::Unclear(deferral) | End::Refused { deferral, .. } => {
                others.push(deferral.clone())
            }
        }
    }
    let sent = message::record_sent(&mut transaction, &sent, &recorded.claimed_by).await?;
    advance(environment, &mut transaction, brand, &sent).await?;
    let written = message::defer(&mut transaction, &others, Some(&recorded.claimed_by)).await?;
    for outcome in recorded.outcomes.iter().filter(|outcome| written.contains(&outcome.message.id)) {
        after(environment, &mut transaction, brand, outcome, now).await?;
    }
    let taken: Vec<MessageId> = sent.iter().map(|mail| mail.id).collect();
    let attempts: Vec<Attempt> = recorded
        .outcomes
        .iter()
        .filter(|outcome| taken.contains(&outcome.message.id) || written.contains(&outcome.message.id))
        .map(|outcome| attempt(environment, outcome, now))
        .collect();
    message::note_attempts(&mut transaction, &attempts).await?;
    transaction.commit().await?;
    Ok(())
}

fn attempt(environment: &Environment, outcome: &Outcome, now: DateTime<Utc>) -> Attempt {
    let (result, reason) = match &outcome.end {
        End::Sent(_) => (AttemptOutcome::Sent, String::new()),
        End::Again(deferral) => (AttemptOutcome::Again, deferral.reason.clone()),
        End::Refused { deferral, .. } => (AttemptOutcome::Refused, deferral.reason.clone()),
        End::Unclear(deferral) => (AttemptOutcome::Unclear, deferral.reason.clone()),
    };
    Attempt {
        id: environment.clock().new_id(),
        brand_id: outcome.message.brand_id,
        message_id: outcome.message.id,
        outcome: result,
        reason,
        at: now,
    }
}

async fn after(
    environment: &Environment,
    connection: &mut Connection,
    brand: &Brand,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let mail = &outcome.message;
    match &outcome.end {
        End::Sent(_) => Ok(()),
        End::Again(deferral) => {
            let Some(at) = deferral.scheduled_for else {
                return Ok(());
            };
            let key = crate::autopilot::call_key(brand, at);
            let delay = (at - now).num_seconds().max(0) as f64 + 1.0;
            Ok(message::wake(connection, brand.id, &[(key, delay)]).await?)
        }
        End::Unclear(_) => unclear::hold(connection, std::slice::from_ref(mail), now).await,
        End::Refused { deferral, recipient_fault: false } => {
            let words = format!("The mail \u{201c}{}\u{201d} was refused: {}", mail.subject, deferral.reason);
            unclear::block(connection, std::slice::from_ref(mail), now, &words).await
        }
        // A colleague mistyped: nobody's address is at fault.
        End::Refused { .. } if mail.is_test => Ok(()),
        End::Refused { deferral, recipient_fault: true } => {
            bounced(environment, connection, brand, mail, &deferral.reason).await
        }
    }
}

/// The address takes no mail: it is never mailed again, and every open deal of the contact ends.
async fn bounced(
    environment: &Environment,
    connection: &mut Connection,
    brand: &Brand,
    mail: &Message,
    reason: &str,
) -> Result<(), Refused> {
    let clock = environment.clock();
    let event = NewEvent {
        id: EmailEventId(clock.new_id()),
        brand_id: brand.id,
        message_id: mail.id,
        deal_id: mail.deal_id,
        kind: EventKind::Bounce,
        verdict: Verdict::Machine,
        reason: "refused_by_server".to_owned(),
        url: None,
        user_agent: None,
        at: clock.now(),
    };
    event::append(connection, &event).await?;
    event::mark_bounced(connection, mail.id, clock.now()).await?;
    let wish = Stop {
        brand: brand.id,
        email: &mail.to_email,
        contact: mail.contact_id,
        reason: SuppressionReason::HardBounce,
        evidence: reason,
        actor: Actor::Autopilot,
        words: "The mail server says that the address doesn't exist",
    };
    stop(connection, clock, &wish).await?;
    Ok(())
}

/// Moves deals on whose mails have gone out: counters, tier, stage and the next date follow. The caller has locked the
/// deals. A deal that somebody moved while its mail was on the way only counts it.
pub(super) async fn advance(
    environment: &Environment,
    connection: &mut Connection,
    brand: &Brand,
    sent: &[Message],
) -> Result<(), Refused> {
    let now = environment.clock().now();
    let mailed: Vec<Mailed> = sent
        .iter()
        .filter_map(|mail| {
            Some(Mailed { deal: mail.deal_id?, contact: mail.contact_id?, at: mail.sent_at.unwrap_or(now) })
        })
        .collect();
    if mailed.is_empty() {
        return Ok(());
    }
    message::count_mailed(connection, &mailed).await?;
    let ids: Vec<DealId> = mailed.iter().map(|mailed| mailed.deal).collect();
    let plans = Plans::load(connection).await?;
    let looks = look_at(connection, &ids, now).await?;
    let (mut settlements, mut tiers, mut moves) = (Vec::new(), Vec::new(), HashMap::new());
    for mail in sent {
        let Some(look) = mail.deal_id.and_then(|id| looks.get(&id)) else {
            continue;
        };
        let Some(plan) = plans.get(look.subject.deal.pipeline_id) else {
            continue;
        };
        let tier = NewTier {
            deal: look.subject.deal.id,
            tier: look.assessment.tier,
            unverified: look.assessment.unverified,
        };
        tiers.push(tier);
        match follow(environment, brand, plan, &look.subject, mail, tier.tier, now) {
            Some(Follow::Move(step)) => {
                moves.insert(look.subject.deal.id, step);
            }
            Some(Follow::Stay(next_action_at, next_reason)) => settlements.push(Settlement {
                deal: look.subject.deal.id,
                next_action_at,
                next_reason,
                blocked_reason: None,
                slot_at: None,
                tier: tier.tier,
                tier_unverified: tier.unverified,
                template_variant: None,
            }),
            None => {}
        }
    }
    database::engagement::store_tiers(connection, &tiers).await?;
    autopilot::settle(connection, &settlements, now).await?;
    let moves: Vec<_> = moves.iter().map(|(id, step)| (*id, step)).collect();
    record_moves(connection, &moves).await?;
    Ok(())
}

enum Follow {
    Move(StageMove),
    Stay(Option<DateTime<Utc>>, String),
}

fn follow(
    environment: &Environment,
    brand: &Brand,
    plan: &Plan,
    subject: &Subject,
    mail: &Message,
    tier: Tier,
    now: DateTime<Utc>,
) -> Option<Follow> {
    let deal = &subject.deal;
    let open = match deal.status {
        DealStatus::Active | DealStatus::Paused => true,
        DealStatus::Won | DealStatus::Lost => false,
    };
    if !open || mail.stage_visit != Some(deal.stage_visit) {
        return None;
    }
    let stage = plan.ladder.stage(mail.stage_id?)?;
    let office = Office::of_contact(brand, &subject.contact);
    let follow_up = FollowUp::after_mail(&plan.ladder, stage, tier, mail.sent_at.unwrap_or(now), office.zone);
    let at = follow_up.at.map(|at| office.next_open(at));
    if stage.id == deal.stage_id {
        return Some(Follow::Stay(at, follow_up.reason));
    }
    Some(Follow::Move(StageMove {
        event_id: environment.clock().new_id(),
        to_stage: stage.id,
        status: status_after_move(stage.kind, deal.status),
        lost_reason: None,
        next_action_at: at,
        next_reason: follow_up.reason,
        actor: mail.created_by.map_or(Actor::Autopilot, Actor::Person),
        reason: format!("The mail \u{201c}{}\u{201d} went out.", mail.subject),
        at: now,
    }))
}
