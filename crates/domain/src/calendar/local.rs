use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The instant of a local time. A time the clocks skip moves forward by what they skip; of a time they show twice the
/// first counts.
pub fn local_instant(local: NaiveDateTime, tz: Tz) -> DateTime<Utc> {
    match tz.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => {
            // A day earlier is before the change in every zone, whatever its offset.
            let before = tz.offset_from_utc_datetime(&(local - TimeDelta::days(1))).fix();
            (local - before).and_utc()
        }
    }
}

/// The first instant of a local day.
pub fn start_of_day(date: NaiveDate, tz: Tz) -> DateTime<Utc> {
    local_instant(date.and_time(NaiveTime::MIN), tz)
}

/// The same local time so many days later (or earlier): nine o'clock stays nine o'clock when the clocks change.
pub fn add_days_keeping_local_time(at: DateTime<Utc>, days: i32, tz: Tz) -> DateTime<Utc> {
    if days == 0 {
        return at;
    }
    local_instant(at.with_timezone(&tz).naive_local() + TimeDelta::days(i64::from(days)), tz)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZONES: [Tz; 4] =
        [Tz::Australia__Sydney, Tz::Australia__Lord_Howe, Tz::Australia__Adelaide, Tz::Australia__Perth];

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("written right")
    }

    /// The instant of a local time, written in UTC.
    fn utc(text: &str, tz: Tz) -> String {
        local_instant(local(text), tz).format("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn skipped_times_move_forward_and_doubled_times_take_the_first() {
        let cases = [
            // Clocks go from 2:00 to 3:00 on 4 October 2026.
            ("2026-10-04 01:59", Tz::Australia__Sydney, "2026-10-03 15:59"),
            ("2026-10-04 02:00", Tz::Australia__Sydney, "2026-10-03 16:00"),
            ("2026-10-04 02:30", Tz::Australia__Sydney, "2026-10-03 16:30"),
            ("2026-10-04 03:00", Tz::Australia__Sydney, "2026-10-03 16:00"),
            ("2026-10-04 02:30", Tz::Australia__Adelaide, "2026-10-03 17:00"),
            // Lord Howe Island skips half an hour: 2:15 becomes 2:45.
            ("2026-10-04 02:15", Tz::Australia__Lord_Howe, "2026-10-03 15:45"),
            ("2026-10-04 02:45", Tz::Australia__Lord_Howe, "2026-10-03 15:45"),
            ("2026-10-04 02:30", Tz::Australia__Perth, "2026-10-03 18:30"),
            // Clocks go from 3:00 back to 2:00 on 5 April 2026.
            ("2026-04-05 02:30", Tz::Australia__Sydney, "2026-04-04 15:30"),
            ("2026-04-05 03:00", Tz::Australia__Sydney, "2026-04-04 17:00"),
            ("2026-04-05 01:45", Tz::Australia__Lord_Howe, "2026-04-04 14:45"),
            ("2026-04-05 02:30", Tz::Australia__Adelaide, "2026-04-04 16:00"),
        ];
        for (text, tz, expected) in cases {
            assert_eq!(utc(text, tz), expected, "{text} {tz}");
        }
    }

    #[test]
    fn nine_stays_nine_through_both_changes() {
        for start in ["2026-10-02 09:00", "2026-04-03 09:00"] {
            for tz in ZONES {
                let mut at = local_instant(local(start), tz);
                for day in 1..7 {
                    at = add_days_keeping_local_time(at, 1, tz);
                    let expected = local(start) + TimeDelta::days(day);
                    assert_eq!(at.with_timezone(&tz).naive_local(), expected, "{tz}");
                }
            }
        }
    }

    #[test]
    fn sydney_weeks_have_an_hour_less_and_more() {
        let week = |start: &str| {
            let at = local_instant(local(start), Tz::Australia__Sydney);
            (add_days_keeping_local_time(at, 7, Tz::Australia__Sydney) - at).num_hours()
        };
        assert_eq!(
            (week("2026-10-02 09:00"), week("2026-04-03 09:00"), week("2026-06-01 09:00")),
            (167, 169, 168)
        );
    }

    proptest! {
        #[test]
        fn days_added_change_the_date_and_nothing_else(
            seconds in 1_700_000_000i64..1_900_000_000, days in -400i32..400, zone in 0usize..4
        ) {
            let tz = ZONES[zone];
            let at = DateTime::from_timestamp(seconds, 0).expect("in range");
            let before = at.with_timezone(&tz).naive_local();
            let after = add_days_keeping_local_time(at, days, tz).with_timezone(&tz).naive_local();
            let moved = after - (before + TimeDelta::days(i64::from(days)));
            // Only a skipped time may move, and by no more than the clocks skip.
            prop_assert!(moved >= TimeDelta::zero() && moved <= TimeDelta::hours(1));
            let skipped = tz.from_local_datetime(&(before + TimeDelta::days(i64::from(days)))) == LocalResult::None;
            prop_assert_eq!(moved > TimeDelta::zero(), skipped);
        }
    }
}
