use chrono::{DateTime, Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use super::{OfficeHours, Region, holiday_on, local_instant, start_of_day};

/// Longer than any run of closed days: one weekday's hours a week, with holidays and a clock change on top.
const LOOK_AHEAD_DAYS: i64 = 60;

/// Whether the office is open at this instant in this zone.
pub fn is_open(at: DateTime<Utc>, tz: Tz, hours: &OfficeHours, region: Region) -> bool {
    let local = at.with_timezone(&tz).naive_local();
    let minute = local.hour() * 60 + local.minute();
    (u32::from(hours.from())..u32::from(hours.to())).contains(&minute) && day_open(local, hours, region)
}

/// The instant itself when the office is open, else the next opening.
pub fn next_open(at: DateTime<Utc>, tz: Tz, hours: &OfficeHours, region: Region) -> DateTime<Utc> {
    if is_open(at, tz, hours, region) {
        return at;
    }
    let today = at.with_timezone(&tz).naive_local().date().and_time(NaiveTime::MIN);
    (0..LOOK_AHEAD_DAYS)
        .map(|days| today + TimeDelta::days(days))
        .filter(|day| day_open(*day, hours, region))
        .find_map(|day| opening_on(day, at, tz, hours, region))
        .unwrap_or(at + TimeDelta::days(LOOK_AHEAD_DAYS))
}

/// The first opening of a local day after `at`.
fn opening_on(
    day: NaiveDateTime,
    at: DateTime<Utc>,
    tz: Tz,
    hours: &OfficeHours,
    region: Region,
) -> Option<DateTime<Utc>> {
    let opens = |instant: &DateTime<Utc>| *instant > at && is_open(*instant, tz, hours, region);
    let (start, end) = (start_of_day(day.date(), tz), start_of_day(day.date() + Days::new(1), tz));
    if end - start == TimeDelta::days(1) {
        let from = local_instant(day + TimeDelta::minutes(i64::from(hours.from())), tz);
        return Some(from).filter(opens);
    }
    // The clocks change: hours may begin in what they skip, or come round a second time.
    let minutes = (end - start).num_minutes();
    (0..minutes).map(|minute| start + TimeDelta::minutes(minute)).find(opens)
}

fn day_open(local: NaiveDateTime, hours: &OfficeHours, region: Region) -> bool {
    hours.days().contains(local.weekday()) && holiday_on(local.date(), region).is_none()
}
