//! A brand's last ninety days, lived through event by event with the rules of the product: the autopilot decides as it
//! would, contacts read and write, colleagues answer. Nothing here touches a database or a clock.

mod arrivals;
mod autopilot;
mod colleagues;
mod inbox;
mod post;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use database::brand::Brand;
use database::contact::Contact;
use database::deal::Actor;
use database::demo::StageEvent;
use domain::engagement::{EngagementCounts, MailActivity, TierAssessment, tier_of};
use domain::pipeline::{DealStatus, FollowUp, LostReason};
use domain::{DealId, StageId};

use self::colleagues::Chore;
use super::case::{Case, Mail};
use super::dice::Dice;
use super::habits::Hit;
use super::history::History;
use super::letters::Mood;
use super::team::Team;
use crate::autopilot::{Plan, Summary};
use crate::office::Office;
use crate::{Environment, schedule};

pub(super) use self::arrivals::Arrival;

/// What happens next, by index of the case or mail.
enum Happening {
    Arrival(Box<Arrival>),
    /// The autopilot's hour.
    Turn,
    /// A mail is handed over.
    Handover(usize),
    Hit(usize, Hit),
    Letter(usize, Mood),
    OptOut(usize),
    Chore(usize, Chore),
}

/// One brand's life.
pub(super) struct Life<'a> {
    environment: &'a Environment,
    brand: &'a Brand,
    plans: &'a [Plan],
    team: &'a Team,
    until: DateTime<Utc>,
    agenda: BTreeMap<(DateTime<Utc>, u64), Happening>,
    entered: u64,
    pub contacts: Vec<Contact>,
    pub cases: Vec<Case>,
    pub mails: Vec<Mail>,
    pub history: History,
    /// How many mails so far were left to a person to read.
    flagged: u32,
    /// Moves that a mail made: index of the stage event and of the mail.
    pub announced: Vec<(usize, usize)>,
    /// What each of the autopilot's hours came to.
    pub turns: Vec<(DateTime<Utc>, Summary)>,
    /// A mail of unclear fate is there already.
    was_cut_short: bool,
    dice: Dice,
}

/// Where a deal goes.
struct Shift {
    to: StageId,
    status: DealStatus,
    lost_reason: Option<LostReason>,
    follow_up: FollowUp,
    actor: Actor,
    reason: String,
}

impl<'a> Life<'a> {
    pub fn new(
        environment: &'a Environment,
        brand: &'a Brand,
        plans: &'a [Plan],
        team: &'a Team,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        dice: Dice,
    ) -> Self {
        let mut life = Self {
            environment,
            brand,
            plans,
            team,
            until,
            agenda: BTreeMap::new(),
            entered: 0,
            contacts: Vec::new(),
            cases: Vec::new(),
            mails: Vec::new(),
            history: History::default(),
            flagged: 0,
            announced: Vec::new(),
            turns: Vec::new(),
            was_cut_short: false,
            dice,
        };
        for turn in schedule::occurrences_between(from, until) {
            if turn.job == crate::autopilot::JOB {
                life.plan(turn.at, Happening::Turn);
            }
        }
        life
    }

    /// Enters somebody who is going to arrive.
    pub fn expect(&mut self, arrival: Arrival) {
        self.plan(arrival.origin.at, Happening::Arrival(Box::new(arrival)));
    }

    /// Lives on until the present.
    pub fn run(&mut self) {
        while let Some(((at, _), happening)) = self.agenda.pop_first() {
            match happening {
                Happening::Arrival(arrival) => self.arrive(*arrival, at),
                Happening::Turn => self.turn(at),
                Happening::Handover(mail) => self.hand_over(mail, at),
                Happening::Hit(mail, hit) => self.hit(mail, hit),
                Happening::Letter(mail, mood) => self.letter(mail, mood, at),
                Happening::OptOut(mail) => self.opt_out(mail, at),
                Happening::Chore(case, chore) => self.chore(case, &chore, at),
            }
        }
        self.settle_accounts();
    }

    /// What lies in the future hasn't happened.
    fn plan(&mut self, at: DateTime<Utc>, happening: Happening) {
        if at <= self.until {
            self.entered += 1;
            self.agenda.insert((at, self.entered), happening);
        }
    }

    fn office(&self, case: usize) -> Office {
        Office::of_contact(self.brand, &self.contacts[self.cases[case].contact])
    }

    fn zone(&self, case: usize) -> Tz {
        self.office(case).zone
    }

    fn assess(&self, case: usize, now: DateTime<Utc>) -> (EngagementCounts, TierAssessment) {
        let mails = self.cases[case].mails.iter();
        let counted: Vec<MailActivity> =
            mails.filter_map(|mail| self.mails[*mail].counted().cloned()).collect();
        let counts = EngagementCounts::from_mails(&counted, now);
        let assessment = tier_of(&counts, now);
        (counts, assessment)
    }

    /// Moves a deal, as `database::deal::record_move` does.
    fn shift(&mut self, index: usize, shift: Shift, at: DateTime<Utc>) {
        let case = &mut self.cases[index];
        let deal = &mut case.deal;
        self.history.stage_events.push(StageEvent {
            id: case.dice.id(at),
            brand_id: deal.brand_id,
            deal_id: deal.id,
            from_stage_id: Some(deal.stage_id),
            to_stage_id: shift.to,
            from_status: Some(deal.status),
            to_status: shift.status,
            actor: shift.actor.as_str(),
            user_id: shift.actor.user(),
            reason: shift.reason,
            at,
        });
        if deal.stage_id != shift.to {
            deal.stage_visit += 1;
            deal.template_variant = None;
            deal.stage_entered_at = at;
        }
        deal.stage_id = shift.to;
        deal.status = shift.status;
        deal.lost_reason = shift.lost_reason;
        deal.next_action_at = shift.follow_up.at;
        deal.next_reason = shift.follow_up.reason;
        deal.blocked_reason = None;
        deal.updated_at = at;
        case.kept_slot = None;
    }

    /// Ends a deal as lost.
    fn close(&mut self, index: usize, why: LostReason, actor: Actor, reason: String, at: DateTime<Utc>) {
        let to = self.plans[self.cases[index].plan].ladder.lost_stage().id;
        let follow_up = FollowUp { at: None, reason: String::new() };
        let shift = Shift { to, status: DealStatus::Lost, lost_reason: Some(why), follow_up, actor, reason };
        self.shift(index, shift, at);
        self.withdraw_proposal(index);
        if why == LostReason::NoResponse {
            self.consider_again(index, at);
        }
    }

    /// Tiers as they are now.
    fn settle_accounts(&mut self) {
        for index in 0..self.cases.len() {
            let (_, assessment) = self.assess(index, self.until);
            let deal = &mut self.cases[index].deal;
            deal.tier = assessment.tier;
            deal.tier_unverified = assessment.unverified;
        }
    }

    /// Deals whose next look is a kept slot.
    pub fn kept_slots(&self) -> Vec<DealId> {
        let kept = |case: &&Case| {
            case.deal.status == DealStatus::Active
                && case.kept_slot.is_some()
                && case.kept_slot == case.deal.next_action_at
        };
        self.cases.iter().filter(kept).map(|case| case.deal.id).collect()
    }
}
