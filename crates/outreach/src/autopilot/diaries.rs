use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use database::autopilot::{self, Subject};
use database::brand::Brand;
use domain::ContactId;
use domain::contact::is_public_provider;
use domain::mailing::{Caps, Diary, Slot, WarmUp, Wish};

use crate::Refused;
use crate::office::Office;

/// The limits a brand has set itself.
pub(crate) fn caps_of(brand: &Brand) -> Caps {
    let number = |stored: i32| u32::try_from(stored).unwrap_or(0);
    Caps::of_brand(
        number(brand.hourly_cap),
        number(brand.daily_cap),
        number(brand.contact_gap_hours),
        brand.warmup_started_on.map(|_| WarmUp::default()),
    )
}

/// A brand's sending slots during one turn of the autopilot.
///
/// Deals that were given a slot on an earlier turn come first: for them only mails count. Everybody else goes around
/// the slots kept for those, too.
pub(crate) struct Diaries {
    firm: Diary,
    promised: Diary,
    contacts: HashMap<ContactId, DateTime<Utc>>,
}

impl Diaries {
    pub async fn load(
        connection: &mut Connection,
        brand: &Brand,
        now: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        let caps = caps_of(brand);
        let office = Office::of(brand);
        let day_start = office.day_start(now);
        let gap = TimeDelta::hours(i64::from(caps.contact_gap_hours));
        let since = day_start.min(now - TimeDelta::hours(1)).min(now - gap);
        let today = now.with_timezone(&office.zone).date_naive();
        let sending_days = match brand.warmup_started_on {
            Some(from) => autopilot::sending_days(connection, brand.id, from, today).await?,
            None => 0,
        };
        let mut firm = Diary::new(caps, day_start, sending_days);
        let mut contacts = HashMap::new();
        for booking in autopilot::bookings(connection, brand.id, since).await? {
            // A mail whose time has come and that still waits goes out about now.
            let at = if booking.waits { booking.at.max(now) } else { booking.at };
            firm.book(at, company(&booking.email));
            let newest = contacts.entry(booking.contact_id).or_insert(at);
            *newest = at.max(*newest);
        }
        let mut promised = firm.clone();
        for slot in autopilot::kept_slots(connection, brand.id, now).await? {
            promised.book(slot, None);
        }
        Ok(Self { firm, promised, contacts })
    }

    /// The slot for this deal's next mail, in office hours. It isn't booked yet.
    pub fn slot(&mut self, subject: &Subject, office: &Office, now: DateTime<Utc>) -> Slot {
        self.find(subject, now, office.calendar(), |at| office.next_open(at))
    }

    /// The same, at any hour.
    pub fn slot_at_any_hour(&mut self, subject: &Subject, now: DateTime<Utc>) -> Slot {
        self.find(subject, now, 0, |at| at)
    }

    fn find(
        &mut self,
        subject: &Subject,
        now: DateTime<Utc>,
        calendar: u64,
        open: impl Fn(DateTime<Utc>) -> DateTime<Utc>,
    ) -> Slot {
        let booked = self.contacts.get(&subject.contact.id).copied();
        let diary = if subject.kept_slot.is_some() { &mut self.firm } else { &mut self.promised };
        let wish = Wish {
            not_before: subject.kept_slot.map_or(now, |slot| slot.max(now)),
            company: company(&subject.contact.email),
            contact: booked.max(subject.contact.last_mailed_at),
            calendar,
            seed: subject.deal.id.0.as_u64_pair().1,
        };
        match diary.slot(&wish, open) {
            Slot::Now if wish.not_before > now => {
                Slot::At(wish.not_before, domain::mailing::SlotReason::BrandSpacing)
            }
            slot => slot,
        }
    }

    /// A mail goes out at this moment.
    pub fn book(&mut self, subject: &Subject, at: DateTime<Utc>) {
        self.firm.book(at, company(&subject.contact.email));
        self.promised.book(at, company(&subject.contact.email));
        self.contacts.insert(subject.contact.id, at);
    }

    /// A slot is kept for a mail that isn't written yet.
    pub fn promise(&mut self, subject: &Subject, at: DateTime<Utc>) {
        self.promised.book(at, company(&subject.contact.email));
    }
}

/// The recipient's company, by domain; public providers are many companies.
fn company(email: &str) -> Option<&str> {
    email.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !is_public_provider(domain))
}
