//! What comes back: opens, clicks, replies, reports, opt-outs. As `crate::tracking`, `crate::replies` and
//! `crate::optout` do with the database.

use chrono::{DateTime, Days, NaiveDate, Utc};
use database::deal::Actor;
use database::demo::Suppression;
use database::event::NewEvent;
use database::inbound::Inbound;
use domain::calendar::start_of_day;
use domain::contact::ContactStatus;
use domain::engagement::{EventKind, Verdict};
use domain::mailing::SuppressionReason;
use domain::pipeline::{DealStatus, FollowUp, LostReason, StageKind};
use domain::reply::{
    Classification, EffectFacts, InboundKind, Intent, ReplyEffect, TargetKind, classify, effect, visible_text,
};
use domain::{EmailEventId, InboundId};

use super::super::habits::Hit;
use super::super::letters::{Mood, Sender};
use super::{Life, Shift};

impl Life<'_> {
    pub(super) fn hit(&mut self, mail: usize, hit: Hit) {
        let message = &mut self.mails[mail].message;
        let by_person = hit.verdict == Verdict::Human;
        let first = match (hit.kind, by_person) {
            (EventKind::Click, true) => Some(&mut message.clicked_at),
            (EventKind::Open, true) => Some(&mut message.opened_at),
            (EventKind::Open, false) => Some(&mut message.machine_opened_at),
            _ => None,
        };
        if let Some(first) = first {
            first.get_or_insert(hit.at);
        }
        if let Some(activity) = &mut self.mails[mail].activity {
            match (hit.kind, by_person) {
                (EventKind::Click, true) => activity.clicked_at = activity.clicked_at.max(Some(hit.at)),
                (EventKind::Open, true) => {
                    activity.human_opened_at = activity.human_opened_at.max(Some(hit.at))
                }
                (EventKind::Open, false) => {
                    activity.machine_opened_at = activity.machine_opened_at.max(Some(hit.at));
                }
                _ => {}
            }
        }
        let index = self.mails[mail].case;
        if by_person {
            self.contacts[self.cases[index].contact].soft_bounces = 0;
        }
        // The address of a clicked link is filled in with the mail's text.
        let url = (hit.kind == EventKind::Click).then(|| hit.link.to_string());
        self.event(mail, hit.kind, hit.verdict, hit.reason, hit.at);
        if let Some(event) = self.history.events.last_mut() {
            event.url = url;
            event.user_agent = (!hit.user_agent.is_empty()).then_some(hit.user_agent);
        }
        self.refresh(index, hit.at);
    }

    pub(super) fn event(
        &mut self,
        mail: usize,
        kind: EventKind,
        verdict: Verdict,
        reason: &str,
        at: DateTime<Utc>,
    ) {
        let message = &self.mails[mail].message;
        let case = &mut self.cases[self.mails[mail].case];
        self.history.events.push(NewEvent {
            id: EmailEventId(case.dice.id(at)),
            brand_id: message.brand_id,
            message_id: message.id,
            deal_id: message.deal_id,
            kind,
            verdict,
            reason: reason.to_owned(),
            url: None,
            user_agent: None,
            at,
        });
    }

    fn refresh(&mut self, index: usize, at: DateTime<Utc>) {
        let (_, assessment) = self.assess(index, at);
        let deal = &mut self.cases[index].deal;
        deal.tier = assessment.tier;
        deal.tier_unverified = assessment.unverified;
    }

    /// Somebody, or their mail server, answers a mail.
    pub(super) fn letter(&mut self, mail: usize, mood: Mood, at: DateTime<Utc>) {
        let index = self.mails[mail].case;
        if self.contacts[self.cases[index].contact].status == ContactStatus::Unsubscribed {
            return;
        }
        let zone = self.zone(index);
        let today = at.with_timezone(&zone).date_naive();
        let case = &mut self.cases[index];
        let contact = &self.contacts[case.contact];
        let back = today + Days::new(u64::try_from(case.dice.between(4, 21)).unwrap_or(4));
        // The subject is known when the mails are written: until then its place is kept.
        let sender =
            Sender { name: &contact.name, email: &contact.email, subject: super::super::texts::SUBJECT };
        let letter = mood.letter(&sender, back, &mut case.dice);
        let brand_today = at.with_timezone(&crate::office::Office::of(self.brand).zone).date_naive();
        let found = classify(&letter.facts, brand_today);
        let stage = self.plans[case.plan].ladder.stage(case.deal.stage_id);
        let facts = EffectFacts {
            today,
            stage: stage.map_or(StageKind::Won, |stage| stage.kind),
            soft_bounces: u32::try_from(contact.soft_bounces).unwrap_or_default() + 1,
        };
        let effect = effect(&found, &facts);
        let host = letter.facts.from.rsplit('@').next().unwrap_or("mail.example").to_owned();
        let id = InboundId(case.dice.id(at));
        self.history.inbound.push(Inbound {
            id,
            brand_id: self.brand.id,
            message_id: format!("{:016x}@{host}", case.dice.roll()),
            from_email: letter.facts.from.clone(),
            from_name: letter.from_name,
            subject: letter.facts.subject.clone(),
            body_text: visible_text(&letter.facts.text),
            received_at: at,
            outbound_id: Some(self.mails[mail].message.id),
            contact_id: Some(case.deal.contact_id),
            deal_id: Some(case.deal.id),
            kind: found.kind,
            intent: found.intent,
            confidence: found.confidence,
            reason: found.reason.clone(),
            needs_review: effect.needs_review,
            reviewed_by: None,
            reviewed_at: None,
            created_at: at,
            quoted_text: String::new(),
        });
        self.apply(mail, &found, &effect, at);
        self.answered(index, self.history.inbound.len() - 1, &effect, found.intent, at);
    }

    fn apply(&mut self, mail: usize, found: &Classification, effect: &ReplyEffect, at: DateTime<Utc>) {
        let index = self.mails[mail].case;
        self.events_of(mail, found, effect, at);
        let contact = &mut self.contacts[self.cases[index].contact];
        if let Some(status) = effect.contact_status.filter(|_| contact.status != ContactStatus::Unsubscribed)
        {
            contact.status = status;
            contact.updated_at = at;
        }
        if effect.event == Some(EventKind::SoftBounce) {
            contact.soft_bounces += 1;
        } else if effect.counts_as_reply {
            contact.soft_bounces = 0;
        }
        let words = format!("{}: {}", found.intent.label(), found.reason);
        self.move_deal(index, found, effect, &words, at);
        if let Some(reason) = effect.suppress {
            self.stop(index, reason, Actor::Reply, &words, &words, at);
        }
        self.refresh(index, at);
    }

    fn events_of(&mut self, mail: usize, found: &Classification, effect: &ReplyEffect, at: DateTime<Utc>) {
        let reply = effect.counts_as_reply.then_some(EventKind::Reply);
        let other = effect.event.filter(|kind| *kind != EventKind::Reply || reply.is_none());
        let by_person = matches!(found.kind, InboundKind::Reply | InboundKind::Complaint);
        let verdict = if by_person { Verdict::Human } else { Verdict::Machine };
        for kind in reply.into_iter().chain(other) {
            self.event(mail, kind, verdict, "thread", at);
            let mail = &mut self.mails[mail];
            match kind {
                EventKind::Reply => {
                    mail.message.replied_at.get_or_insert(at);
                    if let Some(activity) = &mut mail.activity {
                        activity.replied_at = activity.replied_at.max(Some(at));
                    }
                }
                EventKind::Bounce | EventKind::SoftBounce => {
                    mail.message.bounced_at.get_or_insert(at);
                }
                EventKind::Open | EventKind::Click | EventKind::Complaint | EventKind::Unsubscribe => {}
            }
        }
    }

    fn move_deal(
        &mut self,
        index: usize,
        found: &Classification,
        effect: &ReplyEffect,
        words: &str,
        at: DateTime<Utc>,
    ) {
        let open = self.is_open(index);
        if effect.stop_outreach && effect.suppress.is_none() {
            self.cancel_waiting(index, &format!("{}: no further mail by itself.", found.intent.label()));
        }
        match effect.move_to {
            Some(TargetKind::Lost) => {
                let why = effect.lost_reason.unwrap_or(LostReason::Other);
                self.close(index, why, Actor::Reply, words.to_owned(), at);
            }
            Some(TargetKind::Replied) => self.move_to_replied(index, words, at),
            None if effect.stop_outreach && open => {
                let blocked = match found.intent {
                    Intent::Referral => "Somebody else is in charge now: choose whom to write to.",
                    _ => "They have written: a person answers.",
                };
                let deal = &mut self.cases[index].deal;
                (deal.next_action_at, deal.next_reason) = (None, String::new());
                deal.blocked_reason = Some(blocked.to_owned());
                self.withdraw_proposal(index);
            }
            None => {}
        }
        if let Some(date) = effect.resume_on.filter(|_| open) {
            self.sleep(index, found.return_date, date);
        }
    }

    pub(super) fn is_open(&self, index: usize) -> bool {
        matches!(self.cases[index].deal.status, DealStatus::Active | DealStatus::Paused)
    }

    fn move_to_replied(&mut self, index: usize, words: &str, at: DateTime<Utc>) {
        let plans = self.plans;
        let ladder = &plans[self.cases[index].plan].ladder;
        let case = &self.cases[index];
        let Some(stage) = ladder.replied_stage().filter(|stage| stage.id != case.deal.stage_id) else {
            return;
        };
        let paused = case.deal.status == DealStatus::Paused;
        let next = FollowUp::after_move(ladder, stage, case.deal.tier, at, self.zone(index));
        let shift = Shift {
            to: stage.id,
            status: if paused { DealStatus::Paused } else { DealStatus::Active },
            lost_reason: None,
            follow_up: FollowUp { at: next.at.filter(|_| !paused), ..next },
            actor: Actor::Reply,
            reason: words.to_owned(),
        };
        self.shift(index, shift, at);
        self.withdraw_proposal(index);
    }

    fn sleep(&mut self, index: usize, back: Option<NaiveDate>, date: NaiveDate) {
        let office = self.office(index);
        let resume = office.next_open(start_of_day(date, office.zone));
        let reason = match back {
            Some(back) => format!("Out of office until {}.", back.format("%a %-d %B")),
            None => "Out of office without a return date.".to_owned(),
        };
        for position in 0..self.cases[index].mails.len() {
            let mail = self.cases[index].mails[position];
            let waits = self.mails[mail].waits() && self.mails[mail].message.scheduled_for < resume;
            if waits {
                let message = &mut self.mails[mail].message;
                (message.scheduled_for, message.reason) = (resume, Some(reason.clone()));
            }
        }
        let deal = &mut self.cases[index].deal;
        if let Some(planned) = deal.next_action_at {
            deal.next_action_at = Some(planned.max(resume));
            deal.next_reason = reason;
        }
    }

    /// The contact uses the opt-out link of a mail.
    pub(super) fn opt_out(&mut self, mail: usize, at: DateTime<Utc>) {
        let index = self.mails[mail].case;
        if self.contacts[self.cases[index].contact].status == ContactStatus::Unsubscribed {
            return;
        }
        let (code, evidence) = *self.cases[index].dice.pick(&[
            ("one_click", "One click in the mail program"),
            ("page", "Unsubscribe page"),
            ("page", "Unsubscribe page: Too many mails"),
        ]);
        let words = "Unsubscribed with the link in a mail";
        self.stop(index, SuppressionReason::Unsubscribed, Actor::Contact, evidence, words, at);
        self.event(mail, EventKind::Unsubscribe, Verdict::Human, code, at);
    }

    /// The address must not be mailed again: the contact's deals end, waiting mails are cancelled.
    pub(super) fn stop(
        &mut self,
        index: usize,
        reason: SuppressionReason,
        actor: Actor,
        evidence: &str,
        words: &str,
        at: DateTime<Utc>,
    ) {
        let contact = self.cases[index].contact;
        let email = self.contacts[contact].email.clone();
        if !self.history.suppressions.iter().any(|row| row.email == email) {
            self.history.suppressions.push(Suppression {
                id: self.dice.id(at),
                brand_id: self.brand.id,
                email,
                reason,
                evidence: evidence.to_owned(),
                created_at: at,
            });
        }
        if reason == SuppressionReason::Unsubscribed {
            self.contacts[contact].status = ContactStatus::Unsubscribed;
            self.contacts[contact].updated_at = at;
        }
        let lost = domain::autopilot::lost_reason_of(reason);
        for other in 0..self.cases.len() {
            if self.cases[other].contact == contact {
                if self.is_open(other) {
                    self.close(other, lost, actor, words.to_owned(), at);
                }
                self.cancel_waiting(other, &format!("The address must not be mailed: {words}."));
            }
        }
    }

    fn cancel_waiting(&mut self, index: usize, reason: &str) {
        for position in 0..self.cases[index].mails.len() {
            let mail = self.cases[index].mails[position];
            if self.mails[mail].waits() {
                self.cancel(mail, reason);
            }
        }
    }
}
