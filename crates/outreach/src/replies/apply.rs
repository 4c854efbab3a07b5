use chrono::{DateTime, Utc};
use database::Connection;
use database::brand::Brand;
use database::clock::Clock;
use database::contact::{self, Contact};
use database::deal::{self, Actor, Deal, StageMove};
use database::decision;
use database::event::{self, NewEvent};
use database::inbound::Counterpart;
use database::optout::{self, NextLook};
use domain::calendar::words;
use domain::engagement::{EventKind, Verdict};
use domain::pipeline::{DealStatus, FollowUp, Ladder, LostReason, StageKind};
use domain::reply::{Classification, EffectFacts, InboundKind, Intent, ReplyEffect, TargetKind, effect};
use domain::{DealId, EmailEventId};
use uuid::Uuid;

use super::matching::{Matched, MatchedBy};
use super::office::{opening_on, zone};
use crate::Refused;
use crate::optout::{Stop, close, ladder_of, stop};

/// What a mail changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Name of the stage the deal went to.
    pub moved_to: Option<String>,
    /// The day the deal goes on by itself: "Mon 14 December".
    pub sleeps_until: Option<String>,
    /// The address is not mailed again.
    pub suppressed: bool,
    /// Deals that ended, the one of the mail included.
    pub closed: usize,
    /// Waiting mails that were cancelled.
    pub cancelled: usize,
    /// Waiting mails that were put off.
    pub postponed: usize,
    /// Events that were written.
    pub events: usize,
    /// Takes a person's reading back; `None` when that isn't possible.
    pub undo: Option<Uuid>,
}

/// Everything a mail meets: whom it is from, the deal (locked) and the mail it answers.
pub(super) struct Situation<'a> {
    brand: &'a Brand,
    contact: Option<&'a Contact>,
    deal: Option<(Deal, Ladder)>,
    outbound: Option<&'a Counterpart>,
    matched_by: Option<MatchedBy>,
    /// Address of the writer, lower case; may be empty.
    from: String,
    received_at: DateTime<Utc>,
}

impl<'a> Situation<'a> {
    pub(super) async fn lock(
        connection: &mut Connection,
        brand: &'a Brand,
        matched: &'a Matched,
        from: String,
        received_at: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        let deal = match matched.deal {
            Some(id) => {
                let deal = deal::lock(connection, id).await?;
                let ladder = ladder_of(connection, &deal).await?;
                Some((deal, ladder))
            }
            None => None,
        };
        Ok(Self {
            brand,
            contact: matched.contact.as_ref(),
            deal,
            outbound: matched.outbound.as_ref(),
            matched_by: matched.by,
            from,
            received_at,
        })
    }

    /// The deal as it was when it was locked.
    pub(super) fn deal(&self) -> Option<&Deal> {
        self.deal.as_ref().map(|(deal, _)| deal)
    }

    pub(super) fn deal_id(&self) -> Option<DealId> {
        self.deal.as_ref().map(|(deal, _)| deal.id)
    }

    /// What the rules make of a classified mail here.
    pub(super) fn effect(&self, mail: &Classification) -> ReplyEffect {
        let tz = zone(self.brand, self.contact);
        let stage = self.deal.as_ref().and_then(|(deal, ladder)| ladder.stage(deal.stage_id));
        effect(
            mail,
            &EffectFacts {
                today: self.received_at.with_timezone(&tz).date_naive(),
                // Without a deal there is nothing to move, as in one that was won.
                stage: stage.map_or(StageKind::Won, |stage| stage.kind),
                soft_bounces: self.soft_bounces(),
            },
        )
    }

    /// Temporary bounces of the address, this mail included if it is one.
    fn soft_bounces(&self) -> u32 {
        self.contact.map_or(1, |contact| u32::try_from(contact.soft_bounces).unwrap_or_default() + 1)
    }
}

