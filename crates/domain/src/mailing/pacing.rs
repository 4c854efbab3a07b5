//! When a mail may go: caps per hour and day, warm-up, and human-looking distances.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Diary;
use super::warm_up::WarmUp;
use crate::closed_set;

closed_set! {
    /// What keeps a mail waiting.
    pub enum SlotReason {
        OfficeHours = "office_hours", "outside office hours";
        ContactGap = "contact_gap", "too soon after the last mail to this contact";
        DomainSpacing = "domain_spacing", "keeping a distance between mails to one company";
        ProviderSpacing = "provider_spacing", "keeping a distance between mails to one mailbox provider";
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
    /// Distance between two mails to one company's domain, seconds.
    pub domain_spacing_seconds: u32,
    /// Distance between two mails to one public provider (gmail.com …), seconds: they are many companies, but they
    /// notice bursts.
    pub provider_spacing_seconds: u32,
    /// Distance between two mails to one contact, hours.
    pub contact_gap_hours: u32,
    /// `None` once the brand's sending domain is known to receivers.
    pub warm_up: Option<WarmUp>,
}

impl Caps {
    /// Limits of a brand with these caps: mails keep the distance that spreads the hour's cap evenly, give or take a third.
    pub fn of_brand(per_hour: u32, per_day: u32, contact_gap_hours: u32, warm_up: Option<WarmUp>) -> Self {
        let even = 3_600 / per_hour.max(1);
        Self {
            per_hour,
            per_day,
            spacing_seconds: (even - even / 3, even + even / 3),
            domain_spacing_seconds: Self::default().domain_spacing_seconds.min(even * 20),
            provider_spacing_seconds: Self::default().provider_spacing_seconds.min(even),
            contact_gap_hours,
            warm_up,
        }
    }
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
            provider_spacing_seconds: 15,
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
/// after another one (`calendar::next_open`); `seed` varies the distance between mails. For many mails of one brand
/// keep a [`Diary`] instead.
pub fn choose(
    caps: &Caps,
    load: &Load,
    now: DateTime<Utc>,
    day_start: DateTime<Utc>,
    seed: u64,
    open: impl Fn(DateTime<Utc>) -> DateTime<Utc>,
) -> Slot {
    const COMPANY: &str = "";
    let mut diary = Diary::new(caps.clone(), day_start, load.sending_days);
    for &at in &load.brand {
        diary.book(at, None);
    }
    for &at in &load.domain {
        diary.book_domain(at, COMPANY);
    }
    let wish = Wish { not_before: now, company: Some(COMPANY), contact: load.contact, calendar: 0, seed };
    diary.slot(&wish, open)
}

/// What is known of one mail that wants a slot.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// UTC.
    pub not_before: DateTime<Utc>,
    /// The recipient's domain; `None` for public providers (gmail.com …): they are many companies.
    pub company: Option<&'a str>,
    /// Newest mail or slot of the brand for this contact (UTC), whichever the deal.
    pub contact: Option<DateTime<Utc>>,
    /// Which office hours apply: any number, the same for mails with the same hours.
    pub calendar: u64,
    /// Varies the distance between mails.
    pub seed: u64,
}
