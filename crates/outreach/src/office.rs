//! When a brand works and a contact may be written to, from what is stored of them.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use database::brand::Brand;
use database::contact::Contact;
use domain::calendar::{OfficeHours, Region, Weekdays, next_open, overdue_before, start_of_day};

/// A brand's place and hours. Settings that make no sense fall back to nine to five on weekdays in Sydney.
#[derive(Debug, Clone, Copy)]
pub struct Office {
    pub zone: Tz,
    pub region: Region,
    pub hours: OfficeHours,
}

impl Office {
    /// The brand's.
    pub fn of(brand: &Brand) -> Self {
        let (from, to) = (brand.office_from, brand.office_to);
        Self::from_settings(&brand.time_zone, &brand.region, &brand.office_days, from, to)
    }

    /// From the columns of a brand: IANA zone, state, ISO weekdays, minutes after local midnight.
    pub fn from_settings(time_zone: &str, region: &str, days: &[i16], from: i32, to: i32) -> Self {
        let days = days.iter().filter_map(|day| u8::try_from(day - 1).ok()?.try_into().ok());
        let hours = match (u16::try_from(from), u16::try_from(to)) {
            (Ok(from), Ok(to)) => OfficeHours::new(days.collect::<Weekdays>(), from, to).unwrap_or_default(),
            _ => OfficeHours::default(),
        };
        Self { zone: zone(time_zone), region: Region::of_state(region).unwrap_or(Region::National), hours }
    }

    /// The brand's days and hours in the contact's zone, with the public holidays of the contact's region. What isn't
    /// known of the contact is the brand's.
    pub fn of_contact(brand: &Brand, contact: &Contact) -> Self {
        let ours = Self::of(brand);
        let own: Option<Tz> = contact.time_zone.as_deref().and_then(|name| name.parse().ok());
        let region = contact.region.as_deref().and_then(Region::of_state).or(own.map(Region::of_zone));
        Self { zone: own.unwrap_or(ours.zone), region: region.unwrap_or(ours.region), ..ours }
    }

    /// The moment itself in office hours, else when they begin next (UTC).
    pub fn next_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        next_open(at, self.zone, &self.hours, self.region)
    }

    /// The start of the local day of a moment (UTC).
    pub fn day_start(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        start_of_day(at.with_timezone(&self.zone).date_naive(), self.zone)
    }

    /// The same number for the same place.
    pub(crate) fn calendar(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.zone.name(), self.region).hash(&mut hasher);
        hasher.finish()
    }

    /// Steps due before this moment are overdue.
    pub fn overdue_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        overdue_before(now, self.zone, &self.hours, self.region)
    }
}

/// A zone by name; Sydney where the stored name is none.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::Australia__Sydney)
}
