use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::TimeDelta;
use database::event::{self, HitContext, JudgedHit, RecentClick};
use database::{QueryError, Result};
use domain::engagement::EventKind;
use domain::tracking::{HitFacts, HitKind, HitVerdict, verdict};
use domain::{BrandId, MessageId};

use super::{Hit, Recorded, Touched};
use crate::Environment;

/// Clicks this close together belong to one visit, of a person or a scanner.
const TOGETHER: TimeDelta = TimeDelta::seconds(2);
/// Longer user agents are cut: nobody reads them, and anybody can send them.
const LONGEST_AGENT: usize = 400;

/// Judges hits and stores them in one transaction. Answers come in the order of the hits, once all are stored.
///
/// # Errors
/// When the database fails; nothing has been stored then, and the same hits may be tried again.
pub async fn record(environment: &Environment, hits: &[Hit]) -> Result<(Vec<Recorded>, Touched)> {
    let brands: Vec<BrandId> =
        hits.iter().map(|hit| hit.brand).collect::<BTreeSet<_>>().into_iter().collect();
    let mut scope = environment.database().scoped(&brands).await?;
    let keys: Vec<_> = hits.iter().map(Hit::key).collect();
    let contexts = event::contexts(&mut scope, &keys).await?;
    let clicks = clicks_around(&mut scope, hits, &contexts).await?;

    let mut answers: Vec<Recorded> = hits.iter().map(|_| Recorded { url: None, verdict: None }).collect();
    let mut judged = Vec::with_capacity(hits.len());
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
            let found = verdict(&facts(hit, &context, clicks.get(&hit.message)));
            answer.verdict = Some(found);
            if let HitVerdict::Counted(verdict, reason) = found {
                touched.add(context.brand_id, context.deal_id);
                judged.push(JudgedHit {
                    id: hit.id,
                    brand: context.brand_id,
                    message: context.message_id,
                    deal: context.deal_id,
                    kind: event_kind(hit.kind()),
                    verdict,
                    reason: reason.as_str(),
                    url: context.url.clone(),
                    user_agent: agent(&hit.request.user_agent),
                    at: hit.at,
                });
            }
        }
        answer.url = context.url;
    }
    if !judged.is_empty() {
        event::record_hits(&mut scope, &judged).await?;
    }
    scope.commit().await?;
    Ok((answers, touched))
}

/// The clicks on each mail shortly before and among the hits.
async fn clicks_around(
    connection: &mut database::Connection,
    hits: &[Hit],
    contexts: &[HitContext],
) -> Result<HashMap<MessageId, Vec<RecentClick>>> {
    let clicks: Vec<&Hit> = hits.iter().filter(|hit| hit.link.is_some()).collect();
    let Some(earliest) = clicks.iter().map(|hit| hit.at).min() else {
        return Ok(HashMap::new());
    };
    let messages: Vec<MessageId> =
        clicks.iter().map(|hit| hit.message).collect::<BTreeSet<_>>().into_iter().collect();
    let mut around: HashMap<MessageId, Vec<RecentClick>> = HashMap::new();
    for click in event::recent_clicks(connection, &messages, earliest - TOGETHER).await? {
        around.entry(click.message_id).or_default().push(click);
    }
    for context in contexts {
        let hit = usize::try_from(context.position).ok().and_then(|index| hits.get(index));
        if let Some(hit) = hit.filter(|hit| hit.link.is_some()) {
            let click = RecentClick { message_id: hit.message, url: context.url.clone(), at: hit.at };
            around.entry(hit.message).or_default().push(click);
        }
    }
    Ok(around)
}

fn facts(hit: &Hit, context: &HitContext, clicks: Option<&Vec<RecentClick>>) -> HitFacts {
    let links: HashSet<&str> = clicks
        .into_iter()
        .flatten()
        .filter(|click| (click.at - hit.at).abs() <= TOGETHER)
        .filter_map(|click| click.url.as_deref())
        .collect();
    HitFacts {
        kind: hit.kind(),
        method: hit.request.method.clone(),
        user_agent: hit.request.user_agent.clone(),
        purpose: hit.request.purpose.clone(),
        ms_since_sent: context.sent_at.map(|sent| (hit.at - sent).num_milliseconds()),
        network: hit.request.network,
        links_within_2s: u32::try_from(links.len()).unwrap_or(u32::MAX),
        honeypot: hit.on_honeypot(),
        own_session: hit.request.own_session,
        preview: false,
        opened_before: context.opened,
    }
}

const fn event_kind(kind: HitKind) -> EventKind {
    match kind {
        HitKind::Open => EventKind::Open,
        HitKind::Click => EventKind::Click,
    }
}

fn agent(text: &str) -> Option<String> {
    let cut: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect();
    (!cut.is_empty()).then_some(cut)
}
