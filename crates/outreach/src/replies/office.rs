use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use database::brand::Brand;
use database::contact::Contact;
use domain::calendar::start_of_day;

use crate::office::Office;

fn office(brand: &Brand, contact: Option<&Contact>) -> Office {
    contact.map_or_else(|| Office::of(brand), |contact| Office::of_contact(brand, contact))
}

/// The zone of a contact, or of the brand for somebody unknown.
pub(super) fn zone(brand: &Brand, contact: Option<&Contact>) -> Tz {
    office(brand, contact).zone
}

/// The first moment of office hours on or after a date, where the contact lives.
pub(super) fn opening_on(brand: &Brand, contact: Option<&Contact>, date: NaiveDate) -> DateTime<Utc> {
    let office = office(brand, contact);
    office.next_open(start_of_day(date, office.zone))
}
