use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use database::brand::Brand;
use database::clock::Clock;
use database::{Connection, inbound};
use domain::InboundId;
use domain::reply::{Classification, InboundFacts, classify};
use mail::receive::Inbound;
use sha2::{Digest, Sha256};

use super::MatchedBy;
use super::matching::{self, Matched};
use super::office::zone;
use crate::Refused;

/// A mail claiming to be older than this has a broken clock.
const OLDEST: TimeDelta = TimeDelta::days(30);

/// A mail as the rules see it.
pub(super) struct Look {
    /// The mail's own, or one derived from its content.
    pub message_id: String,
    pub received_at: DateTime<Utc>,
    pub now: DateTime<Utc>,
    /// The day it came, in the brand's zone.
    pub today: NaiveDate,
    pub facts: InboundFacts,
    pub matched: Matched,
    /// What headers and lexicon make of it.
    pub found: Classification,
}

/// Whether there is anything to look at.
pub(super) enum Sight {
    New(Box<Look>),
    OwnMail,
    Known(InboundId),
}

/// Looks at a mail without changing anything.
pub(super) async fn look(
    connection: &mut Connection,
    clock: &Clock,
    brand: &Brand,
    mail: &Inbound,
) -> Result<Sight, Refused> {
    if matching::is_own(connection, brand, mail).await? {
        return Ok(Sight::OwnMail);
    }
    let message_id = mail.message_id.clone().unwrap_or_else(|| fingerprint(mail));
    if let Some(known) = inbound::find(connection, brand.id, &message_id).await? {
        return Ok(Sight::Known(known.id));
    }
    let now = clock.now();
    let received_at = mail.date.filter(|date| *date <= now && now - *date < OLDEST).unwrap_or(now);
    let matched = matching::find(connection, brand, mail).await?;
    let facts = mail.facts(matched.by == Some(MatchedBy::Thread));
    let today = received_at.with_timezone(&zone(brand, None)).date_naive();
    let found = classify(&facts, today);
    Ok(Sight::New(Box::new(Look { message_id, received_at, now, today, facts, matched, found })))
}

/// Stands in for the Message-ID of a mail that has none: the same for the same mail.
fn fingerprint(mail: &Inbound) -> String {
    let mut hash = Sha256::new();
    let date = mail.date.map(|date| date.to_rfc3339()).unwrap_or_default();
    for part in [mail.from.as_deref().unwrap_or_default(), &mail.subject, &mail.text, &date] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    for id in mail.related_ids() {
        hash.update(id.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    format!("{digest}@without-message-id")
}
