use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{OfficeHours, Region, is_open};

/// The autopilot looks every hour, so that a step is late only when a whole look has passed it by.
const LOOK: TimeDelta = TimeDelta::hours(1);

/// Steps of the search for the last office hour; office hours begin and end on them in practice.
const STEP: TimeDelta = TimeDelta::minutes(15);

/// Nothing is due for longer than this without being late.
const LOOK_BACK: TimeDelta = TimeDelta::days(14);

/// Steps due before this moment are overdue: an hour ago in office hours, else an hour before the office last closed, so
/// that nothing turns red over a weekend in which nothing may be sent.
pub fn overdue_before(now: DateTime<Utc>, tz: Tz, hours: &OfficeHours, region: Region) -> DateTime<Utc> {
    let mut at = now;
    while !is_open(at, tz, hours, region) && now - at < LOOK_BACK {
        at -= STEP;
    }
    at - LOOK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_overdue_while_the_office_is_closed() {
        let limit = |now: &str| {
            let now = now.parse().expect("written right");
            let before = overdue_before(now, Tz::Australia__Sydney, &OfficeHours::default(), Region::Nsw);
            before.with_timezone(&Tz::Australia__Sydney).format("%a %H:%M").to_string()
        };
        assert_eq!(limit("2026-11-26T03:30:00Z"), "Thu 13:30");
        // Friday 20:00 and Sunday noon: both an hour before Friday's last quarter of an hour.
        assert_eq!(limit("2026-11-27T09:00:00Z"), "Fri 15:45");
        assert_eq!(limit("2026-11-29T01:00:00Z"), "Fri 15:45");
    }
}
