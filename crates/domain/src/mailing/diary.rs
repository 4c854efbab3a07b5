use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};

use super::pacing::{Caps, Slot, SlotReason, Wish};

const DAY: TimeDelta = TimeDelta::days(1);
const HOUR: TimeDelta = TimeDelta::hours(1);

/// What one brand has sent and promised, for finding slots for many mails in turn.
///
/// Times are UTC and include mails that may have reached and kept slots. Finding a slot costs about the same however
/// full the diary is: nothing is ever taken out, so the search goes on where the last one found a place.
#[derive(Debug, Clone)]
pub struct Diary {
    caps: Caps,
    day_start: DateTime<Utc>,
    sending_days: u32,
    brand: Vec<DateTime<Utc>>,
    per_day: BTreeMap<i64, usize>,
    companies: HashMap<String, Vec<DateTime<Utc>>>,
    /// For each calendar: the distance asked for last, and a moment before which there is no place.
    full_until: HashMap<u64, (DateTime<Utc>, DateTime<Utc>)>,
}

impl Diary {
    /// An empty diary. `day_start` is the start of today's day in the brand's zone (UTC); `sending_days` counts the
    /// local days before today on which the brand has sent.
    pub fn new(caps: Caps, day_start: DateTime<Utc>, sending_days: u32) -> Self {
        Self {
            caps,
            day_start,
            sending_days,
            brand: Vec::new(),
            per_day: BTreeMap::new(),
            companies: HashMap::new(),
            full_until: HashMap::new(),
        }
    }

    /// Enters a mail or a slot; `company` as in [`Wish`].
    pub fn book(&mut self, at: DateTime<Utc>, company: Option<&str>) {
        insert_sorted(&mut self.brand, at);
        *self.per_day.entry(self.day_of(at)).or_default() += 1;
        if let Some(company) = company {
            self.book_domain(at, company);
        }
    }

    pub(super) fn book_domain(&mut self, at: DateTime<Utc>, company: &str) {
        match self.companies.get_mut(company) {
            Some(times) => insert_sorted(times, at),
            None => {
                self.companies.insert(company.to_owned(), vec![at]);
            }
        }
    }

    /// The earliest slot. `open` gives the first moment of office hours at or after another one. Book it to keep it.
    pub fn slot(&mut self, wish: &Wish<'_>, open: impl Fn(DateTime<Utc>) -> DateTime<Utc>) -> Slot {
        let plan = Plan { diary: self, wish, spacing: self.spacing(wish.seed) };
        let mut at = plan.start();
        let (mut longest, mut own): (Option<(TimeDelta, SlotReason)>, bool) = (None, true);
        if at > wish.not_before {
            longest = plan.obstacle(wish.not_before).map(|(_, reason)| (TimeDelta::zero(), reason));
        }
        // Each obstacle moves the slot past a mail, an hour or a day, so the number of turns is bounded by what is booked.
        for _ in 0..(4 * self.brand.len() + 10_000) {
            let opening = open(at);
            if opening > at {
                at = opening;
                continue;
            }
            let Some((later, reason)) = plan.obstacle(at) else {
                break;
            };
            own &= !matches!(reason, SlotReason::ContactGap | SlotReason::DomainSpacing);
            if longest.is_none_or(|(delay, _)| later - at > delay) {
                longest = Some((later - at, reason));
            }
            at = later;
        }
        if own {
            self.full_until.insert(wish.calendar, (wish.not_before, at));
        }
        if at == wish.not_before {
            return Slot::Now;
        }
        Slot::At(at, longest.map_or(SlotReason::OfficeHours, |(_, reason)| reason))
    }

    /// Whether the hour's or the day's cap leaves no room at this moment, and when it does again.
    pub fn full_at(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, SlotReason)> {
        self.day_full(at).or_else(|| self.hour_full(at).map(|free| (free, SlotReason::HourCap)))
    }

    fn spacing(&self, seed: u64) -> TimeDelta {
        let (low, high) = self.caps.spacing_seconds;
        let width = u64::from(high.saturating_sub(low)) + 1;
        TimeDelta::seconds(i64::from(low) + i64::try_from(mix(seed) % width).unwrap_or(0))
    }

    fn day_full(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, SlotReason)> {
        let day = self.day_of(at);
        let booked = self.per_day.get(&day).copied().unwrap_or(0);
        let per_day = self.caps.per_day.max(1);
        let warm = self.caps.warm_up.as_ref().map(|plan| plan.cap_on(self.sending_days_before(day)));
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
        let days = self.per_day.range(0..day.max(0)).count();
        self.sending_days.saturating_add(u32::try_from(days).unwrap_or(u32::MAX))
    }