/// Carries out what the rules decided.
pub(super) async fn apply(
    connection: &mut Connection,
    clock: &Clock,
    situation: &Situation<'_>,
    mail: &Classification,
    effect: &ReplyEffect,
    actor: Actor,
) -> Result<Applied, Refused> {
    let now = clock.now();
    let events = append_events(connection, clock, situation, mail, effect, actor).await?;
    let mut applied = Applied { events, ..Applied::default() };
    if let Some(contact) = situation.contact {
        if let Some(status) = effect.contact_status {
            optout::set_contact_status(connection, contact.id, status, now).await?;
        }
        let bounces = match effect.event {
            Some(EventKind::SoftBounce) => i16::try_from(situation.soft_bounces()).unwrap_or(i16::MAX),
            _ if effect.counts_as_reply => 0,
            _ => contact.soft_bounces,
        };
        if bounces != contact.soft_bounces {
            optout::set_soft_bounces(connection, contact.id, bounces).await?;
        }
    }
    if let Some((deal, ladder)) = &situation.deal {
        move_deal(connection, clock, situation, (deal, ladder), mail, effect, actor, &mut applied).await?;
    }
    if effect.suppress.is_some() {
        suppress(connection, clock, situation, mail, effect, actor, &mut applied).await?;
    }
    if let Some(deal) = situation.deal_id() {
        crate::engagement::refresh_deals(connection, &[deal], now).await?;
    }
    Ok(applied)
}

async fn append_events(
    connection: &mut Connection,
    clock: &Clock,
    situation: &Situation<'_>,
    mail: &Classification,
    effect: &ReplyEffect,
    actor: Actor,
) -> Result<usize, Refused> {
    let mut written = 0;
    let Some(outbound) = situation.outbound else {
        return Ok(written);
    };
    // A person's second look at a mail adds what was missed and repeats nothing.
    let again = matches!(actor, Actor::Person(_));
    let reply = effect.counts_as_reply.then_some(EventKind::Reply);
    let other = effect.event.filter(|kind| *kind != EventKind::Reply || reply.is_none());
    for kind in reply.into_iter().chain(other) {
        if again && event::exists(connection, outbound.id, kind).await? {
            continue;
        }
        let by_person = matches!(mail.kind, InboundKind::Reply | InboundKind::Complaint);
        let event = NewEvent {
            id: EmailEventId(clock.new_id()),
            brand_id: situation.brand.id,
            message_id: outbound.id,
            deal_id: situation.deal_id(),
            kind,
            verdict: if by_person { Verdict::Human } else { Verdict::Machine },
            reason: situation.matched_by.map_or("address", MatchedBy::code).to_owned(),
            url: None,
            user_agent: None,
            at: situation.received_at,
        };
        event::append(connection, &event).await?;
        written += 1;
        match kind {
            EventKind::Reply => event::mark_replied(connection, outbound.id, situation.received_at).await?,
            EventKind::Bounce | EventKind::SoftBounce => {
                event::mark_bounced(connection, outbound.id, situation.received_at).await?;
            }
            EventKind::Open | EventKind::Click | EventKind::Complaint | EventKind::Unsubscribe => {}
        }
    }
    Ok(written)
}

#[expect(clippy::too_many_arguments, reason = "one step of `apply`, which has them all")]
async fn move_deal(
    connection: &mut Connection,
    clock: &Clock,
    situation: &Situation<'_>,
    (deal, ladder): (&Deal, &Ladder),
    mail: &Classification,
    effect: &ReplyEffect,
    actor: Actor,
    applied: &mut Applied,
) -> Result<(), Refused> {
    let words = format!("{}: {}", mail.intent.label(), mail.reason);
    let open = matches!(deal.status, DealStatus::Active | DealStatus::Paused);
    if effect.stop_outreach && effect.suppress.is_none() {
        let why = format!("{}: no further mail by itself.", mail.intent.label());
        applied.cancelled += optout::cancel_waiting(connection, deal.contact_id, Some(deal.id), &why).await?;
    }
    match effect.move_to {
        Some(TargetKind::Lost) => {
            let reason = effect.lost_reason.unwrap_or(LostReason::Other);
            close(connection, clock, deal, reason, actor, &words).await?;
            applied.closed += 1;
            applied.moved_to = Some(ladder.lost_stage().name.clone());
        }
        Some(TargetKind::Replied) => {
            applied.moved_to =
                to_replied(connection, clock, situation, (deal, ladder), actor, &words).await?;
        }
        None if effect.stop_outreach && open => {
            let blocked = match mail.intent {
                Intent::Referral => "Somebody else is in charge now: choose whom to write to.",
                _ => "They have written: a person answers.",
            };
            let next = NextLook { at: None, reason: String::new(), blocked: Some(blocked.to_owned()) };
            optout::set_next_look(connection, deal.id, &next, clock.now()).await?;
            decision::withdraw_proposals(connection, &[deal.id]).await?;
        }
        None => {}
    }
    if let Some(date) = effect.resume_on.filter(|_| open) {
        (applied.sleeps_until, applied.postponed) =
            sleep(connection, clock, situation, deal, mail, date).await?;
    }
    Ok(())
}

