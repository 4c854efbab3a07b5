//! Who arrives when, and in which pipeline.

use chrono::{DateTime, TimeDelta, Utc};
use database::brand::Brand;
use domain::contact::ConsentBasis;
use domain::pipeline::PipelineType;

use super::dice::Dice;
use super::leads::{Lead, Leads, Origin};
use super::life::{Arrival, Life};
use super::names::Trade;
use super::team::Team;
use super::words;
use crate::autopilot::Plan;
use crate::office::Office;

/// How far back the history goes.
pub(super) const DAYS: i64 = 90;
/// Files are imported every so many days.
const BATCH_DAYS: i64 = 21;

/// One pipeline's part of the demo.
struct Part {
    brand: &'static str,
    pipeline: &'static str,
    trade: Trade,
    deals: usize,
    /// How many in a hundred are interested.
    eager: usize,
    /// Most of the leads come in files.
    imported: bool,
}

const fn part(
    brand: &'static str,
    pipeline: &'static str,
    trade: Trade,
    deals: usize,
    eager: usize,
    imported: bool,
) -> Part {
    Part { brand, pipeline, trade, deals, eager, imported }
}

const PARTS: &[Part] = &[
    part("codeteki", "sales", Trade::Prospect, 112, 18, true),
    part("codeteki", "backlink", Trade::Website, 46, 13, true),
    part("codeteki", "partnership", Trade::Partner, 36, 18, false),
    part("desifirms", "realestate", Trade::RealEstate, 106, 15, true),
    part("desifirms", "business", Trade::Community, 116, 16, true),
    part("desifirms", "events", Trade::Events, 44, 16, true),
    part("desifirms", "classifieds", Trade::Classifieds, 36, 14, false),
    part("desifirms", "backlink", Trade::Website, 16, 14, false),
    part("desifirms", "registered_business", Trade::Community, 16, 12, false),
    part("desifirms", "registered_realestate", Trade::RealEstate, 12, 12, false),
    part("desifirms", "registered_events", Trade::Events, 10, 12, false),
    part("desifirms", "agents", Trade::RealEstate, 22, 0, false),
];

/// Contacts of each brand that nobody has made a deal of yet.
const WITHOUT_DEAL: usize = 14;

/// Leads that both brands know, each on its own.
const SHARED: usize = 12;

/// Everybody who appears.
pub(super) struct Cast {
    leads: Leads,
    shared: Vec<Lead>,
}

impl Cast {
    pub fn new(dice: &mut Dice) -> Self {
        let mut leads = Leads::new();
        let shared = (0..SHARED).map(|_| leads.make(dice, Trade::Community)).collect();
        Self { leads, shared }
    }

    /// Has everybody of a brand arrive in their time.
    pub fn enter(
        &mut self,
        life: &mut Life<'_>,
        brand: &Brand,
        plans: &[Plan],
        team: &Team,
        now: DateTime<Utc>,
        dice: &mut Dice,
    ) {
        let calendar = Calendar { now, office: Office::of(brand) };
        let mut again: Vec<Arrival> = Vec::new();
        for part in PARTS.iter().filter(|part| part.brand == brand.slug) {
            let Some(plan) = plans.iter().position(|plan| plan.pipeline.key == part.pipeline) else {
                continue;
            };
            for number in 0..part.deals {
                let lead = match (part.pipeline, number) {
                    // The two brands share some leads and know nothing of it.
                    ("sales" | "business", 0..SHARED) => self.shared[number].clone(),
                    _ => self.leads.make(dice, part.trade),
                };
                let arrival = arrival(part, lead, (plan, &plans[plan]), team, &calendar, dice);
                if number % 12 == 4 {
                    again.push(arrival.clone());
                }
                life.expect(arrival);
            }
        }
        second_deals(life, plans, &again, &calendar, dice);
        for _ in 0..WITHOUT_DEAL {
            let trade = if brand.slug == "codeteki" { Trade::Prospect } else { Trade::Community };
            let lead = self.leads.make(dice, trade);
            let origin = Origin {
                source: "Business directory".to_owned(),
                consent: dice.percent(70).then_some(ConsentBasis::Published),
                evidence: String::new(),
                at: calendar.any(dice),
            };
            let origin = Origin { evidence: evidence(origin.consent, &lead, origin.at), ..origin };
            life.expect(Arrival {
                lead,
                origin,
                plan: None,
                eager: 0,
                value_cents: None,
                owner: None,
                imported: false,
                author: Some(team.colleague(&brand.slug, dice).id),
            });
        }
    }
}

/// Where those go on who are already in another pipeline: agents register, restaurants host events and post ads.
const SECOND: &[(&str, &str)] = &[
    ("realestate", "agents"),
    ("business", "events"),
    ("events", "classifieds"),
    ("classifieds", "business"),
    ("sales", "partnership"),
    ("partnership", "sales"),
];

