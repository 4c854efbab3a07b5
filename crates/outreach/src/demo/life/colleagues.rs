//! What our people do: answer, move deals on, win and lose them, approve what the autopilot proposes.

use chrono::{DateTime, Days, TimeDelta, Utc};
use database::deal::Actor;
use database::demo::Note;
use domain::autopilot::{Decision, DecisionOutcome};
use domain::calendar::add_days_keeping_local_time;
use domain::contact::ContactStatus;
use domain::engagement::Tier;
use domain::pipeline::{DealStatus, FollowUp, LostReason, PipelineType, StageKind, status_after_move};
use domain::reply::{Intent, ReplyEffect};
use domain::{NoteId, UserId};

use super::super::case::Colleague;
use super::super::letters::Mood;
use super::super::words;
use super::post::Order;
use super::{Happening, Life, Shift};
use crate::office::Office;

/// Something a person of ours is going to do.
pub(super) enum Chore {
    /// Carries out what the autopilot proposed.
    Approve(Box<Decision>),
    /// Doesn't want what the autopilot proposed.
    Dismiss,
    /// Reads a mail (its index) that the rules couldn't read.
    Review(usize),
    /// Answers during this visit to a stage.
    Answer(i32),
    /// Moves the deal on during this visit.
    Advance(i32),
    /// Finds that the contact has done by themselves what was asked of them.
    Complete,
    Lose(i32),
    Pause(i32),
    /// Starts again with somebody who has read the mails and never answered.
    StartAgain,
}