/// Moves a deal to the stage of answered deals. A lost one is open again; a paused one stays paused.
async fn to_replied(
    connection: &mut Connection,
    clock: &Clock,
    situation: &Situation<'_>,
    (deal, ladder): (&Deal, &Ladder),
    actor: Actor,
    words: &str,
) -> Result<Option<String>, Refused> {
    let target = match ladder.replied_stage() {
        Some(stage) => Some(stage.id),
        None => {
            let before = deal::stage_before_closing(connection, deal.id).await?;
            ladder.stage_for_status(DealStatus::Active, deal.stage_id, before)
        }
    };
    let Some(stage) = target.and_then(|id| ladder.stage(id)).filter(|stage| stage.id != deal.stage_id) else {
        return Ok(None);
    };
    let now = clock.now();
    let paused = deal.status == DealStatus::Paused;
    let follow_up =
        FollowUp::after_move(ladder, stage, deal.tier, now, zone(situation.brand, situation.contact));
    let step = StageMove {
        event_id: clock.new_id(),
        to_stage: stage.id,
        status: if paused { DealStatus::Paused } else { DealStatus::Active },
        lost_reason: None,
        next_action_at: follow_up.at.filter(|_| !paused),
        next_reason: follow_up.reason,
        actor,
        reason: words.to_owned(),
        at: now,
    };
    deal::record_move(connection, deal, &step).await?;
    Ok(Some(stage.name.clone()))
}

/// Lets a deal rest until office hours of a day. What is written already waits too.
async fn sleep(
    connection: &mut Connection,
    clock: &Clock,
    situation: &Situation<'_>,
    deal: &Deal,
    mail: &Classification,
    date: chrono::NaiveDate,
) -> Result<(Option<String>, usize), Refused> {
    let tz = zone(situation.brand, situation.contact);
    let resume = opening_on(situation.brand, situation.contact, date);
    let reason = match mail.return_date {
        Some(back) => format!("Out of office until {}.", back.format("%a %-d %B")),
        None => "Out of office without a return date.".to_owned(),
    };
    let postponed = optout::postpone_waiting(connection, deal.id, resume, &reason).await?;
    // A deal nobody is to look at by itself stays that way.
    let Some(planned) = deal.next_action_at else {
        return Ok((None, postponed));
    };
    let at = planned.max(resume);
    let next = NextLook { at: Some(at), reason, blocked: deal.blocked_reason.clone() };
    optout::set_next_look(connection, deal.id, &next, clock.now()).await?;
    Ok((Some(words::day(at, clock.now(), tz)), postponed))
}

async fn suppress(
    connection: &mut Connection,
    clock: &Clock,
    situation: &Situation<'_>,
    mail: &Classification,
    effect: &ReplyEffect,
    actor: Actor,
    applied: &mut Applied,
) -> Result<(), Refused> {
    let Some(reason) = effect.suppress else {
        return Ok(());
    };
    let words = format!("{}: {}", mail.intent.label(), mail.reason);
    let report = matches!(mail.kind, InboundKind::Bounce | InboundKind::Complaint);
    let email = match situation.contact {
        Some(contact) => contact.email.as_str(),
        // A report's writer is a mail server, never the address it is about.
        None if report => return Ok(()),
        None => situation.from.as_str(),
    };
    if !email.contains('@') {
        return Ok(());
    }
    let wish = Stop {
        brand: situation.brand.id,
        email,
        contact: situation.contact.map(|contact| contact.id),
        reason,
        evidence: &words,
        actor,
        words: &words,
    };
    let stopped = stop(connection, clock, &wish).await?;
    if !report && situation.from.contains('@') && situation.from != email {
        // A colleague asked for the contact: neither of them wants more.
        let from = situation.from.as_str();
        contact::suppress(connection, clock.new_id(), situation.brand.id, from, reason, &words, clock.now())
            .await?;
    }
    applied.suppressed = true;
    applied.closed += stopped.closed.len();
    applied.cancelled += stopped.cancelled;
    Ok(())
}
