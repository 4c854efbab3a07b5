//! When a brand works, from its stored settings.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use database::brand::Brand;
use domain::calendar::{OfficeHours, Region, Weekdays, overdue_before};

/// A brand's place and hours. Settings that make no sense fall back to nine to five on weekdays in Sydney.
#[derive(Debug, Clone)]
pub struct Office {
    pub zone: Tz,
    pub region: Region,
    pub hours: OfficeHours,
}

impl Office {
    /// The brand's.
    pub fn of(brand: &Brand) -> Self {
        let days = brand.office_days.iter().filter_map(|day| u8::try_from(day - 1).ok()?.try_into().ok());
        let hours = match (u16::try_from(brand.office_from), u16::try_from(brand.office_to)) {
            (Ok(from), Ok(to)) => OfficeHours::new(days.collect::<Weekdays>(), from, to).unwrap_or_default(),
            _ => OfficeHours::default(),
        };
        Self {
            zone: brand.time_zone.parse().unwrap_or(Tz::Australia__Sydney),
            region: Region::of_state(&brand.region).unwrap_or(Region::National),
            hours,
        }
    }

    /// Steps due before this moment are overdue.
    pub fn overdue_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        overdue_before(now, self.zone, &self.hours, self.region)
    }
}
