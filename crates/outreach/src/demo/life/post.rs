//! Mails on their way out.

use chrono::{DateTime, TimeDelta, Utc};
use database::deal::Actor;
use database::message::Message;
use domain::autopilot::Decision;
use domain::contact::ContactStatus;
use domain::engagement::{EventKind, MailActivity, Verdict};
use domain::mailing::{MessageState, SuppressionReason};
use domain::pipeline::{DealStatus, FollowUp, Stage, status_after_move};
use domain::{MessageId, StageId, UserId};

use super::super::case::Mail;
use super::super::letters::Mood;
use super::super::texts::SUBJECT;
use super::{Happening, Life, Shift};

/// What the demo's transport answers.
const PROVIDER: &str = "local";

/// Which mail to write.
pub(super) struct Order<'a> {
    /// The stage it brings the deal into.
    pub stage: &'a Stage,
    pub template_key: &'a str,
    pub step: Option<i16>,
    pub by: Option<UserId>,
}

impl Life<'_> {
    /// Writes the mail of a decision to send.
    pub(super) fn write(
        &mut self,
        index: usize,
        decision: &Decision,
        now: DateTime<Utc>,
        at: DateTime<Utc>,
        by: Option<UserId>,
    ) {
        let plans = self.plans;
        let case = &self.cases[index];
        let to = decision.to.unwrap_or(case.deal.stage_id);
        let stage = plans[case.plan].ladder.stage(to);
        if let (Some(stage), Some(template_key)) = (stage, decision.template_key.as_deref()) {
            self.post(index, &Order { stage, template_key, step: decision.step, by }, now, at);
        }
    }

    /// Puts a mail into the outbox.
    pub(super) fn post(&mut self, index: usize, order: &Order<'_>, now: DateTime<Utc>, at: DateTime<Utc>) {
        let thread = self.cases[index].mails.iter().rev().map(|mail| &self.mails[*mail].message);
        let in_reply_to =
            thread.filter(|mail| mail.state.may_have_reached()).map(|mail| mail.message_id.clone()).next();
        let case = &mut self.cases[index];
        let contact = &self.contacts[case.contact];
        let id = MessageId(case.dice.id(now));
        let step = match order.step {
            Some(step) => step.to_string(),
            None if order.stage.id == case.deal.stage_id => "stage".to_owned(),
            None => format!("to-{}", order.stage.position),
        };
        let host = self.brand.from_email.rsplit('@').next().unwrap_or("localhost");
        let later = at > now;
        case.kept_slot = None;
        case.mails.push(self.mails.len());
        self.mails.push(Mail {
            case: index,
            activity: None,
            message: Message {
                contact_id: Some(case.deal.contact_id),
                deal_id: Some(case.deal.id),
                stage_id: Some(order.stage.id),
                step: order.step,
                stage_visit: Some(case.deal.stage_visit),
                template_key: Some(order.template_key.to_owned()),
                variant: String::new(),
                tier: Some(case.deal.tier),
                send_key: format!("{}:{}:{step}", case.deal.id, case.deal.stage_visit),
                state: if later { MessageState::Scheduled } else { MessageState::Queued },
                to_email: contact.email.clone(),
                to_name: contact.name.clone(),
                message_id: format!("{id}@{host}"),
                in_reply_to,
                scheduled_for: at,
                created_by: order.by,
                ..Message::queued(id, case.deal.brand_id, now)
            },
        });
        let seconds = TimeDelta::milliseconds(case.dice.between(900, 6_000));
        let mail = self.mails.len() - 1;
        self.plan(at + seconds, Happening::Handover(mail));
    }

    /// A worker hands a mail over, if it is still wanted.
    pub(super) fn hand_over(&mut self, mail: usize, at: DateTime<Utc>) {
        if !self.mails[mail].waits() {
            return;
        }
        let index = self.mails[mail].case;
        let (visit, by_hand) =
            (self.mails[mail].message.stage_visit, self.mails[mail].message.created_by.is_some());
        let case = &self.cases[index];
        if case.deal.status != DealStatus::Active || visit != Some(case.deal.stage_visit) {
            return self.cancel(mail, "The deal was moved before the mail went out.");
        }
        let message = &mut self.mails[mail].message;
        let claimed = at - TimeDelta::milliseconds(320);
        (message.claimed_at, message.claimed_by) = (Some(claimed), Some("worker-1".to_owned()));
        message.attempts = 1;
        if !by_hand && self.cases[index].dice.percent(2) && message.reason.is_none() {
            // The server was busy: the same row is tried again.
            message.reason = Some("The mail server is busy (421): tried again later.".to_owned());
            message.state = MessageState::Queued;
            let again = at + self.cases[index].dice.minutes(2, 9);
            message.scheduled_for = again;
            self.plan(again, Happening::Handover(mail));
            return;
        }
        message.attempts += i16::from(message.reason.take().is_some());
        if self.cut_short(index, mail, claimed) || self.refused(index, mail, at) {
            return;
        }
        let message = &mut self.mails[mail].message;
        message.state = MessageState::Sent;
        message.sent_at = Some(at);
        message.provider_id = Some(format!("{PROVIDER}-{}", message.id));
        self.mails[mail].activity = Some(MailActivity::unopened(at));
        self.sent(index, mail, at);
        self.react(index, mail, at);
    }

    /// Once in each brand's last days a worker stopped while it was handing a mail over.
    fn cut_short(&mut self, index: usize, mail: usize, claimed: DateTime<Utc>) -> bool {
        let recent = self.until - claimed < TimeDelta::days(4);
        let ordinary = self.mails[mail].message.created_by.is_none() && self.cases[index].mails.len() > 1;
        if self.was_cut_short || !recent || !ordinary {
            return false;
        }
        self.was_cut_short = true;
        let message = &mut self.mails[mail].message;
        message.state = MessageState::Unknown;
        message.reason = Some("The worker stopped while the mail was being handed over.".to_owned());
        self.mails[mail].activity = Some(MailActivity::unopened(claimed));
        let deal = &mut self.cases[index].deal;
        (deal.next_action_at, deal.next_reason) = (None, String::new());
        deal.blocked_reason = Some(format!(
            "It is unclear whether the mail \u{201c}{SUBJECT}\u{201d} arrived. It isn't sent again by itself: a person \
             decides."
        ));
        true
    }

    /// Half of the servers say at once that they know no such address.
    fn refused(&mut self, index: usize, mail: usize, at: DateTime<Utc>) -> bool {
        let case = &mut self.cases[index];
        let nth = case.deal.mails_sent + 1;
        let dead = case.future.answer.is_some_and(|(after, mood)| mood == Mood::HardBounce && after == nth);
        if !dead || case.dice.percent(50) {
            return false;
        }
        let reason = "550 5.1.1 The email account that you tried to reach does not exist";
        let message = &mut self.mails[mail].message;
        message.state = MessageState::Failed;
        message.reason = Some(reason.to_owned());
        message.bounced_at = Some(at);
        self.event(mail, EventKind::Bounce, Verdict::Machine, "refused_by_server", at);
        let words = "The mail server says that the address doesn't exist";
        self.stop(index, SuppressionReason::HardBounce, Actor::Autopilot, reason, words, at);
        true
    }

    pub(super) fn cancel(&mut self, mail: usize, reason: &str) {
        let message = &mut self.mails[mail].message;
        message.state = MessageState::Cancelled;
        message.reason = Some(reason.to_owned());
    }

    /// Counts the mail and moves the deal to the stage it stands for.
    fn sent(&mut self, index: usize, mail: usize, at: DateTime<Utc>) {
        let plans = self.plans;
        let message = &self.mails[mail].message;
        let (stage, by) = (message.stage_id, message.created_by);
        let (_, assessment) = self.assess(index, at);
        let zone = self.zone(index);
        let case = &mut self.cases[index];
        case.deal.mails_sent += 1;
        case.deal.last_mailed_at = Some(at);
        case.deal.template_variant = None;
        case.deal.tier = assessment.tier;
        case.deal.tier_unverified = assessment.unverified;
        let contact = &mut self.contacts[case.contact];
        contact.last_mailed_at = contact.last_mailed_at.max(Some(at));
        contact.updated_at = at;
        if contact.status == ContactStatus::New {
            contact.status = ContactStatus::Contacted;
        }
        let ladder = &plans[case.plan].ladder;
        let Some(stage) = stage.and_then(|id: StageId| ladder.stage(id)) else {
            return;
        };
        let follow_up = FollowUp::after_mail(ladder, stage, assessment.tier, at, zone);
        let office = self.office(index);
        let follow_up = FollowUp { at: follow_up.at.map(|at| office.next_open(at)), ..follow_up };
        if stage.id == self.cases[index].deal.stage_id {
            let deal = &mut self.cases[index].deal;
            (deal.next_action_at, deal.next_reason) = (follow_up.at, follow_up.reason);
            deal.updated_at = at;
            return;
        }
        let status = status_after_move(stage.kind, self.cases[index].deal.status);
        let actor = by.map_or(Actor::Autopilot, Actor::Person);
        let reason = format!("The mail \u{201c}{SUBJECT}\u{201d} went out.");
        let shift = Shift { to: stage.id, status, lost_reason: None, follow_up, actor, reason };
        self.announced.push((self.history.stage_events.len(), mail));
        self.shift(index, shift, at);
    }

    /// What the contact and their programs are going to do with it.
    fn react(&mut self, index: usize, mail: usize, at: DateTime<Utc>) {
        let case = &mut self.cases[index];
        let nth = case.deal.mails_sent;
        let future = case.future;
        let dead = future.answer.is_some_and(|(after, mood)| mood == Mood::HardBounce && after == nth);
        if dead {
            let bounce = at + TimeDelta::seconds(case.dice.between(20, 200));
            return self.plan(bounce, Happening::Letter(mail, Mood::HardBounce));
        }
        let mut planned: Vec<(DateTime<Utc>, Happening)> = Vec::new();
        for hit in case.habit.hits(nth, at, &mut case.dice) {
            planned.push((hit.at, Happening::Hit(mail, hit)));
        }
        if future.away == Some(nth) {
            let notice = at + TimeDelta::seconds(case.dice.between(15, 90));
            planned.push((notice, Happening::Letter(mail, Mood::OutOfOffice)));
        }
        if let Some((after, mood)) = future.answer
            && after == nth
        {
            let delay =
                if mood.is_personal() { case.dice.minutes(45, 3_600) } else { case.dice.minutes(1, 900) };
            planned.push((at + delay, Happening::Letter(mail, mood)));
        }
        if future.opts_out == Some(nth) {
            planned.push((at + case.dice.minutes(30, 2_800), Happening::OptOut(mail)));
        }
        for (at, happening) in planned {
            self.plan(at, happening);
        }
    }
}