/// A few get another deal in another pipeline some weeks later.
fn second_deals(
    life: &mut Life<'_>,
    plans: &[Plan],
    known: &[Arrival],
    calendar: &Calendar,
    dice: &mut Dice,
) {
    for first in known {
        let from = first.plan.map_or("", |plan| plans[plan].pipeline.key.as_str());
        let to = SECOND.iter().find(|(key, _)| *key == from).map(|(_, to)| *to);
        let Some(plan) = plans.iter().position(|plan| Some(plan.pipeline.key.as_str()) == to) else {
            continue;
        };
        let registered = plans[plan].pipeline.pipeline_type == PipelineType::RegisteredUsers;
        let at = calendar.opening(first.origin.at + dice.minutes(20_000, 50_000), dice);
        life.expect(Arrival {
            origin: Origin { at, ..first.origin.clone() },
            plan: Some(plan),
            eager: if registered { 0 } else { first.eager },
            value_cents: None,
            imported: false,
            author: first.author.filter(|_| !registered),
            ..first.clone()
        });
    }
}

fn arrival(
    part: &Part,
    lead: Lead,
    (index, plan): (usize, &Plan),
    team: &Team,
    calendar: &Calendar,
    dice: &mut Dice,
) -> Arrival {
    let colleague = team.colleague(part.brand, dice).id;
    let kind = plan.pipeline.pipeline_type;
    let registered = kind == PipelineType::RegisteredUsers;
    let imported = part.imported && dice.percent(70);
    let at = if imported { calendar.batch(part, dice) } else { calendar.any(dice) };
    let (source, consent) = if registered {
        ("Registered on desifirms.com.au", Some(ConsentBasis::Relationship))
    } else if imported {
        ("CSV import", (!dice.percent(4)).then_some(ConsentBasis::Published))
    } else {
        dice.weighted(&[
            (30, ("Website form", Some(ConsentBasis::Express))),
            (25, ("Business directory", Some(ConsentBasis::Published))),
            (20, ("Community fair", Some(ConsentBasis::Express))),
            (20, ("Referral", Some(ConsentBasis::Relationship))),
            (3, ("Business card", None)),
        ])
    };
    let priced = kind == PipelineType::Sales && dice.percent(70);
    let owned = matches!(kind, PipelineType::Sales | PipelineType::Partnership) && dice.percent(80);
    Arrival {
        origin: Origin { source: source.to_owned(), consent, evidence: evidence(consent, &lead, at), at },
        lead,
        plan: Some(index),
        eager: part.eager,
        value_cents: if priced { words::value_cents(kind, dice) } else { None },
        owner: owned.then_some(colleague),
        imported,
        author: (!registered).then_some(colleague),
    }
}

fn evidence(consent: Option<ConsentBasis>, lead: &Lead, at: DateTime<Utc>) -> String {
    let date = at.format("%-d %B %Y");
    match consent {
        None => String::new(),
        Some(ConsentBasis::Published) => format!("{}/contact", lead.website),
        Some(ConsentBasis::Express) => format!("Asked to hear from us on {date}"),
        Some(ConsentBasis::Relationship) => format!("Registered or introduced on {date}"),
    }
}

/// When people arrive.
struct Calendar {
    now: DateTime<Utc>,
    office: Office,
}

impl Calendar {
    /// More of it earlier, so that most ladders have been climbed.
    fn any(&self, dice: &mut Dice) -> DateTime<Utc> {
        let (most, least) = dice.weighted(&[(64, (DAYS - 2, 44)), (24, (44, 7)), (12, (7, 0))]);
        let before = dice.minutes(least * 1_440 + 60, most * 1_440);
        self.opening(self.now - before, dice)
    }

    /// The moment itself in office hours, else somewhere in the next opening; never in the future.
    fn opening(&self, at: DateTime<Utc>, dice: &mut Dice) -> DateTime<Utc> {
        let open = self.office.next_open(at);
        let at = if open == at { at } else { open + dice.minutes(5, 300) };
        if at < self.now { at } else { self.now - dice.minutes(200, 6_000) }
    }

    /// The moment a file of this pipeline was imported; its rows follow each other.
    fn batch(&self, part: &Part, dice: &mut Dice) -> DateTime<Utc> {
        let number = dice.weighted(&[(40, 4), (34, 3), (20, 2), (6, 1)]);
        let shift = i64::try_from(part.deals % 5).unwrap_or(0);
        let day = self.now - TimeDelta::days((number * BATCH_DAYS - 1 - shift).min(DAYS - 1));
        let opening = self.office.next_open(self.office.day_start(day));
        let minute = i64::try_from(part.deals * 7 % 200).unwrap_or(0);
        (opening + TimeDelta::minutes(40 + minute)).min(self.now - TimeDelta::hours(30))
    }
}