impl Life<'_> {
    /// The moment itself, or later when the office is closed then.
    pub(super) fn in_office_hours(&mut self, at: DateTime<Utc>) -> DateTime<Utc> {
        let open = Office::of(self.brand).next_open(at);
        if open == at { at } else { open + self.dice.minutes(4, 90) }
    }

    fn remind(&mut self, index: usize, delay: TimeDelta, now: DateTime<Utc>, chore: Chore) {
        let at = self.in_office_hours(now + delay);
        self.plan(at, Happening::Chore(index, chore));
    }

    /// What happens to a new deal by nobody's mail.
    pub(super) fn volunteer(&mut self, index: usize, now: DateTime<Utc>) {
        let kind = self.plans[self.cases[index].plan].pipeline.pipeline_type;
        let case = &mut self.cases[index];
        let silent = case.future.answer.is_none();
        let registered = kind == PipelineType::RegisteredUsers;
        let on_their_own = registered && self.plans[case.plan].ladder.replied_stage().is_none();
        if on_their_own {
            if case.dice.percent(85) {
                let delay = case.dice.minutes(900, 5_000);
                self.remind(index, delay, now, Chore::Advance(1));
            }
        } else if registered && silent && case.dice.percent(35) {
            let delay = case.dice.minutes(4_000, 18_000);
            self.remind(index, delay, now, Chore::Complete);
        } else if silent && case.dice.percent(6) {
            let delay = case.dice.minutes(5_000, 20_000);
            self.remind(index, delay, now, Chore::Pause(2));
        }
    }

    /// A mail has come in: who does what about it.
    pub(super) fn answered(
        &mut self,
        index: usize,
        inbound: usize,
        effect: &ReplyEffect,
        intent: Intent,
        now: DateTime<Utc>,
    ) {
        self.flagged += u32::from(effect.needs_review);
        // Every sixth waits for whoever looks at the demo, and a few more: no brand's inbox is ever empty.
        let left = self.flagged.is_multiple_of(6);
        if effect.needs_review && !left && self.cases[index].dice.percent(92) {
            let delay = self.cases[index].dice.minutes(30, 700);
            self.remind(index, delay, now, Chore::Review(inbound));
        }
        let welcome = matches!(intent, Intent::Interested | Intent::Question);
        if effect.counts_as_reply && welcome && self.is_open(index) {
            let visit = self.cases[index].deal.stage_visit;
            let delay = self.cases[index].dice.minutes(60, 1_300);
            self.remind(index, delay, now, Chore::Answer(visit));
        }
    }

    pub(super) fn chore(&mut self, index: usize, chore: &Chore, at: DateTime<Utc>) {
        let who = self.colleague(index);
        let (status, visit) = (self.cases[index].deal.status, self.cases[index].deal.stage_visit);
        let active = status == DealStatus::Active;
        match chore {
            Chore::Approve(decision) => self.approve(index, decision, &who, at),
            Chore::Dismiss => self.dismiss(index, &who, at),
            Chore::Review(inbound) => {
                let mail = &mut self.history.inbound[*inbound];
                (mail.needs_review, mail.reviewed_by, mail.reviewed_at) = (false, Some(who.id), Some(at));
                (mail.confidence, mail.reason) = (1.0, format!("read by {}", who.name));
            }
            Chore::Answer(of) if active && visit == *of => self.answer(index, &who, at),
            Chore::Advance(of) if active && visit == *of => self.advance(index, &who, at),
            Chore::Complete if active => self.complete(index, &who, at),
            Chore::StartAgain if status == DealStatus::Lost => self.start_again(index, &who, at),
            Chore::Lose(of) if active && visit == *of => self.lose(index, &who, at),
            Chore::Pause(of) if active && visit >= *of => self.pause(index, &who, at),
            Chore::Answer(_)
            | Chore::Advance(_)
            | Chore::Complete
            | Chore::Lose(_)
            | Chore::Pause(_)
            | Chore::StartAgain => {}
        }
    }

    /// Whoever owns the deal, else anybody.
    fn colleague(&mut self, index: usize) -> Colleague {
        let owner = self.cases[index].deal.owner_id;
        let found = self.team.colleague(&self.brand.slug, &mut self.dice);
        let user = owner.and_then(|id| self.team.by_id(id)).unwrap_or(found);
        Colleague { id: user.id, name: user.name.clone() }
    }

    fn approve(&mut self, index: usize, decision: &Decision, who: &Colleague, at: DateTime<Utc>) {
        let Some(receipt) = self.cases[index].proposal.take() else {
            return;
        };
        self.history.receipts[receipt].outcome = DecisionOutcome::Approved;
        self.history.receipts[receipt].decided_by = Some(who.id);
        self.carry_out(index, decision, who.id, at);
    }

    fn dismiss(&mut self, index: usize, who: &Colleague, at: DateTime<Utc>) {
        let Some(receipt) = self.cases[index].proposal.take() else {
            return;
        };
        self.history.receipts[receipt].outcome = DecisionOutcome::Dismissed;
        self.history.receipts[receipt].decided_by = Some(who.id);
        let office = self.office(index);
        let case = &mut self.cases[index];
        let stage = self.plans[case.plan].ladder.stage(case.deal.stage_id);
        let days = stage.map_or(1, |stage| stage.days.max(1));
        case.deal.next_action_at = Some(office.next_open(add_days_keeping_local_time(at, days, office.zone)));
        case.deal.next_reason = "A proposal was dismissed: the autopilot looks again then.".to_owned();
        case.deal.template_variant = None;
        case.deal.blocked_reason = None;
    }

    /// Sends the mail of the stage of answered deals, if there is one, and takes the deal.
    fn answer(&mut self, index: usize, who: &Colleague, at: DateTime<Utc>) {
        let plans = self.plans;
        let case = &mut self.cases[index];
        case.deal.owner_id.get_or_insert(who.id);
        let stage = plans[case.plan].ladder.stage(case.deal.stage_id);
        let visit = case.deal.stage_visit;
        let goes_on = case.future.journey > 0;
        let delay = case.dice.minutes(1_300, 5_500);
        if let Some(stage) = stage.filter(|stage| stage.kind == StageKind::Replied)
            && let Some(template_key) = stage.template_key.as_deref()
        {
            self.post(index, &Order { stage, template_key, step: None, by: Some(who.id) }, at, at);
        }
        let kind = plans[self.cases[index].plan].pipeline.pipeline_type;
        let body = self.cases[index].dice.word(words::after_reply(kind));
        self.jot(index, who.id, body, at);
        if self.cases[index].dice.percent(35) {
            self.assign(index, who.id, at);
        }
        let next = if goes_on { Chore::Advance(visit) } else { Chore::Lose(visit) };
        if goes_on || self.cases[index].dice.percent(75) {
            self.remind(index, delay, at, next);
        }
    }

    /// Brings the deal to the next stage, with that stage's mail where it has one.
    fn advance(&mut self, index: usize, who: &Colleague, at: DateTime<Utc>) {
        let plans = self.plans;
        let plan = &plans[self.cases[index].plan];
        let case = &mut self.cases[index];
        let Some(here) = plan.ladder.stage(case.deal.stage_id) else {
            return;
        };
        let ahead = |kind| matches!(kind, StageKind::Progress | StageKind::Won);
        let next =
            plan.ladder.stages().iter().find(|stage| stage.position > here.position && ahead(stage.kind));
        let Some(next) = next else { return };
        case.future.journey -= 1;
        case.deal.owner_id.get_or_insert(who.id);
        let kind = plan.pipeline.pipeline_type;
        if case.deal.value_cents.is_none() {
            case.deal.value_cents = words::value_cents(kind, &mut case.dice);
        }
        if next.kind == StageKind::Progress && matches!(kind, PipelineType::Sales | PipelineType::Partnership)
        {
            let days = u64::try_from(case.dice.between(10, 45)).unwrap_or(10);
            case.deal.expected_close_on = Some(at.date_naive() + Days::new(days));
        }
        let body = case.dice.word(words::on_advance(kind, next.kind));
        let own_mail = kind == PipelineType::RegisteredUsers;
        match next.template_key.as_deref().filter(|_| !own_mail) {
            Some(template_key) => {
                self.post(index, &Order { stage: next, template_key, step: None, by: Some(who.id) }, at, at);
            }
            None => self.step(index, next.id, None, who.id, at),
        }
        self.jot(index, who.id, body, at);
        if next.kind == StageKind::Progress {
            self.go_on(index, next.days, at);
        }
    }

    /// After a step: the next one, the end, or nothing until somebody looks.
    fn go_on(&mut self, index: usize, days: i32, at: DateTime<Utc>) {
        let case = &mut self.cases[index];
        // The mail that moves the deal goes out in a moment: the visit it opens is the next one.
        let own_mail = self.plans[case.plan].pipeline.pipeline_type == PipelineType::RegisteredUsers;
        let moves_later = !own_mail && case.mails.last().is_some_and(|mail| self.mails[*mail].waits());
        let visit = case.deal.stage_visit + i32::from(moves_later);
        let wait = i64::from(days.max(1)) * 1_440;
        if case.future.journey > 0 || (own_mail && case.dice.percent(75)) {
            let delay = case.dice.minutes(wait / 2, wait * 3);
            self.remind(index, delay, at, Chore::Advance(visit));
        } else if case.dice.percent(70) {
            let delay = case.dice.minutes(wait, wait * 4);
            self.remind(index, delay, at, Chore::Lose(visit));
        }
    }

    /// A person moves a deal.
    fn step(
        &mut self,
        index: usize,
        to: domain::StageId,
        lost_reason: Option<LostReason>,
        by: UserId,
        at: DateTime<Utc>,
    ) {
        let plans = self.plans;
        let ladder = &plans[self.cases[index].plan].ladder;
        let Some(stage) = ladder.stage(to) else { return };
        let deal = &self.cases[index].deal;
        let follow_up = FollowUp::after_move(ladder, stage, deal.tier, at, self.zone(index));
        let status = status_after_move(stage.kind, deal.status);
        let shift =
            Shift { to, status, lost_reason, follow_up, actor: Actor::Person(by), reason: String::new() };
        self.shift(index, shift, at);
        self.withdraw_proposal(index);
    }

    fn complete(&mut self, index: usize, who: &Colleague, at: DateTime<Utc>) {
        let plan = &self.plans[self.cases[index].plan];
        let (won, kind) = (plan.ladder.won_stage().id, plan.pipeline.pipeline_type);
        let case = &mut self.cases[index];
        case.deal.value_cents = words::value_cents(kind, &mut case.dice);
        self.step(index, won, None, who.id, at);
        self.jot(index, who.id, "Has done it by themselves: seen on the website this morning.", at);
    }

    fn lose(&mut self, index: usize, who: &Colleague, at: DateTime<Utc>) {
        let lost = self.plans[self.cases[index].plan].ladder.lost_stage().id;
        let why = self.cases[index].dice.weighted(&[
            (30, LostReason::Budget),
            (25, LostReason::Timing),
            (20, LostReason::Competitor),
            (15, LostReason::NotInterested),
            (10, LostReason::Other),
        ]);
        self.step(index, lost, Some(why), who.id, at);
        self.jot(index, who.id, words::on_loss(why), at);
    }

    /// A deal has closed unanswered: who reads without answering gets another chance some weeks later.
    pub(super) fn consider_again(&mut self, index: usize, now: DateTime<Utc>) {
        let case = &mut self.cases[index];
        let reads = matches!(case.deal.tier, Tier::Warm | Tier::Lurker | Tier::Hot);
        if reads && case.deal.stage_visit < 7 && case.dice.percent(65) {
            let delay = case.dice.minutes(12_000, 26_000);
            self.remind(index, delay, now, Chore::StartAgain);
        }
    }

    fn start_again(&mut self, index: usize, who: &Colleague, at: DateTime<Utc>) {
        let contact = &self.contacts[self.cases[index].contact];
        if matches!(contact.status, ContactStatus::Unsubscribed | ContactStatus::NotInterested) {
            return;
        }
        let entry = self.plans[self.cases[index].plan].ladder.entry().id;
        let case = &mut self.cases[index];
        if case.dice.percent(22) {
            let later = i32::try_from(case.dice.between(1, 3)).unwrap_or(1);
            case.future.answer = Some((case.deal.mails_sent + later, Mood::Interested));
        }
        let body = case.dice.word(words::ON_NEW_START);
        self.step(index, entry, None, who.id, at);
        self.jot(index, who.id, body, at);
    }

    fn pause(&mut self, index: usize, who: &Colleague, at: DateTime<Utc>) {
        let deal = &self.cases[index].deal;
        let follow_up = FollowUp { at: None, reason: format!("Paused by {}.", who.name) };
        let shift = Shift {
            to: deal.stage_id,
            status: DealStatus::Paused,
            lost_reason: None,
            follow_up,
            actor: Actor::Person(who.id),
            reason: String::new(),
        };
        self.shift(index, shift, at);
        self.withdraw_proposal(index);
        let body = self.cases[index].dice.word(words::ON_PAUSE);
        self.jot(index, who.id, body, at);
    }

    fn jot(&mut self, index: usize, author: UserId, body: &str, at: DateTime<Utc>) {
        self.note(index, author, "note", body, None, at);
    }

    /// Gives somebody a task on the deal; most are done by the day they are due.
    fn assign(&mut self, index: usize, author: UserId, at: DateTime<Utc>) {
        let first =
            self.contacts[self.cases[index].contact].name.split(' ').next().unwrap_or_default().to_owned();
        let whom = if first.is_empty() { "them".to_owned() } else { first };
        let body = self.cases[index].dice.word(words::TASKS).replace("{whom}", &whom);
        let delay = self.cases[index].dice.minutes(1_000, 6_000);
        let due = self.in_office_hours(at + delay);
        self.note(index, author, "task", &body, Some(due), at);
    }

    fn note(
        &mut self,
        index: usize,
        author: UserId,
        kind: &'static str,
        body: &str,
        due_at: Option<DateTime<Utc>>,
        at: DateTime<Utc>,
    ) {
        let case = &mut self.cases[index];
        let done = case.dice.percent(85);
        let finished = due_at.map(|due| due - case.dice.minutes(10, 600)).map(|done| done.max(at));
        self.history.notes.push(Note {
            id: NoteId(case.dice.id(at)),
            brand_id: case.deal.brand_id,
            contact_id: case.deal.contact_id,
            deal_id: Some(case.deal.id),
            kind,
            body: body.to_owned(),
            due_at,
            done_at: finished.filter(|finished| done && *finished <= self.until),
            author_id: Some(author),
            created_at: at,
        });
    }
}
