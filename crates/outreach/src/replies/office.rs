use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use database::brand::Brand;
use database::contact::Contact;
use domain::calendar::{Region, next_open, start_of_day};

use crate::office::Office;

/// The zone of a contact: their own, else the brand's.
pub(super) fn zone(brand: &Brand, contact: Option<&Contact>) -> Tz {
    contact.and_then(|contact| contact.time_zone.as_deref()?.parse().ok()).unwrap_or_else(|| Office::of(brand).zone)
}

/// The first moment of office hours on or after a date, where the contact lives.
pub(super) fn opening_on(brand: &Brand, contact: Option<&Contact>, date: NaiveDate) -> DateTime<Utc> {
    let office = Office::of(brand);
    let tz = zone(brand, contact);
    let stated = contact.and_then(|contact| Region::of_state(contact.region.as_deref()?));
    let region = match stated {
        Some(region) => region,
        None if tz == office.zone => office.region,
        None => Region::of_zone(tz),
    };
    next_open(start_of_day(date, tz), tz, &office.hours, region)
}
