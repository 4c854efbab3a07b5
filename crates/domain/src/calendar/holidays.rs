//! Public holidays of the Australian states and territories by rule, for any year.
//!
//! Only days a whole state observes, plus Melbourne Cup Day: local show days and part-day holidays (Christmas Eve after
//! six) don't keep an office from reading mail.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::Region;
use super::easter::easter_sunday;

/// One public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Holiday {
    pub date: NaiveDate,
    pub name: &'static str,
}

/// The holiday a region observes on a date, substitutes included.
pub fn holiday_on(date: NaiveDate, region: Region) -> Option<&'static str> {
    holidays(date.year(), region).into_iter().find(|holiday| holiday.date == date).map(|holiday| holiday.name)
}

/// Every holiday of a year in a region, in order of date.
pub fn holidays(year: i32, region: Region) -> Vec<Holiday> {
    let mut year = Year { year, region, found: Vec::with_capacity(16) };
    if region != Region::Elsewhere {
        year.everywhere();
        year.own_days();
        year.found.sort_by_key(|holiday| holiday.date);
    }
    year.found
}

struct Year {
    year: i32,
    region: Region,
    found: Vec<Holiday>,
}

impl Year {
    fn everywhere(&mut self) {
        self.fixed("New Year's Day", 1, 1);
        self.weekend_to_monday("New Year's Day (additional day)", 1, 1);
        // Kept on Monday instead when it falls on a weekend.
        match self.date(1, 26).map(|date| date.weekday()) {
            Some(Weekday::Sat | Weekday::Sun) => self.weekend_to_monday("Australia Day", 1, 26),
            _ => self.fixed("Australia Day", 1, 26),
        }
        self.easter("Good Friday", -2);
        self.easter("Easter Sunday", 0);
        self.easter("Easter Monday", 1);
        self.fixed("Anzac Day", 4, 25);
        self.fixed("Christmas Day", 12, 25);
        self.fixed("Boxing Day", 12, 26);
        // The two substitutes never share a day: after a weekend they take Monday and Tuesday.
        match self.date(12, 25).map(|date| date.weekday()) {
            Some(Weekday::Fri) => self.fixed("Boxing Day (additional day)", 12, 28),
            Some(Weekday::Sat) => {
                self.fixed("Christmas Day (additional day)", 12, 27);
                self.fixed("Boxing Day (additional day)", 12, 28);
            }
            Some(Weekday::Sun) => self.fixed("Christmas Day (additional day)", 12, 27),
            _ => {}
        }
    }

    fn own_days(&mut self) {
        use Weekday::{Mon, Sat, Tue};
        match self.region {
            Region::Act => {
                self.easter("Easter Saturday", -1);
                self.nth("Canberra Day", 3, Mon, 2);
                self.anzac_monday(&[Weekday::Sun], &[2026]);
                self.on_or_after("Reconciliation Day", 5, 27, Mon);
                self.nth("King's Birthday", 6, Mon, 2);
                self.nth("Labour Day", 10, Mon, 1);
            }
            Region::Nsw => {
                self.easter("Easter Saturday", -1);
                self.anzac_monday(&[], &[2026, 2027]);
                self.nth("King's Birthday", 6, Mon, 2);
                self.nth("Labour Day", 10, Mon, 1);
            }
            Region::Nt => {
                self.easter("Easter Saturday", -1);
                self.anzac_monday(&[Weekday::Sun], &[]);
                self.nth("May Day", 5, Mon, 1);
                self.nth("King's Birthday", 6, Mon, 2);
                self.nth("Picnic Day", 8, Mon, 1);
            }
            Region::Qld => {
                self.easter("Easter Saturday", -1);
                self.anzac_monday(&[Weekday::Sun], &[]);
                self.nth("Labour Day", 5, Mon, 1);
                self.nth("King's Birthday", 10, Mon, 1);
            }
            Region::Sa => {
                self.easter("Easter Saturday", -1);
                self.nth("Adelaide Cup Day", 3, Mon, 2);
                self.nth("King's Birthday", 6, Mon, 2);
                self.nth("Labour Day", 10, Mon, 1);
            }
            Region::Tas => {
                self.nth("Eight Hours Day", 3, Mon, 2);
                self.nth("King's Birthday", 6, Mon, 2);
            }
            Region::Vic => {
                self.easter("Easter Saturday", -1);
                self.nth("Labour Day", 3, Mon, 2);
                self.nth("King's Birthday", 6, Mon, 2);
                let final_day = self.last(9, Sat);
                self.push("Friday before the AFL Grand Final", final_day.map(|day| day - TimeDelta::days(1)));
                self.nth("Melbourne Cup Day", 11, Tue, 1);
            }
            Region::Wa => {
                self.nth("Labour Day", 3, Mon, 1);
                self.anzac_monday(&[Sat, Weekday::Sun], &[]);
                self.nth("Western Australia Day", 6, Mon, 1);
                // Proclaimed each year around the Royal Show; 2024 is the recent year off the usual last Monday.
                if self.year == 2024 {
                    self.fixed("King's Birthday", 9, 23);
                } else {
                    let day = self.last(9, Mon);
                    self.push("King's Birthday", day);
                }
            }
            Region::National | Region::Elsewhere => {}
        }
    }

    fn push(&mut self, name: &'static str, date: Option<NaiveDate>) {
        self.found.extend(date.map(|date| Holiday { date, name }));
    }

    fn date(&self, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, month, day)
    }

    fn fixed(&mut self, name: &'static str, month: u32, day: u32) {
        self.push(name, self.date(month, day));
    }

    fn easter(&mut self, name: &'static str, days: i64) {
        self.push(name, easter_sunday(self.year).map(|sunday| sunday + TimeDelta::days(days)));
    }

    fn nth(&mut self, name: &'static str, month: u32, weekday: Weekday, n: u8) {
        self.push(name, NaiveDate::from_weekday_of_month_opt(self.year, month, weekday, n));
    }

    fn last(&self, month: u32, weekday: Weekday) -> Option<NaiveDate> {
        [5, 4].into_iter().find_map(|n| NaiveDate::from_weekday_of_month_opt(self.year, month, weekday, n))
    }

    fn on_or_after(&mut self, name: &'static str, month: u32, day: u32, weekday: Weekday) {
        let date = self.date(month, day).and_then(|start| start.iter_days().find(|d| d.weekday() == weekday));
        self.push(name, date);
    }

    /// Adds the Monday after a date that falls on a weekend.
    fn weekend_to_monday(&mut self, name: &'static str, month: u32, day: u32) {
        let monday = self.date(month, day).and_then(|date| match date.weekday() {
            Weekday::Sat => Some(date + TimeDelta::days(2)),
            Weekday::Sun => Some(date + TimeDelta::days(1)),
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => None,
        });
        self.push(name, monday);
    }

    /// States differ on whether Anzac Day has a Monday: by weekday for good, or proclaimed for single years.
    fn anzac_monday(&mut self, weekdays: &[Weekday], years: &[i32]) {
        let falls_on = self.date(4, 25).map(|date| date.weekday());
        if years.contains(&self.year) || falls_on.is_some_and(|weekday| weekdays.contains(&weekday)) {
            self.weekend_to_monday("Anzac Day (additional day)", 4, 25);
        }
    }
}
