use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{
    OfficeHours, OfficeHoursError, Region, Weekdays, holiday_on, holidays, is_open, local_instant, next_open,
};

const SYDNEY: Tz = Tz::Australia__Sydney;

fn at(local: &str, tz: Tz) -> DateTime<Utc> {
    local_instant(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("written right"), tz)
}

#[test]
fn weekday_holidays_are_those_the_states_publish() {
    let cases = [
        (2026, Region::Act, "1/1 1/26 3/9 4/3 4/6 4/27 6/1 6/8 10/5 12/25 12/28"),
        (2027, Region::Act, "1/1 1/26 3/8 3/26 3/29 4/26 5/31 6/14 10/4 12/27 12/28"),
        (2028, Region::Act, "1/3 1/26 3/13 4/14 4/17 4/25 5/29 6/12 10/2 12/25 12/26"),
        (2026, Region::Nsw, "1/1 1/26 4/3 4/6 4/27 6/8 10/5 12/25 12/28"),
        (2027, Region::Nsw, "1/1 1/26 3/26 3/29 4/26 6/14 10/4 12/27 12/28"),
        (2028, Region::Nsw, "1/3 1/26 4/14 4/17 4/25 6/12 10/2 12/25 12/26"),
        (2026, Region::Nt, "1/1 1/26 4/3 4/6 5/4 6/8 8/3 12/25 12/28"),
        (2027, Region::Nt, "1/1 1/26 3/26 3/29 4/26 5/3 6/14 8/2 12/27 12/28"),
        (2028, Region::Nt, "1/3 1/26 4/14 4/17 4/25 5/1 6/12 8/7 12/25 12/26"),
        (2026, Region::Qld, "1/1 1/26 4/3 4/6 5/4 10/5 12/25 12/28"),
        (2027, Region::Qld, "1/1 1/26 3/26 3/29 4/26 5/3 10/4 12/27 12/28"),
        (2028, Region::Qld, "1/3 1/26 4/14 4/17 4/25 5/1 10/2 12/25 12/26"),
        (2026, Region::Sa, "1/1 1/26 3/9 4/3 4/6 6/8 10/5 12/25 12/28"),
        (2027, Region::Sa, "1/1 1/26 3/8 3/26 3/29 6/14 10/4 12/27 12/28"),
        (2028, Region::Sa, "1/3 1/26 3/13 4/14 4/17 4/25 6/12 10/2 12/25 12/26"),
        (2026, Region::Tas, "1/1 1/26 3/9 4/3 4/6 6/8 12/25 12/28"),
        (2027, Region::Tas, "1/1 1/26 3/8 3/26 3/29 6/14 12/27 12/28"),
        (2028, Region::Tas, "1/3 1/26 3/13 4/14 4/17 4/25 6/12 12/25 12/26"),
        (2026, Region::Vic, "1/1 1/26 3/9 4/3 4/6 6/8 9/25 11/3 12/25 12/28"),
        (2027, Region::Vic, "1/1 1/26 3/8 3/26 3/29 6/14 9/24 11/2 12/27 12/28"),
        (2028, Region::Vic, "1/3 1/26 3/13 4/14 4/17 4/25 6/12 9/29 11/7 12/25 12/26"),
        (2026, Region::Wa, "1/1 1/26 3/2 4/3 4/6 4/27 6/1 9/28 12/25 12/28"),
        (2027, Region::Wa, "1/1 1/26 3/1 3/26 3/29 4/26 6/7 9/27 12/27 12/28"),
        (2028, Region::Wa, "1/3 1/26 3/6 4/14 4/17 4/25 6/5 9/25 12/25 12/26"),
    ];
    for (year, region, expected) in cases {
        let weekdays = |date: &NaiveDate| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let found: Vec<String> = holidays(year, region)
            .into_iter()
            .map(|holiday| holiday.date)
            .filter(weekdays)
            .map(|date| format!("{}/{}", date.month(), date.day()))
            .collect();
        assert_eq!(found.join(" "), expected, "{region} {year}");
    }
}

#[test]
fn substitutes_fall_on_monday_and_tuesday() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
    // Christmas on Saturday, Sunday, Friday; New Year and Australia Day on a weekend.
    let cases = [
        (day(2027, 12, 27), true),
        (day(2027, 12, 28), true),
        (day(2022, 12, 26), true),
        (day(2022, 12, 27), true),
        (day(2026, 12, 28), true),
        (day(2026, 12, 29), false),
        (day(2028, 1, 3), true),
        (day(2028, 1, 4), false),
        (day(2030, 1, 28), true),
        (day(2030, 1, 26), false),
    ];
    for region in Region::ALL.iter().filter(|region| **region != Region::Elsewhere) {
        for (date, closed) in cases {
            assert_eq!(holiday_on(date, *region).is_some(), closed, "{region} {date}");
        }
    }
    assert_eq!(holiday_on(day(2026, 12, 25), Region::Elsewhere), None);
}

