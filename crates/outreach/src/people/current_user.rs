use std::sync::Arc;

use chrono_tz::Tz;
use database::clock::Clock;
use database::person::{Membership, Person};
use domain::calendar::words;
use domain::view::frame::{BrandEntry, DemoClock, FrameView, PipelineEntry};
use domain::{BrandId, Role, UserId};

/// The signed-in person of a request.
#[derive(Debug, Clone)]
pub struct CurrentUser(Arc<Person>, Waiting);

/// Mails that wait for this person in the inbox, when it was asked for.
type Waiting = Option<i64>;

impl CurrentUser {
    pub fn new(person: Person) -> Self {
        Self(Arc::new(person), None)
    }

    /// The same, knowing how many mails wait in the inbox: the frame of a page shows it.
    #[must_use]
    pub fn with_waiting(self, mails: i64) -> Self {
        Self(self.0, Some(mails))
    }

    pub fn id(&self) -> UserId {
        self.0.id
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    pub fn email(&self) -> &str {
        &self.0.email
    }

    pub fn memberships(&self) -> &[Membership] {
        &self.0.brands
    }

    /// The zone this person reads times in.
    pub fn zone(&self) -> Tz {
        self.0.time_zone.parse().unwrap_or(Tz::Australia__Sydney)
    }

    /// The brands a filter (`all`, empty, or a slug) stands for; `None` when none of them is theirs.
    pub fn brands(&self, filter: &str) -> Option<Vec<BrandId>> {
        let chosen: Vec<BrandId> = self
            .0
            .brands
            .iter()
            .filter(|brand| filter.is_empty() || filter == "all" || brand.slug == filter)
            .map(|brand| brand.id)
            .collect();
        (!chosen.is_empty()).then_some(chosen)
    }

    /// Every brand of theirs.
    pub fn all_brands(&self) -> Vec<BrandId> {
        self.0.brands.iter().map(|brand| brand.id).collect()
    }

    /// Their role in a brand; `None` outside their brands.
    pub fn role_in(&self, brand: BrandId) -> Option<Role> {
        self.0.brands.iter().find(|membership| membership.id == brand).map(|membership| membership.role)
    }

    /// What the frame around each page shows.
    pub fn frame(&self, clock: &Clock) -> FrameView {
        FrameView {
            person: self.0.name.clone(),
            email: self.0.email.clone(),
            brands: self.0.brands.iter().map(brand_entry).collect(),
            demo_clock: self.demo_clock(clock),
            inbox: self.1,
        }
    }

    /// The demo's time in this person's zone; `None` outside the demo.
    pub fn demo_clock(&self, clock: &Clock) -> Option<DemoClock> {
        clock.is_demo().then(|| {
            let now = clock.now();
            let local = now.with_timezone(&self.zone());
            DemoClock {
                instant: now.to_rfc3339(),
                label: local.format("%a %-d %b, %H:%M").to_string(),
                short: local.format("%a %H:%M").to_string(),
                full: words::full(now, self.zone()),
            }
        })
    }
}

fn brand_entry(membership: &Membership) -> BrandEntry {
    BrandEntry {
        id: membership.id,
        slug: membership.slug.clone(),
        name: membership.name.clone(),
        role: membership.role,
        pipelines: membership
            .pipelines
            .iter()
            .map(|entry| PipelineEntry { id: entry.id, key: entry.key.clone(), name: entry.name.clone() })
            .collect(),
    }
}
