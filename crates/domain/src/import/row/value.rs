//! Cells that are more than text.

use crate::contact::ConsentBasis;

/// Longest web address, in characters.
const LONGEST_URL: usize = 2_000;

/// An http or https address; a bare domain gets `https://`.
pub(super) fn web_address(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host_on = rest.unwrap_or(&lower).trim_start_matches("//");
    if rest.is_none() && lower.contains("://") {
        return None;
    }
    let host = host_on.split(['/', '?', '#', ':']).next().unwrap_or("");
    let plausible = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..")
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let clean = !text.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '\\' | '`'));
    let url = match rest {
        Some(_) => text.to_owned(),
        None => format!("https://{}", text.trim_start_matches('/')),
    };
    (plausible && clean && url.chars().count() <= LONGEST_URL).then_some(url)
}

pub(super) fn authority(text: &str) -> Option<i16> {
    let number: f64 = text.trim_end_matches('%').trim().parse().ok()?;
    // Within the range, so that the cast neither truncates nor wraps.
    (0.0..=100.0).contains(&number).then(|| number.round() as i16)
}

pub(super) fn consent(text: &str) -> Option<ConsentBasis> {
    let text = text.to_lowercase();
    let same = |basis: &&ConsentBasis| basis.as_str() == text || basis.label().to_lowercase() == text;
    ConsentBasis::ALL.iter().find(same).copied().or(match text.as_str() {
        "yes"
        | "opt-in"
        | "opt in"
        | "opted in"
        | "subscribed"
        | "consent"
        | "freely given consent from contact" => Some(ConsentBasis::Express),
        "inferred"
        | "customer"
        | "existing customer"
        | "client"
        | "inferred by relationship"
        | "performance of a contract" => Some(ConsentBasis::Relationship),
        "public" | "website" | "conspicuously published" | "conspicuous publication" => {
            Some(ConsentBasis::Published)
        }
        _ => None,
    })
}
