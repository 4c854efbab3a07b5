use serde::{Deserialize, Serialize};

use super::agent;
use crate::closed_set;
use crate::engagement::Verdict;

/// Nobody reads a mail this soon after it left, in milliseconds; scanners on the way do.
const TOO_SOON_MS: i64 = 2_000;
/// So many different links within two seconds are a scanner.
const SCANNED_LINKS: u32 = 3;

closed_set! {
    /// What was fetched.
    pub enum HitKind {
        Open = "open", "Open";
        Click = "click", "Click";
    }
}

closed_set! {
    /// Whose network a hit came from, by its address.
    pub enum Network {
        /// Nothing known against it.
        Ordinary = "ordinary", "Ordinary";
        ApplePrivacyProxy = "apple_privacy_proxy", "Apple privacy proxy";
        GoogleProxy = "google_proxy", "Google proxy";
        /// A mail security company.
        Scanner = "scanner", "Mail scanner";
        /// A hosting company: a scanner, or a person behind a VPN.
        DataCentre = "data_centre", "Data centre";
    }
}

closed_set! {
    /// Why a hit got its verdict.
    pub enum HitReason {
        OwnSession = "own_session", "Opened by a signed-in user";
        Preview = "preview", "Preview in the application";
        Honeypot = "honeypot", "Followed the hidden link";
        HeadRequest = "head_request", "HEAD request";
        OddMethod = "odd_method", "Not a browser’s request";
        Prefetch = "prefetch", "Fetched ahead";
        ScannerNetwork = "scanner_network", "Mail scanner’s network";
        KnownMachine = "known_machine", "Known program";
        TooSoon = "too_soon", "Within two seconds of sending";
        ManyLinks = "many_links", "Several links at once";
        ApplePrivacy = "apple_privacy", "Apple Mail privacy";
        NoUserAgent = "no_user_agent", "No user agent";
        DataCentre = "data_centre", "Data centre";
        GoogleProxy = "google_proxy", "Gmail";
        YahooProxy = "yahoo_proxy", "Yahoo Mail";
        Browser = "browser", "Browser or mail program";
        /// Learned later.
        ScannerBurst = "scanner_burst", "Part of a scanner’s visit";
        /// Learned later.
        Confirmed = "confirmed", "Confirmed by what the person did next";
    }
}

/// One request for a pixel or a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitFacts {
    pub kind: HitKind,
    /// HTTP method.
    pub method: String,
    /// Blank when absent.
    pub user_agent: String,
    /// Values of `Sec-Purpose`, `Purpose`, `X-Purpose` and `X-Moz`, in any order, joined.
    pub purpose: String,
    /// Milliseconds since the provider accepted the mail; `None` when unknown. Negative by clock skew.
    pub ms_since_sent: Option<i64>,
    pub network: Network,
    /// Different links of the mail hit within two seconds, this one included.
    pub links_within_2s: u32,
    /// The link that no person can see.
    pub honeypot: bool,
    /// The request carries a session of ours.
    pub own_session: bool,
    /// The mail was shown by the application (preview, mailbox, sent folder).
    pub preview: bool,
    /// A person has opened this mail before.
    pub opened_before: bool,
}

/// What a hit counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitVerdict {
    /// Ours: no event is stored.
    NotCounted(HitReason),
    /// An event is stored with this verdict.
    Counted(Verdict, HitReason),
}

/// Judges a hit. The first reason that applies decides.
pub fn verdict(hit: &HitFacts) -> HitVerdict {
    if hit.own_session {
        return HitVerdict::NotCounted(HitReason::OwnSession);
    }
    if hit.preview {
        return HitVerdict::NotCounted(HitReason::Preview);
    }
    if let Some(reason) = machine(hit) {
        return HitVerdict::Counted(Verdict::Machine, reason);
    }
    let (verdict, reason) = if agent::google_image_proxy(&hit.user_agent) {
        (Verdict::Human, HitReason::GoogleProxy)
    } else if agent::yahoo_mail_proxy(&hit.user_agent) {
        (Verdict::Human, HitReason::YahooProxy)
    } else if hit.user_agent.trim().is_empty() {
        (Verdict::Unknown, HitReason::NoUserAgent)
    } else {
        match hit.network {
            // Somebody who has opened the mail may well click from behind a VPN.
            Network::DataCentre if !(hit.kind == HitKind::Click && hit.opened_before) => {
                (Verdict::Unknown, HitReason::DataCentre)
            }
            // The proxy names itself; whatever else of Google's calls may well be checking links.
            Network::GoogleProxy => (Verdict::Unknown, HitReason::DataCentre),
            Network::DataCentre | Network::Ordinary | Network::ApplePrivacyProxy | Network::Scanner => {
                (Verdict::Human, HitReason::Browser)
            }
        }
    };
    HitVerdict::Counted(verdict, reason)
}

fn machine(hit: &HitFacts) -> Option<HitReason> {
    let method = hit.method.trim();
    let purpose = hit.purpose.to_ascii_lowercase();
    // Gmail's proxy announces a browser in its agent, and the two proxies of mail programs come from known networks.
    let proxied = agent::google_image_proxy(&hit.user_agent) || agent::yahoo_mail_proxy(&hit.user_agent);
    if hit.honeypot {
        Some(HitReason::Honeypot)
    } else if method.eq_ignore_ascii_case("HEAD") {
        Some(HitReason::HeadRequest)
    } else if !method.eq_ignore_ascii_case("GET") {
        Some(HitReason::OddMethod)
    } else if ["prefetch", "preview", "prerender"].iter().any(|word| purpose.contains(word))
        || (hit.network == Network::GoogleProxy && agent::gmail_prefetch(&hit.user_agent))
    {
        Some(HitReason::Prefetch)
    } else if hit.network == Network::Scanner {
        Some(HitReason::ScannerNetwork)
    } else if !proxied && agent::machine(&hit.user_agent) {
        Some(HitReason::KnownMachine)
    } else if hit.ms_since_sent.is_some_and(|ms| ms < TOO_SOON_MS) {
        Some(HitReason::TooSoon)
    } else if hit.kind == HitKind::Click && hit.links_within_2s >= SCANNED_LINKS {
        Some(HitReason::ManyLinks)
    } else if hit.kind == HitKind::Open
        && (hit.network == Network::ApplePrivacyProxy || agent::apple_privacy_proxy(&hit.user_agent))
    {
        Some(HitReason::ApplePrivacy)
    } else if hit.kind == HitKind::Click && hit.user_agent.trim().is_empty() {
        Some(HitReason::NoUserAgent)
    } else {
        None
    }
}

/// The better of two verdicts on one mail: later evidence may turn a machine's or unclear open into a person's, never
/// the other way round.
pub const fn better(known: Verdict, later: Verdict) -> Verdict {
    match (known, later) {
        (Verdict::Human, _) | (_, Verdict::Human) => Verdict::Human,
        (Verdict::Unknown, _) | (_, Verdict::Unknown) => Verdict::Unknown,
        (Verdict::Machine, Verdict::Machine) => Verdict::Machine,
    }
}

#[cfg(test)]
mod tests;
