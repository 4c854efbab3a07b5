use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::pacing::choose;
use super::{Caps, Load, Slot, SlotReason, WarmUp};

/// A Tuesday at midnight, UTC standing in for the brand's zone.
fn midnight() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_358_400, 0).expect("in range")
}

fn at(hours: i64, minutes: i64) -> DateTime<Utc> {
    midnight() + TimeDelta::hours(hours) + TimeDelta::minutes(minutes)
}

/// Nine to five, every day.
fn open(time: DateTime<Utc>) -> DateTime<Utc> {
    let day = TimeDelta::days((time - midnight()).num_days());
    let from = midnight() + day + TimeDelta::hours(9);
    if time < from {
        from
    } else if time < from + TimeDelta::hours(8) {
        time
    } else {
        from + TimeDelta::days(1)
    }
}

fn plain() -> Caps {
    Caps {
        per_hour: 1_000,
        per_day: 1_000,
        spacing_seconds: (0, 0),
        domain_spacing_seconds: 0,
        provider_spacing_seconds: 0,
        contact_gap_hours: 0,
        warm_up: None,
    }
}

fn slot(caps: &Caps, load: &Load, now: DateTime<Utc>) -> Slot {
    choose(caps, load, now, midnight(), 7, open)
}

#[test]
fn nothing_in_the_way_goes_now() {
    assert_eq!(slot(&Caps::default(), &Load::default(), at(10, 0)), Slot::Now);
}

#[test]
fn each_limit_gives_its_own_time_and_reason() {
    let load = |brand: Vec<DateTime<Utc>>| Load { brand, ..Load::default() };
    let cases = [
        ("closed", plain(), Load::default(), at(20, 0), Slot::At(at(33, 0), SlotReason::OfficeHours)),
        (
            "hour cap frees when the oldest of the window is an hour old",
            Caps { per_hour: 2, ..plain() },
            load(vec![at(9, 30), at(9, 50)]),
            at(10, 0),
            Slot::At(at(10, 30), SlotReason::HourCap),
        ),
        (
            "day cap waits for the next day's opening",
            Caps { per_day: 2, ..plain() },
            load(vec![at(9, 30), at(9, 50)]),
            at(12, 0),
            Slot::At(at(33, 0), SlotReason::DayCap),
        ),
        (
            "warm-up is lower than the day cap at first",
            Caps { warm_up: Some(WarmUp { first_day: 1, growth_percent: 100 }), ..plain() },
            load(vec![at(9, 30)]),
            at(12, 0),
            Slot::At(at(33, 0), SlotReason::WarmUp),
        ),
        (
            "domain",
            Caps { domain_spacing_seconds: 600, ..plain() },
            Load { domain: vec![at(9, 55)], ..Load::default() },
            at(10, 0),
            Slot::At(at(10, 5), SlotReason::DomainSpacing),
        ),
        (
            "contact",
            Caps { contact_gap_hours: 20, ..plain() },
            Load { contact: Some(at(-10, 0)), ..Load::default() },
            at(9, 30),
            Slot::At(at(10, 0), SlotReason::ContactGap),
        ),
        (
            "brand distance, also from a slot kept for later",
            Caps { spacing_seconds: (60, 60), ..plain() },
            load(vec![at(10, 1)]),
            at(10, 0) + TimeDelta::seconds(30),
            Slot::At(at(10, 2), SlotReason::BrandSpacing),
        ),
    ];
    for (name, caps, load, now, expected) in cases {
        assert_eq!(slot(&caps, &load, now), expected, "{name}");
    }
}

#[test]
fn reason_is_the_longest_wait_not_the_last() {
    let caps = Caps { per_day: 1, spacing_seconds: (60, 60), ..plain() };
    let load = Load { brand: vec![at(9, 30), at(33, 0)], ..Load::default() };
    assert_eq!(slot(&caps, &load, at(16, 0)), Slot::At(at(57, 0), SlotReason::DayCap));
}

#[test]
fn warm_up_goes_on_over_the_days_it_plans() {
    let caps = Caps { warm_up: Some(WarmUp { first_day: 2, growth_percent: 100 }), ..plain() };
    let mut load = Load::default();
    for _ in 0..14 {
        let time = match slot(&caps, &load, at(10, 0)) {
            Slot::Now => at(10, 0),
            Slot::At(time, _) => time,
        };
        load.brand.push(time);
    }
    let on = |day: i64| load.brand.iter().filter(|t| (**t - midnight()).num_days() == day).count();
    assert_eq!((on(0), on(1), on(2)), (2, 4, 8));
}

proptest! {
    #[test]
    fn kept_slots_never_break_a_cap(
        per_hour in 1u32..8,
        per_day in 1u32..20,
        spacing in 0u32..300,
        arrivals in proptest::collection::vec(0i64..2_000, 1..60),
    ) {
        let caps = Caps { per_hour, per_day, spacing_seconds: (spacing, spacing + 30), ..plain() };
        let mut load = Load::default();
        for (seed, minutes) in (0u64..).zip(arrivals) {
            let now = at(0, minutes);
            let time = match choose(&caps, &load, now, midnight(), seed, open) {
                Slot::Now => now,
                Slot::At(time, _) => time,
            };
            prop_assert!(time >= now);
            prop_assert_eq!(open(time), time);
            load.brand.push(time);
        }
        load.brand.sort();
        for window in load.brand.windows(per_hour as usize + 1) {
            prop_assert!(window[per_hour as usize] - window[0] >= TimeDelta::hours(1));
        }
        for window in load.brand.windows(per_day as usize + 1) {
            prop_assert!((window[per_day as usize] - midnight()).num_days() > (window[0] - midnight()).num_days());
        }
        for pair in load.brand.windows(2) {
            prop_assert!((pair[1] - pair[0]).num_seconds() >= i64::from(spacing));
        }
    }
}
