use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use database::brand::Brand;
use database::message::{self, Candidate, Deferral};
use domain::ContactId;
use domain::mailing::{Distances, Release, ReleaseDeal, ReleaseFacts, Room, Sent, SlotReason, release};

use crate::Refused;
use crate::autopilot::caps_of;
use crate::office::Office;

/// What else of the brand's has gone out lately. Whoever loads it holds the brand's turn (`queue_up`), so that it is
/// true for all processes together.
pub(super) struct Limits {
    room: Room,
    distances: Distances,
}

impl Limits {
    pub async fn load(
        connection: &mut Connection,
        brand: &Brand,
        candidates: &[Candidate],
        now: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        Ok(Self {
            room: room(connection, brand, now).await?,
            distances: distances(connection, brand, candidates, now).await?,
        })
    }

    /// The last look before a mail is handed over, in the order in which they go.
    pub fn last_look(&mut self, brand: &Brand, candidate: &Candidate, now: DateTime<Utc>) -> Release {
        let mail = &candidate.message;
        let facts = ReleaseFacts {
            now,
            suppressed: candidate.suppressed,
            contact_status: candidate.contact.status,
            consent: candidate.contact.consent_basis,
            by_hand: mail.created_by.is_some(),
            deal: candidate.deal.map(|(status, visit, mode)| ReleaseDeal {
                status,
                mode,
                same_visit: mail.stage_visit.is_none_or(|written_for| written_for == visit),
            }),
            has_postal_address: !brand.postal_address.trim().is_empty(),
            opening: Office::of_contact(brand, &candidate.contact).next_open(now),
            full_until: None,
        };
        match release(&facts) {
            // Distances and caps are asked last, so that only a mail that would go takes a place.
            Release::Go => {
                let (contact, email) = (candidate.contact.id, &mail.to_email);
                let too_near = self.distances.too_near(contact, email, now).filter(|_| !facts.by_hand);
                let full_until = too_near.or_else(|| self.room.take());
                let found = release(&ReleaseFacts { full_until, ..facts });
                match (&found, too_near) {
                    (Release::Go, _) => self.distances.note(contact, email, now),
                    // The next one to the domain keeps its distance from this one's new slot.
                    (
                        Release::Wait { until, .. },
                        Some((_, SlotReason::DomainSpacing | SlotReason::ProviderSpacing)),
                    ) => {
                        self.distances.reserve(email, *until);
                    }
                    (Release::Wait { .. } | Release::Block { .. } | Release::Cancel { .. }, _) => {}
                }
                found
            }
            held => held,
        }
    }
}

async fn distances(
    connection: &mut Connection,
    brand: &Brand,
    candidates: &[Candidate],
    now: DateTime<Utc>,
) -> Result<Distances, Refused> {
    let mut distances = Distances::under(&caps_of(brand));
    let contacts: Vec<ContactId> = candidates.iter().map(|candidate| candidate.contact.id).collect();
    let since = now - distances.longest_between_domains();
    for mailed in message::mailed_lately(connection, brand.id, &contacts, since).await? {
        distances.note(mailed.contact, &mailed.email, mailed.at);
    }
    Ok(distances)
}

async fn room(connection: &mut Connection, brand: &Brand, now: DateTime<Utc>) -> Result<Room, Refused> {
    let office = Office::of(brand);
    let day_start = office.day_start(now);
    let lately = message::handed_over(connection, brand.id, now - TimeDelta::hours(1), day_start).await?;
    let sending_days = match brand.warmup_started_on {
        Some(from) => {
            let today = now.with_timezone(&office.zone).date_naive();
            database::autopilot::sending_days(connection, brand.id, from, today).await?
        }
        None => 0,
    };
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let sent = Sent {
        hour: number(lately.hour),
        oldest_in_hour: lately.oldest_in_hour,
        day: number(lately.day),
        sending_days,
    };
    Ok(Room::under(&caps_of(brand), &sent, now, day_start))
}

/// When to look again at what was put off, once for each moment.
pub(super) fn wakes(brand: &Brand, deferrals: &[Deferral], now: DateTime<Utc>) -> Vec<(String, f64)> {
    let mut moments: Vec<i64> =
        deferrals.iter().filter_map(|deferral| Some(deferral.scheduled_for?.timestamp())).collect();
    moments.sort_unstable();
    moments.dedup();
    moments
        .into_iter()
        .map(|at| (format!("deliver:{}:at:{at}", brand.id), (at - now.timestamp()).max(0) as f64 + 1.0))
        .collect()
}
