use chrono::{DateTime, NaiveDate, Utc};
use database::deal::{Actor, Deal};
use database::demo::{Consent, StageEvent};
use domain::engagement::Tier;
use domain::pipeline::{DealStatus, FollowUp};
use domain::{ContactId, DealId, UserId};

use super::super::case::{Case, Future};
use super::super::habits::Habit;
use super::super::leads::{Lead, Origin};
use super::Life;

/// Somebody becomes a contact, or a known contact gets another deal.
#[derive(Debug, Clone)]
pub(in crate::demo) struct Arrival {
    pub lead: Lead,
    pub origin: Origin,
    /// Index of the pipeline's plan; `None`: only a contact.
    pub plan: Option<usize>,
    /// How many in a hundred are interested.
    pub eager: usize,
    pub value_cents: Option<i64>,
    pub owner: Option<UserId>,
    pub imported: bool,
    pub author: Option<UserId>,
}

/// As an import writes it.
const FIRST_STEP: &str = "Imported: the first step is due in office hours.";

impl Life<'_> {
    pub(super) fn arrive(&mut self, arrival: Arrival, at: DateTime<Utc>) {
        let contact = match self.contacts.iter().position(|contact| contact.email == arrival.lead.email) {
            Some(known) => known,
            None => self.meet(&arrival, at),
        };
        if let Some(plan) = arrival.plan {
            self.open_deal(&arrival, contact, plan, at);
        }
    }

    fn meet(&mut self, arrival: &Arrival, at: DateTime<Utc>) -> usize {
        let id = ContactId(self.dice.id(at));
        let contact = arrival.lead.contact(id, self.brand.id, &arrival.origin, &mut self.dice);
        if let Some(basis) = contact.consent_basis {
            self.history.consents.push(Consent {
                id: self.dice.id(at),
                brand_id: self.brand.id,
                contact_id: id,
                basis,
                evidence: contact.consent_evidence.clone(),
                captured_by: arrival.author,
                captured_at: at,
            });
        }
        self.contacts.push(contact);
        self.contacts.len() - 1
    }

    fn open_deal(&mut self, arrival: &Arrival, contact: usize, plan: usize, at: DateTime<Utc>) {
        let ladder = &self.plans[plan].ladder;
        let entry = ladder.entry();
        let mut dice = self.dice.split();
        let office = crate::office::Office::of_contact(self.brand, &self.contacts[contact]);
        let first = FollowUp::after_move(ladder, entry, Tier::New, at, office.zone);
        let next_reason = if arrival.imported { FIRST_STEP.to_owned() } else { first.reason };
        let deal = Deal {
            id: DealId(dice.id(at)),
            brand_id: self.brand.id,
            contact_id: self.contacts[contact].id,
            pipeline_id: self.plans[plan].pipeline.id,
            stage_id: entry.id,
            stage_visit: 1,
            stage_entered_at: at,
            status: DealStatus::Active,
            lost_reason: None,
            value_cents: arrival.value_cents,
            currency: "AUD".to_owned(),
            expected_close_on: None::<NaiveDate>,
            owner_id: arrival.owner,
            next_action_at: first.at.map(|at| office.next_open(at)),
            next_reason,
            blocked_reason: None,
            tier: Tier::New,
            tier_unverified: false,
            mails_sent: 0,
            last_mailed_at: None,
            template_variant: None,
            created_at: at,
            updated_at: at,
        };
        let actor = match (arrival.imported, arrival.author) {
            (false, Some(user)) => Actor::Person(user),
            (true, _) | (false, None) => Actor::Import,
        };
        self.history.stage_events.push(StageEvent {
            id: dice.id(at),
            brand_id: self.brand.id,
            deal_id: deal.id,
            from_stage_id: None,
            to_stage_id: deal.stage_id,
            from_status: None,
            to_status: DealStatus::Active,
            actor: actor.as_str(),
            user_id: arrival.author,
            reason: String::new(),
            at,
        });
        let future = Future::any(arrival.eager, &mut dice);
        let habit = Habit::any(&mut dice);
        let reads = future.answer.is_some_and(|(_, mood)| mood.is_personal());
        self.cases.push(Case {
            deal,
            contact,
            plan,
            habit: if reads { habit.reading() } else { habit },
            future,
            kept_slot: None,
            mails: Vec::new(),
            proposal: None,
            dice,
        });
        self.volunteer(self.cases.len() - 1, at);
    }
}
