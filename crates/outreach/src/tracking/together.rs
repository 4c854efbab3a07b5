use std::collections::HashMap;

use chrono::{DateTime, Utc};
use database::event::{self, Rejudged, StoredHit};
use database::{Connection, Result};
use domain::engagement::EventKind;
use domain::tracking::{HitKind, HitReason, HitVerdict, Seen, together};
use domain::{EmailEventId, MessageId};

/// Newest hits of a mail that are judged together. Only a machine comes near.
const MOST: i64 = 200;

/// Judges all hits on these mails in the light of each other and corrects the verdicts that have become wrong. Returns
/// those corrected.
pub(super) async fn judge_together(
    connection: &mut Connection,
    mails: &[MessageId],
    now: DateTime<Utc>,
) -> Result<Vec<(EmailEventId, HitVerdict)>> {
    let stored = event::hits_of(connection, mails, MOST).await?;
    let mut by_mail: HashMap<MessageId, Vec<&StoredHit>> = HashMap::new();
    for hit in &stored {
        by_mail.entry(hit.message_id).or_default().push(hit);
    }
    let (mut corrections, mut answers) = (Vec::new(), Vec::new());
    for hits in by_mail.values() {
        let (hits, seen): (Vec<&StoredHit>, Vec<Seen<'_>>) =
            hits.iter().filter_map(|hit| Some((*hit, seen(hit)?))).unzip();
        for (hit, (verdict, reason)) in hits.into_iter().zip(together(&seen)) {
            if verdict == hit.verdict && reason.as_str() == hit.reason {
                continue;
            }
            answers.push((hit.id, HitVerdict::Counted(verdict, reason)));
            corrections.push(Rejudged {
                id: hit.id,
                message: hit.message_id,
                verdict,
                reason: reason.as_str(),
            });
        }
    }
    event::rejudge(connection, &corrections, now).await?;
    Ok(answers)
}

/// `None` for what no rule of ours has judged.
fn seen(hit: &StoredHit) -> Option<Seen<'_>> {
    Some(Seen {
        kind: kind(hit.kind)?,
        at: hit.at,
        user_agent: hit.user_agent.as_deref().unwrap_or_default(),
        origin: hit.origin.as_deref().unwrap_or_default(),
        url: hit.url.as_deref(),
        verdict: hit.first_verdict,
        reason: hit.first_reason.parse::<HitReason>().ok()?,
    })
}

const fn kind(kind: EventKind) -> Option<HitKind> {
    match kind {
        EventKind::Open => Some(HitKind::Open),
        EventKind::Click => Some(HitKind::Click),
        EventKind::Reply
        | EventKind::Bounce
        | EventKind::SoftBounce
        | EventKind::Complaint
        | EventKind::Unsubscribe => None,
    }
}
