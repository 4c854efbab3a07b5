//! The timetable, as data. Times are Sydney's.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Days, NaiveTime, Utc};
use chrono_tz::Tz;
use domain::calendar::{Weekdays, local_instant};

/// The zone of the timetable.
pub const ZONE: Tz = Tz::Australia__Sydney;

/// When one job runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name in [`crate::jobs`].
    pub job: &'static str,
    pub days: Weekdays,
    pub hours: RangeInclusive<u32>,
    /// Of each of the hours.
    pub minutes: &'static [u32],
}

/// Every scheduled job. Jobs due at one moment run in this order.
pub const TIMETABLE: &[Entry] = &[
    // Shortly before the hour, so that the decisions of the hour know the answers.
    Entry { job: "check_email_replies", days: Weekdays::EVERY_DAY, hours: 0..=23, minutes: &[25, 55] },
    Entry { job: "autopilot_engagement_scan", days: Weekdays::MON_TO_FRI, hours: 8..=8, minutes: &[30] },
    Entry { job: "process_pending_deals", days: Weekdays::MON_TO_FRI, hours: 9..=17, minutes: &[0] },
    Entry {
        job: "send_scheduled_emails",
        days: Weekdays::MON_TO_FRI,
        hours: 9..=17,
        minutes: &[0, 15, 30, 45],
    },
    Entry { job: "clean_up", days: Weekdays::EVERY_DAY, hours: 3..=3, minutes: &[20] },
];

/// A moment at which a job is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// UTC.
    pub at: DateTime<Utc>,
    pub job: &'static str,
}

impl Entry {
    fn on_day(&self, day: chrono::NaiveDate) -> impl Iterator<Item = Occurrence> {
        let runs = self.days.contains(day.weekday());
        let hours = if runs { Some(self.hours.clone()) } else { None };
        hours.into_iter().flatten().flat_map(move |hour| {
            self.minutes.iter().filter_map(move |&minute| {
                let local = day.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?);
                Some(Occurrence { at: local_instant(local, ZONE), job: self.job })
            })
        })
    }

    /// The first occurrence after a moment.
    fn next_after(&self, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = after.with_timezone(&ZONE).date_naive();
        (0..8)
            .flat_map(|days| self.on_day(today + Days::new(days)))
            .map(|occurrence| occurrence.at)
            .find(|at| *at > after)
    }
}

/// Everything due after `from` and not after `to`, in order.
pub fn occurrences_between(from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Occurrence> {
    let last = to.with_timezone(&ZONE).date_naive();
    let mut found = Vec::new();
    let mut day = from.with_timezone(&ZONE).date_naive();
    while day <= last {
        let due = TIMETABLE.iter().flat_map(|entry| entry.on_day(day));
        found.extend(due.filter(|occurrence| occurrence.at > from && occurrence.at <= to));
        day = day + Days::new(1);
    }
    found.sort_by_key(|occurrence| occurrence.at);
    found
}

/// When a job is due next after a moment (UTC); `None` for a job that isn't on the timetable.
pub fn next_occurrence(job: &str, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    TIMETABLE.iter().filter(|entry| entry.job == job).filter_map(|entry| entry.next_after(after)).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("written right")
    }

    fn local(at: DateTime<Utc>) -> String {
        at.with_timezone(&ZONE).format("%a %H:%M").to_string()
    }

    #[test]
    fn an_ordinary_monday() {
        let found = occurrences_between(at("2026-11-22T13:00:00Z"), at("2026-11-23T13:00:00Z"));
        let count = |job: &str| found.iter().filter(|occurrence| occurrence.job == job).count();
        assert_eq!(count("process_pending_deals"), 9);
        assert_eq!(count("send_scheduled_emails"), 36);
        assert_eq!(count("autopilot_engagement_scan"), 1);
        assert_eq!(count("clean_up"), 1);
        assert_eq!(count("check_email_replies"), 48);
        let ten: Vec<&str> =
            found.iter().filter(|o| local(o.at) == "Mon 10:00").map(|occurrence| occurrence.job).collect();
        assert_eq!(ten, ["process_pending_deals", "send_scheduled_emails"]);
    }

    #[test]
    fn nine_stays_nine_when_sydneys_clocks_change() {
        // Clocks go forward on Sunday 4 October 2026 and back on Sunday 5 April 2026.
        for (from, to) in [
            ("2026-10-01T14:00:00Z", "2026-10-08T13:00:00Z"),
            ("2026-04-01T13:00:00Z", "2026-04-08T14:00:00Z"),
        ] {
            let found = occurrences_between(at(from), at(to));
            let first_of_day = |job: &str| -> Vec<String> {
                let mut days: Vec<String> =
                    found.iter().filter(|occurrence| occurrence.job == job).map(|o| local(o.at)).collect();
                days.dedup_by_key(|day| day[..3].to_owned());
                days
            };
            assert!(first_of_day("process_pending_deals").iter().all(|day| day.ends_with("09:00")));
            assert_eq!(first_of_day("process_pending_deals").len(), 5);
            assert!(first_of_day("clean_up").iter().all(|day| day.ends_with("03:20")));
            assert_eq!(first_of_day("clean_up").len(), 7);
        }
    }

    #[test]
    fn windows_that_meet_neither_lose_nor_repeat_an_occurrence() {
        let (from, to) = (at("2026-10-02T00:00:00Z"), at("2026-10-06T00:00:00Z"));
        let mut pieces = Vec::new();
        let mut start = from;
        while start < to {
            let end = (start + TimeDelta::minutes(7)).min(to);
            pieces.extend(occurrences_between(start, end));
            start = end;
        }
        assert_eq!(pieces, occurrences_between(from, to));
    }

    #[test]
    fn the_next_turn_after_friday_is_monday() {
        // Friday 27 November 2026, 17:00 in Sydney.
        let monday = next_occurrence("process_pending_deals", at("2026-11-27T06:00:00Z")).map(local);
        assert_eq!(monday.as_deref(), Some("Mon 09:00"));
        assert_eq!(next_occurrence("unheard_of", at("2026-11-27T06:00:00Z")), None);
    }
}
