//! When a mail may go: caps per hour and day, warm-up, and human-looking distances.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::warm_up::WarmUp;
use crate::closed_set;

closed_set! {
    /// What keeps a mail waiting.
    pub enum SlotReason {
        OfficeHours = "office_hours", "outside office hours";
        ContactGap = "contact_gap", "too soon after the last mail to this contact";
        DomainSpacing = "domain_spacing", "keeping a distance between mails to one company";
        BrandSpacing = "brand_spacing", "keeping a distance between mails";
        HourCap = "hour_cap", "this hour's cap is reached";
        DayCap = "day_cap", "this day's cap is reached";
        WarmUp = "warm_up", "the warm-up plan's cap for the day is reached";
    }
}

/// When a mail may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    Now,
    /// Not before this moment (UTC). Keep it: a slot counts against the caps as soon as it is given.
    At(DateTime<Utc>, SlotReason),
}

/// A brand's limits. A cap of zero counts as one: switching a pipeline off is how to stop it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// Mails in any 60 minutes.
    pub per_hour: u32,
    /// Mails in a local day, once warm.
    pub per_day: u32,
    /// Distance between two mails of the brand, seconds; the seed picks a value in this range.
    pub spacing_seconds: (u32, u32),
    /// Distance between two mails to one recipient domain, seconds.
    pub domain_spacing_seconds: u32,
    /// Distance between two mails to one contact, hours.
    pub contact_gap_hours: u32,
    /// `None` once the brand's sending domain is known to receivers.
    pub warm_up: Option<WarmUp>,
}

impl Default for Caps {
    /// Modest enough for a mailbox on a shared sending host. The contact gap is a little under a day, so that a wait
    /// of one day never misses its hour.
    fn default() -> Self {
        Self {
            per_hour: 40,
            per_day: 250,
            spacing_seconds: (40, 80),
            domain_spacing_seconds: 600,
            contact_gap_hours: 20,
            warm_up: None,
        }
    }
}

/// What has been sent and promised. Times are UTC, in any order, and include mails that may have reached and kept slots.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Mails of the brand from the start of today's local day or an hour ago, whichever is earlier.
    pub brand: Vec<DateTime<Utc>>,
    /// Those to the recipient's domain. Leave empty for public providers (gmail.com …): they are many companies.
    pub domain: Vec<DateTime<Utc>>,
    /// Newest mail or slot of the brand for this contact, whichever the deal.
    pub contact: Option<DateTime<Utc>>,
    /// Local days before today on which the brand has sent.
    pub sending_days: u32,
}

/// The earliest slot at or after `now`.
///
/// `day_start` is the start of today's day in the brand's zone; `open` gives the first moment of office hours at or
/// after another one (`calendar::next_open`); `seed` varies the distance between mails.
pub fn choose(
    caps: &Caps,
    load: &Load,
    now: DateTime<Utc>,
    day_start: DateTime<Utc>,
    seed: u64,
    open: impl Fn(DateTime<Utc>) -> DateTime<Utc>,
) -> Slot {
    let plan = Plan::new(caps, load, day_start, seed);
    let mut at = now;
    let mut longest: Option<(TimeDelta, SlotReason)> = None;
    // Each obstacle moves the slot past a mail, an hour or a day, so the number of turns is bounded by what is booked.
    for _ in 0..(4 * load.brand.len() + load.domain.len() + 1_000) {
        let opening = open(at);
        if opening > at {
            at = opening;
            continue;
        }
        let Some((later, reason)) = plan.obstacle(at) else {
            break;
        };
        if longest.is_none_or(|(delay, _)| later - at > delay) {
            longest = Some((later - at, reason));
        }
        at = later;
    }
    if at == now {
        return Slot::Now;
    }
    Slot::At(at, longest.map_or(SlotReason::OfficeHours, |(_, reason)| reason))
}

struct Plan<'a> {
    caps: &'a Caps,
    load: &'a Load,
    brand: Vec<DateTime<Utc>>,
    domain: Vec<DateTime<Utc>>,
    day_start: DateTime<Utc>,
    spacing: TimeDelta,
}

