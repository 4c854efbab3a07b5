use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use database::event::{self, HitContext, JudgedHit};
use database::{Connection, QueryError, Result};
use domain::engagement::EventKind;
use domain::tracking::{HitFacts, HitKind, HitVerdict, verdict};
use domain::{BrandId, EmailEventId, MessageId};

use super::together::judge_together;
use super::{Hit, Recorded, Touched};
use crate::Environment;

/// Judges hits and stores them in one transaction; what they tell about earlier hits on the same mails corrects the
/// verdicts on those. Answers come in the order of the hits, once all are stored.
///
/// # Errors
/// When the database fails; nothing has been stored then, and the same hits may be tried again.
pub async fn record(environment: &Environment, hits: &[Hit]) -> Result<(Vec<Recorded>, Touched)> {
    let brands: Vec<BrandId> =
        hits.iter().map(|hit| hit.brand).collect::<BTreeSet<_>>().into_iter().collect();
    let mut scope = environment.database().scoped(&brands).await?;
    let judged = judge(&mut scope, hits, environment.clock().now()).await?;
    scope.commit().await?;
    Ok(judged)
}

/// The same in an open transaction, whose scope decides which of the hits count.
pub(super) async fn judge(
    connection: &mut Connection,
    hits: &[Hit],
    now: DateTime<Utc>,
) -> Result<(Vec<Recorded>, Touched)> {
    let keys: Vec<_> = hits.iter().map(Hit::key).collect();
    let contexts = event::contexts(connection, &keys).await?;

    let mut answers: Vec<Recorded> = hits.iter().map(|_| Recorded { url: None, verdict: None }).collect();
    let mut judged = Vec::with_capacity(hits.len());
    let mut places: HashMap<EmailEventId, usize> = HashMap::with_capacity(hits.len());
    let mut touched = Touched::default();
    for context in contexts {
        let index = usize::try_from(context.position)
            .map_err(|error| QueryError::DeserializationError(error.into()))?;
        let (hit, answer) = (&hits[index], &mut answers[index]);
        // The token named both; a mail of another brand never answers to it.
        if hit.brand != context.brand_id {
            continue;
        }
        if context.counts && (hit.link.is_none() || context.url.is_some() || hit.on_honeypot()) {
            let found = verdict(&facts(hit, &context));
            answer.verdict = Some(found);
            if let HitVerdict::Counted(verdict, reason) = found {
                touched.add(context.brand_id, context.deal_id);
                places.insert(hit.id, index);
                judged.push(JudgedHit {
                    id: hit.id,
                    brand: context.brand_id,
                    message: context.message_id,
                    deal: context.deal_id,
                    kind: event_kind(hit.kind()),
                    verdict,
                    reason: reason.as_str(),
                    url: context.url.clone(),
                    user_agent: Some(&hit.request.user_agent).filter(|agent| !agent.is_empty()).cloned(),
                    origin: hit.origin.clone(),
                    at: hit.at,
                });
            }
        }
        answer.url = context.url;
    }
    if !judged.is_empty() {
        let mails: Vec<MessageId> = judged.iter().map(|hit| hit.message).collect();
        event::record_hits(connection, &judged).await?;
        for (id, found) in judge_together(connection, &mails, now).await? {
            if let Some(index) = places.get(&id) {
                answers[*index].verdict = Some(found);
            }
        }
    }
    Ok((answers, touched))
}

/// The hit alone: what others tell about it comes after.
fn facts(hit: &Hit, context: &HitContext) -> HitFacts {
    // A mail that is still being handed over has been read by nobody but the scanners on its way.
    let since_sent = context.sent_at.map_or(0, |sent| (hit.at - sent).num_milliseconds());
    HitFacts {
        kind: hit.kind(),
        method: hit.request.method.clone(),
        user_agent: hit.request.user_agent.clone(),
        purpose: hit.request.purpose.clone(),
        ms_since_sent: Some(since_sent),
        network: hit.request.network,
        links_within_2s: 1,
        honeypot: hit.on_honeypot(),
        own_session: hit.request.own_session,
        preview: false,
        opened_before: false,
    }
}

const fn event_kind(kind: HitKind) -> EventKind {
    match kind {
        HitKind::Open => EventKind::Open,
        HitKind::Click => EventKind::Click,
    }
}
