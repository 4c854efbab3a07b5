//! What the hits on one mail say about each other, whatever the order they became known in.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::{HitKind, HitReason, agent};
use crate::engagement::Verdict;

/// A scanner's visit: what the same caller fetches this long before and after a sure sign was fetched by the machine.
const VISIT: TimeDelta = TimeDelta::seconds(10);
/// So many different links of one mail within [`AT_ONCE`] are followed by a machine.
const SCANNED_LINKS: usize = 3;
const AT_ONCE: TimeDelta = TimeDelta::seconds(2);
/// Who opens a mail and means to, clicks within this time.
const READING: TimeDelta = TimeDelta::minutes(5);

/// A hit with the verdict it got when it was looked at alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<'a> {
    pub kind: HitKind,
    /// UTC.
    pub at: DateTime<Utc>,
    /// Empty when absent.
    pub user_agent: &'a str,
    /// Names the network the hit came from, without telling which it is; empty when unknown.
    pub origin: &'a [u8],
    /// Target of the link.
    pub url: Option<&'a str>,
    pub verdict: Verdict,
    pub reason: HitReason,
}

/// Judges the hits on one mail together. Gives a verdict for each, in order; the hits may come in any order.
///
/// Three rules, in this order: many links at once are a machine's; what the caller of a sure sign of a machine fetches
/// during that visit is the machine's, too; and what was unclear is a person's when a person's hit confirms it.
pub fn together(hits: &[Seen<'_>]) -> Vec<(Verdict, HitReason)> {
    let mut judged: Vec<(Verdict, HitReason)> = hits.iter().map(|hit| (hit.verdict, hit.reason)).collect();
    for place in at_once(hits) {
        if judged[place].0 != Verdict::Machine {
            judged[place] = (Verdict::Machine, HitReason::ManyLinks);
        }
    }
    let signs: Vec<(&Seen<'_>, Sign)> =
        hits.iter().zip(&judged).filter_map(|(hit, (_, reason))| Some((hit, sign(*reason)?))).collect();
    for (hit, verdict) in hits.iter().zip(&mut judged) {
        let exempt = verdict.0 == Verdict::Machine || is_mail_proxy(hit.user_agent);
        if !exempt && signs.iter().any(|(evidence, sign)| same_visit(hit, evidence, *sign)) {
            *verdict = (Verdict::Machine, HitReason::ScannerBurst);
        }
    }
    let persons: Vec<&Seen<'_>> = hits
        .iter()
        .zip(&judged)
        .filter(|(_, (verdict, _))| *verdict == Verdict::Human)
        .map(|(hit, _)| hit)
        .collect();
    for (hit, verdict) in hits.iter().zip(&mut judged) {
        if verdict.0 == Verdict::Unknown && persons.iter().any(|person| confirms(person, hit)) {
            *verdict = (Verdict::Human, HitReason::Confirmed);
        }
    }
    judged
}

/// Whom a sure sign of a machine convicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// The same program or the same network.
    Caller,
    /// The same program only: in one network people and machines live side by side.
    Program,
}

fn sign(reason: HitReason) -> Option<Sign> {
    match reason {
        HitReason::Honeypot
        | HitReason::ScannerNetwork
        | HitReason::KnownMachine
        | HitReason::TooSoon
        | HitReason::ManyLinks => Some(Sign::Caller),
        HitReason::HeadRequest | HitReason::OddMethod => Some(Sign::Program),
        // A person's own browser fetches ahead, and Apple's proxy stands for people.
        HitReason::Prefetch
        | HitReason::ApplePrivacy
        | HitReason::NoUserAgent
        | HitReason::DataCentre
        | HitReason::GoogleProxy
        | HitReason::YahooProxy
        | HitReason::Browser
        | HitReason::OwnSession
        | HitReason::Preview
        | HitReason::ScannerBurst
        | HitReason::Confirmed => None,
    }
}

/// Gmail's and Yahoo's picture proxies fetch when a person opens the mail, wherever a scanner is at that moment.
fn is_mail_proxy(user_agent: &str) -> bool {
    agent::google_image_proxy(user_agent) || agent::yahoo_mail_proxy(user_agent)
}

fn same_visit(hit: &Seen<'_>, evidence: &Seen<'_>, sign: Sign) -> bool {
    let near = (hit.at - evidence.at).abs() <= VISIT;
    near && match sign {
        Sign::Caller => same_program(hit, evidence) || same_network(hit, evidence),
        Sign::Program => same_program(hit, evidence),
    }
}

fn same_program(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    !one.user_agent.is_empty() && one.user_agent == other.user_agent
}

fn same_network(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    !one.origin.is_empty() && one.origin == other.origin
}

fn confirms(person: &Seen<'_>, hit: &Seen<'_>) -> bool {
    match (person.kind, hit.kind) {
        // Somebody who has opened the mail may well click from behind a VPN.
        (HitKind::Open, HitKind::Click) => person.at <= hit.at,
        (HitKind::Click, HitKind::Open) => {
            same_network(person, hit) || (hit.at <= person.at && person.at - hit.at <= READING)
        }
        (HitKind::Open, HitKind::Open) | (HitKind::Click, HitKind::Click) => false,
    }
}

/// The places of clicks that stand in a span of two seconds with three different links.
fn at_once(hits: &[Seen<'_>]) -> HashSet<usize> {
    let mut clicks: Vec<(DateTime<Utc>, &str, usize)> = hits
        .iter()
        .enumerate()
        .filter(|(_, hit)| hit.kind == HitKind::Click)
        .filter_map(|(place, hit)| Some((hit.at, hit.url?, place)))
        .collect();
    clicks.sort_unstable();
    let mut scanned = HashSet::new();
    for start in 0..clicks.len() {
        let span = &clicks[start..];
        let span = &span[..span.partition_point(|(at, ..)| *at - clicks[start].0 <= AT_ONCE)];
        if span.iter().map(|(_, url, _)| url).collect::<HashSet<_>>().len() >= SCANNED_LINKS {
            scanned.extend(span.iter().map(|(.., place)| *place));
        }
    }
    scanned
}

#[cfg(test)]
#[path = "burst_tests.rs"]
mod tests;