    /// When no 60 minutes around the moment would hold more than the cap.
    fn hour_full(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let cap = self.caps.per_hour.max(1) as usize;
        let place = self.brand.partition_point(|time| *time <= at);
        // A window is full when `cap` booked mails and this one lie within an hour.
        (place.saturating_sub(cap)..=place).rev().find_map(|first| {
            let window = self.brand.get(first..first + cap)?;
            let (start, end) = (window[0].min(at), window[cap - 1].max(at));
            (end - start < HOUR).then(|| if window[0] <= at { window[0] + HOUR } else { window[0] })
        })
    }
}

struct Plan<'a> {
    diary: &'a Diary,
    wish: &'a Wish<'a>,
    spacing: TimeDelta,
}

impl Plan<'_> {
    /// Where to begin: an earlier search for the same hours has found everything before its place taken.
    fn start(&self) -> DateTime<Utc> {
        match self.diary.full_until.get(&self.wish.calendar) {
            Some((since, until)) if *since <= self.wish.not_before => self.wish.not_before.max(*until),
            Some(_) | None => self.wish.not_before,
        }
    }

    /// The first thing in the way at this moment, and when it is out of the way: always later than `at`.
    fn obstacle(&self, at: DateTime<Utc>) -> Option<(DateTime<Utc>, SlotReason)> {
        let caps = &self.diary.caps;
        let gap = TimeDelta::hours(i64::from(caps.contact_gap_hours));
        let contact = self.wish.contact.map(|last| last + gap).filter(|free| *free > at);
        let company = self.wish.company.and_then(|company| self.diary.companies.get(company));
        let distance = TimeDelta::seconds(i64::from(caps.domain_spacing_seconds));
        contact
            .map(|free| (free, SlotReason::ContactGap))
            .or_else(|| self.diary.full_at(at))
            .or_else(|| too_near(company?, at, distance).map(|free| (free, SlotReason::DomainSpacing)))
            .or_else(|| {
                too_near(&self.diary.brand, at, self.spacing).map(|free| (free, SlotReason::BrandSpacing))
            })
    }
}

fn insert_sorted(times: &mut Vec<DateTime<Utc>>, at: DateTime<Utc>) {
    let place = times.partition_point(|time| *time <= at);
    times.insert(place, at);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn diary(per_hour: u32, per_day: u32) -> (Diary, DateTime<Utc>) {
        let midnight = DateTime::from_timestamp(1_780_358_400, 0).expect("in range");
        (Diary::new(Caps::of_brand(per_hour, per_day, 20, None), midnight, 0), midnight)
    }

    fn wish(not_before: DateTime<Utc>, seed: u64) -> Wish<'static> {
        Wish { not_before, company: None, contact: None, calendar: 1, seed }
    }

    #[test]
    fn thousands_of_wishes_keep_every_cap() {
        let (mut diary, midnight) = diary(120, 600);
        let now = midnight + TimeDelta::hours(9);
        let mut given = Vec::new();
        for seed in 0..20_000 {
            let at = match diary.slot(&wish(now, seed), |at| at) {
                Slot::Now => now,
                Slot::At(at, _) => at,
            };
            diary.book(at, None);
            given.push(at);
        }
        given.sort_unstable();
        assert!(given.windows(601).all(|day| diary.day_of(day[0]) != diary.day_of(day[600])));
        assert!(given.windows(121).all(|hour| hour[120] - hour[0] >= HOUR));
        assert!(given.windows(2).all(|pair| pair[1] - pair[0] >= TimeDelta::seconds(20)));
        // No day is left half empty.
        assert_eq!(diary.per_day.len(), 20_000_usize.div_ceil(600));
    }

    #[test]
    fn one_contact_s_wait_does_not_hold_up_the_others() {
        let (mut diary, midnight) = diary(120, 600);
        let now = midnight + TimeDelta::hours(9);
        let patient = Wish { contact: Some(now), ..wish(now, 1) };
        assert_eq!(
            diary.slot(&patient, |at| at),
            Slot::At(now + TimeDelta::hours(20), SlotReason::ContactGap)
        );
        assert_eq!(diary.slot(&wish(now, 2), |at| at), Slot::Now);
    }
}