const DAY: TimeDelta = TimeDelta::days(1);
const HOUR: TimeDelta = TimeDelta::hours(1);

impl<'a> Plan<'a> {
    fn new(caps: &'a Caps, load: &'a Load, day_start: DateTime<Utc>, seed: u64) -> Self {
        let sorted = |times: &[DateTime<Utc>]| {
            let mut times = times.to_vec();
            times.sort_unstable();
            times
        };
        let (low, high) = caps.spacing_seconds;
        let width = u64::from(high.saturating_sub(low)) + 1;
        let spacing = TimeDelta::seconds(i64::from(low) + i64::try_from(mix(seed) % width).unwrap_or(0));
        Self {
            caps,
            load,
            brand: sorted(&load.brand),
            domain: sorted(&load.domain),
            day_start,
            spacing,
        }
    }

    /// The first thing in the way at this moment, and when it is out of the way: always later than `at`.
    fn obstacle(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, SlotReason)> {
        let gap = TimeDelta::hours(i64::from(self.caps.contact_gap_hours));
        let contact = self.load.contact.map(|last| last + gap).filter(|free| *free > at);
        let domain_gap = TimeDelta::seconds(i64::from(self.caps.domain_spacing_seconds));
        contact
            .map(|free| (free, SlotReason::ContactGap))
            .or_else(|| self.day_full(at))
            .or_else(|| self.hour_full(at).map(|free| (free, SlotReason::HourCap)))
            .or_else(|| too_near(&self.domain, at, domain_gap).map(|free| (free, SlotReason::DomainSpacing)))
            .or_else(|| too_near(&self.brand, at, self.spacing).map(|free| (free, SlotReason::BrandSpacing)))
    }

    fn day_full(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, SlotReason)> {
        let day = self.day_of(at);
        let booked = self
            .brand
            .iter()
            .filter(|time| self.day_of(**time) == day)
            .count();
        let per_day = self.caps.per_day.max(1);
        let warm = self
            .caps
            .warm_up
            .as_ref()
            .map(|plan| plan.cap_on(self.sending_days_before(day)));
        let (cap, reason) = match warm {
            Some(cap) if cap < per_day => (cap.max(1), SlotReason::WarmUp),
            Some(_) | None => (per_day, SlotReason::DayCap),
        };
        let days = i32::try_from(day + 1).unwrap_or(i32::MAX);
        (booked >= cap as usize).then(|| (self.day_start + DAY * days, reason))
    }

    fn day_of(&self, at: DateTime<Utc>) -> i64 {
        (at - self.day_start).num_seconds().div_euclid(DAY.num_seconds())
    }

    fn sending_days_before(&self, day: i64) -> u32 {
        let mut days: Vec<i64> = self
            .brand
            .iter()
            .map(|time| self.day_of(*time))
            .filter(|d| (0..day).contains(d))
            .collect();
        days.dedup();
        self.load
            .sending_days
            .saturating_add(u32::try_from(days.len()).unwrap_or(u32::MAX))
    }

    /// When no 60 minutes around the moment would hold more than the cap.
    fn hour_full(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let cap = self.caps.per_hour.max(1) as usize;
        let place = self.brand.partition_point(|time| *time <= at);
        // A window is full when `cap` booked mails and this one lie within an hour.
        (place.saturating_sub(cap)..=place).rev().find_map(|first| {
            let window = self.brand.get(first..first + cap)?;
            let (start, end) = (window[0].min(at), window[cap - 1].max(at));
            (end - start < HOUR).then(|| {
                if window[0] <= at {
                    window[0] + HOUR
                } else {
                    window[0]
                }
            })
        })
    }
}

/// When the moment keeps its distance from the booked time it is too near to.
fn too_near(booked: &[DateTime<Utc>], at: DateTime<Utc>, distance: TimeDelta) -> Option<DateTime<Utc>> {
    let near = booked.partition_point(|time| *time + distance <= at);
    booked
        .get(near)
        .filter(|time| **time - at < distance && distance > TimeDelta::zero())
        .map(|time| *time + distance)
}

/// SplitMix64: neighbouring seeds give unrelated values.
const fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