#[test]
fn office_opens_at_nine_and_closes_at_five_local_time() {
    let hours = OfficeHours::default();
    let cases = [
        ("2026-06-02 08:59", false),
        ("2026-06-02 09:00", true),
        ("2026-06-02 16:59", true),
        ("2026-06-02 17:00", false),
        ("2026-06-06 12:00", false),
        ("2026-06-08 12:00", false),
    ];
    for tz in [SYDNEY, Tz::Australia__Adelaide, Tz::Australia__Melbourne] {
        for (local, open) in cases {
            assert_eq!(is_open(at(local, tz), tz, &hours, Region::of_zone(tz)), open, "{local} {tz}");
        }
    }
    // The King's Birthday is another day in Perth.
    let perth = Tz::Australia__Perth;
    assert!(is_open(at("2026-06-08 12:00", perth), perth, &hours, Region::Wa));
}

#[test]
fn next_opening_skips_nights_weekends_and_holidays() {
    let cases = [
        ("2026-06-02 10:30", "2026-06-02 10:30"),
        ("2026-06-02 07:00", "2026-06-02 09:00"),
        ("2026-06-02 17:00", "2026-06-03 09:00"),
        ("2026-06-05 18:00", "2026-06-09 09:00"),
        ("2026-12-24 18:00", "2026-12-29 09:00"),
        ("2026-04-02 17:00", "2026-04-07 09:00"),
        // Over both changes of the clocks nine stays nine.
        ("2026-10-02 17:00", "2026-10-06 09:00"),
        ("2026-04-24 17:00", "2026-04-28 09:00"),
    ];
    for (from, to) in cases {
        let opening = next_open(at(from, SYDNEY), SYDNEY, &OfficeHours::default(), Region::Nsw);
        assert_eq!(opening, at(to, SYDNEY), "{from}");
    }
}

#[test]
fn hours_inside_a_skipped_hour_open_the_week_after() {
    let sundays = Weekdays::from_iter([Weekday::Sun]);
    let hours = OfficeHours::new(sundays, 2 * 60 + 10, 2 * 60 + 40).expect("sound");
    let opening = next_open(at("2026-10-03 12:00", SYDNEY), SYDNEY, &hours, Region::Nsw);
    assert_eq!(opening, at("2026-10-11 02:10", SYDNEY));
}

#[test]
fn hours_that_begin_in_a_skipped_hour_open_when_it_is_over() {
    let sundays = Weekdays::from_iter([Weekday::Sun]);
    let hours = OfficeHours::new(sundays, 2 * 60 + 7, 3 * 60 + 7).expect("sound");
    // Clocks go from 2:00 to 3:00.
    let opening = next_open(at("2026-10-03 12:00", SYDNEY), SYDNEY, &hours, Region::Nsw);
    assert_eq!(opening, at("2026-10-04 03:00", SYDNEY));
}

#[test]
fn hours_that_come_twice_open_twice() {
    let sundays = Weekdays::from_iter([Weekday::Sun]);
    let hours = OfficeHours::new(sundays, 60 + 30, 2 * 60 + 30).expect("sound");
    // Clocks go from 3:00 back to 2:00; 2:45 comes twice, and the office is open from 2:00 to 2:30 again.
    let first = at("2026-04-05 02:45", SYDNEY);
    // That Sunday is Easter in New South Wales.
    let opening = next_open(first, SYDNEY, &hours, Region::Elsewhere);
    assert_eq!(opening - first, chrono::TimeDelta::minutes(15));
}

#[test]
fn hours_that_never_open_are_refused() {
    assert_eq!(OfficeHours::new(Weekdays::from_bits(0), 540, 1020), Err(OfficeHoursError::NoDay));
    assert_eq!(OfficeHours::new(Weekdays::from_bits(128), 540, 1020), Err(OfficeHoursError::NoDay));
    for (from, to) in [(540, 540), (1020, 540), (540, 1441)] {
        let refused = OfficeHours::new(Weekdays::MON_TO_FRI, from, to);
        assert_eq!(refused, Err(OfficeHoursError::EndsBeforeItBegins));
    }
    assert!(OfficeHours::new(Weekdays::EVERY_DAY, 0, 1440).is_ok());
}

proptest! {
    #[test]
    fn next_opening_is_open_and_the_earliest(
        seconds in 1_760_000_000i64..1_900_000_000,
        days in 1u8..128,
        from in 0u16..1_200,
        length in 30u16..240,
        zone in proptest::sample::select(&[
            SYDNEY, Tz::Australia__Lord_Howe, Tz::Australia__Adelaide, Tz::Australia__Perth,
        ][..]),
    ) {
        let hours = OfficeHours::new(Weekdays::from_bits(days), from, from + length).expect("sound");
        let region = Region::of_zone(zone);
        let now = DateTime::from_timestamp(seconds, 0).expect("in range");
        let opening = next_open(now, zone, &hours, region);
        prop_assert!(opening >= now);
        prop_assert!(is_open(opening, zone, &hours, region));
        prop_assert_eq!(next_open(opening, zone, &hours, region), opening);
        let mut before = now;
        while before < opening {
            prop_assert!(!is_open(before, zone, &hours, region), "{before} is earlier than {opening}");
            before += TimeDelta::minutes(29);
        }
    }
}
