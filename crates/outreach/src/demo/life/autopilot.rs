//! The autopilot's hour: what `crate::autopilot` does with the database, done with the case in hand.

use chrono::{DateTime, TimeDelta, Utc};
use database::autopilot::Subject;
use database::deal::Actor;
use database::demo::NewReceipt;
use database::message::Earlier;
use domain::autopilot::{Decision, DecisionAction, DecisionOutcome, Revisit, Rule, Snapshot, decide};
use domain::contact::is_public_provider;
use domain::mailing::{Diary, Slot, Wish};
use domain::pipeline::{DealStatus, FollowUp, LostReason, PipelineMode};
use domain::{DecisionId, UserId};

use super::colleagues::Chore;
use super::{Happening, Life, Shift};
use crate::autopilot::{JOB, Look, Summary, caps_of, inputs};
use crate::office::Office;
use crate::schedule;

impl Life<'_> {
    pub(super) fn turn(&mut self, now: DateTime<Utc>) {
        let horizon = schedule::next_occurrence(JOB, now).unwrap_or(now + TimeDelta::hours(1));
        let mut due: Vec<(DateTime<Utc>, usize)> = (0..self.cases.len())
            .filter_map(|index| Some((self.due_at(index, now, horizon)?, index)))
            .collect();
        due.sort_by_key(|(at, index)| (*at, self.cases[*index].deal.id));
        let mut diary = self.diary(now);
        let mut summary = Summary::default();
        for (_, index) in due {
            summary.deals += 1;
            self.decide(index, now, horizon, &mut diary, &mut summary);
        }
        self.turns.push((now, summary));
    }

    fn due_at(&self, index: usize, now: DateTime<Utc>, horizon: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let case = &self.cases[index];
        let at = case.deal.next_action_at.filter(|_| case.deal.status == DealStatus::Active)?;
        let slot_near = case.kept_slot == Some(at) && at < horizon;
        let on = self.plans[case.plan].pipeline.mode != PipelineMode::Off;
        (on && (at <= now || slot_near)).then_some(at)
    }

    /// What the brand has sent today, and the slots it has promised.
    fn diary(&self, now: DateTime<Utc>) -> Diary {
        let day_start = Office::of(self.brand).day_start(now);
        let mut diary = Diary::new(caps_of(self.brand), day_start, 0);
        let since = day_start.min(now - TimeDelta::hours(1));
        for mail in self.mails.iter().rev().take(1_500) {
            let at = mail.message.sent_at.or(mail.waits().then_some(mail.message.scheduled_for.max(now)));
            if let Some(at) = at.filter(|at| *at >= since) {
                diary.book(at, company(&mail.message.to_email));
            }
        }
        for slot in self.cases.iter().filter_map(|case| case.kept_slot).filter(|slot| *slot >= now) {
            diary.book(slot, None);
        }
        diary
    }

    fn decide(
        &mut self,
        index: usize,
        now: DateTime<Utc>,
        horizon: DateTime<Utc>,
        diary: &mut Diary,
        summary: &mut Summary,
    ) {
        let look = self.look(index, now);
        let plan = &self.plans[self.cases[index].plan];
        let mode = plan.pipeline.mode;
        let Some(mut snapshot) = look.snapshot(plan, mode, self.brand, self.environment.templates(), now)
        else {
            return;
        };
        let mut decision = decide(&snapshot);
        let mut at = now;
        if sends(&decision) && decision.outcome == DecisionOutcome::Applied {
            let office = self.office(index);
            match self.slot(&look.subject, &office, now, diary) {
                Slot::Now => {}
                Slot::At(slot, _) if slot < horizon => at = slot,
                slot @ Slot::At(..) => {
                    snapshot.slot = slot;
                    decision = decide(&snapshot);
                }
            }
        }
        self.cases[index].deal.tier = look.assessment.tier;
        self.cases[index].deal.tier_unverified = look.assessment.unverified;
        if decision.recorded() {
            self.record(index, &look, &snapshot, &decision, now);
        }
        if decision.outcome == DecisionOutcome::Proposed {
            summary.proposals += 1;
            return self.propose(index, &decision, now);
        }
        match decision.action {
            DecisionAction::SendEmail | DecisionAction::ChangeApproach => {
                summary.mails += 1;
                diary.book(at, company(&look.subject.contact.email));
                self.write(index, &decision, now, at, None);
                let deal = &mut self.cases[index].deal;
                deal.template_variant = decision.decided_variant().map(|variant| variant.to_string());
                deal.next_action_at = Some(at.max(now + TimeDelta::minutes(1)));
                deal.next_reason = format!("The mail is in the outbox. {}", decision.reason);
            }
            DecisionAction::Wait => {
                summary.waits += 1;
                self.wait(index, &decision, now, diary);
            }
            DecisionAction::FlagForReview | DecisionAction::Pause => {
                summary.flagged += 1;
                let deal = &mut self.cases[index].deal;
                (deal.next_action_at, deal.next_reason) = (None, String::new());
                deal.blocked_reason = Some(decision.reason);
            }
            DecisionAction::Close => {
                summary.closed += 1;
                let why = decision.lost_reason.unwrap_or(LostReason::NoResponse);
                self.close(index, why, Actor::Autopilot, decision.reason, now);
            }
        }
    }

    fn slot(&self, subject: &Subject, office: &Office, now: DateTime<Utc>, diary: &mut Diary) -> Slot {
        if let Some(kept) = subject.kept_slot {
            return Slot::At(kept.max(now), domain::mailing::SlotReason::BrandSpacing);
        }
        let wish = Wish {
            not_before: now,
            company: company(&subject.contact.email),
            contact: subject.contact.last_mailed_at,
            calendar: office.calendar(),
            seed: subject.deal.id.0.as_u64_pair().1,
        };
        diary.slot(&wish, |at| office.next_open(at))
    }

    fn wait(&mut self, index: usize, decision: &Decision, now: DateTime<Utc>, diary: &mut Diary) {
        let office = self.office(index);
        let case = &mut self.cases[index];
        case.kept_slot = None;
        match decision.revisit() {
            Revisit::At(at) => {
                let kept = decision.rule == Rule::Caps;
                let at = if kept { at } else { office.next_open(at).max(now + TimeDelta::minutes(1)) };
                if kept {
                    case.kept_slot = Some(at);
                    diary.book(at, None);
                }
                case.deal.next_action_at = Some(at);
                case.deal.next_reason.clone_from(&decision.reason);
            }
            Revisit::Leave | Revisit::Parked if decision.rule == Rule::NothingToDo => {
                case.deal.next_action_at = None;
                case.deal.next_reason.clone_from(&decision.reason);
            }
            Revisit::Leave | Revisit::Parked => {}
        }
    }

    pub(super) fn look(&self, index: usize, now: DateTime<Utc>) -> Look {
        let case = &self.cases[index];
        let contact = self.contacts[case.contact].clone();
        let (counts, assessment) = self.assess(index, now);
        let suppressed =
            self.history.suppressions.iter().find(|row| row.email == contact.email).map(|row| row.reason);
        Look {
            subject: Subject { deal: case.deal.clone(), contact, kept_slot: case.kept_slot, suppressed },
            counts,
            assessment,
            earlier: case.mails.iter().filter_map(|mail| earlier(&self.mails[*mail].message)).collect(),
        }
    }

    fn record(
        &mut self,
        index: usize,
        look: &Look,
        snapshot: &Snapshot,
        decision: &Decision,
        now: DateTime<Utc>,
    ) {
        let case = &mut self.cases[index];
        self.history.receipts.push(NewReceipt {
            id: DecisionId(case.dice.id(now)),
            brand_id: case.deal.brand_id,
            deal_id: case.deal.id,
            action: decision.action,
            outcome: decision.outcome,
            rule: decision.rule.as_str(),
            reasoning: decision.reason.clone(),
            counterfactual: decision.counterfactual.clone(),
            inputs: inputs(look, snapshot, decision),
            guards: serde_json::to_value(&decision.trail).unwrap_or_default(),
            decided_by: None,
            at: now,
        });
    }

    /// A person is asked; most answer within the day.
    fn propose(&mut self, index: usize, decision: &Decision, now: DateTime<Utc>) {
        let receipt = self.history.receipts.len() - 1;
        let case = &mut self.cases[index];
        case.deal.next_action_at = None;
        case.deal.next_reason = format!("Proposed: {}", decision.reason);
        case.deal.blocked_reason = Some("Waits for a person's approval.".to_owned());
        case.deal.template_variant = decision.decided_variant().map(|variant| variant.to_string());
        case.proposal = Some(receipt);
        let slow = case.dice.percent(30);
        let delay = if slow { case.dice.minutes(2_000, 7_000) } else { case.dice.minutes(20, 900) };
        let unwanted = case.dice.percent(8);
        let at = self.in_office_hours(now + delay);
        let chore = if unwanted { Chore::Dismiss } else { Chore::Approve(Box::new(decision.clone())) };
        self.plan(at, Happening::Chore(index, chore));
    }

    /// A person has approved: what was proposed is done now.
    pub(super) fn carry_out(&mut self, index: usize, decision: &Decision, by: UserId, now: DateTime<Utc>) {
        match decision.action {
            DecisionAction::SendEmail | DecisionAction::ChangeApproach => {
                self.cases[index].deal.blocked_reason = None;
                self.write(index, decision, now, now, Some(by));
            }
            DecisionAction::Close => {
                let why = decision.lost_reason.unwrap_or(LostReason::NoResponse);
                self.close(index, why, Actor::Person(by), decision.reason.clone(), now);
            }
            DecisionAction::Pause | DecisionAction::Wait | DecisionAction::FlagForReview => {
                let stage = self.cases[index].deal.stage_id;
                let follow_up = FollowUp { at: None, reason: decision.reason.clone() };
                let (status, reason) = (DealStatus::Paused, decision.reason.clone());
                let shift = Shift {
                    to: stage,
                    status,
                    lost_reason: None,
                    follow_up,
                    actor: Actor::Person(by),
                    reason,
                };
                self.shift(index, shift, now);
            }
        }
    }

    pub(super) fn withdraw_proposal(&mut self, index: usize) {
        if let Some(receipt) = self.cases[index].proposal.take() {
            self.history.receipts[receipt].outcome = DecisionOutcome::Dismissed;
        }
    }
}

fn sends(decision: &Decision) -> bool {
    match decision.action {
        DecisionAction::SendEmail | DecisionAction::ChangeApproach => true,
        DecisionAction::Wait
        | DecisionAction::Pause
        | DecisionAction::FlagForReview
        | DecisionAction::Close => false,
    }
}

fn company(email: &str) -> Option<&str> {
    email.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !is_public_provider(domain))
}

fn earlier(message: &database::message::Message) -> Option<Earlier> {
    Some(Earlier {
        deal_id: message.deal_id?,
        id: message.id,
        state: message.state,
        stage_id: message.stage_id,
        stage_visit: message.stage_visit,
        send_key: message.send_key.clone(),
        message_id: message.message_id.clone(),
        subject: message.subject.clone(),
        sent_at: message.sent_at,
    })
}
