//! What an AI's opinion is worth, once headers and words have left a mail open.
//!
//! It may settle what the rules are unsure of and nothing else: it never overrides a header, never suppresses an address,
//! and never ends a deal with somebody whose words speak of interest.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::classify::{names_another, speaks_of_interest};
use super::return_date::return_date;
use super::visible::visible_text;
use super::{Classification, InboundFacts, InboundKind, Intent, REVIEW_BELOW};

/// What an AI may answer. Bounces and complaints are for headers to tell.
pub const READINGS: &[Intent] = &[
    Intent::Interested,
    Intent::NotInterested,
    Intent::Question,
    Intent::OutOfOffice,
    Intent::Referral,
    Intent::Unsubscribe,
    Intent::Other,
];

/// Opinions less certain than this (share 0–1) settle nothing.
pub const BELIEVED_FROM: f32 = 0.75;
/// The same for opinions after which nobody looks: the deal ends, or goes on by itself.
pub const BELIEVED_ALONE_FROM: f32 = 0.85;
/// An opinion that is only a suggestion: below [`REVIEW_BELOW`], so that a person reads the mail.
const SUGGESTED: f32 = 0.55;

/// What an AI takes a mail for.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// One of [`READINGS`].
    pub intent: Intent,
    /// Share 0–1, by its own account.
    pub confidence: f32,
    /// Which model said so.
    pub model: String,
}

/// Whether an AI may be asked about a mail: a person's own words, of which the rules are unsure.
///
/// Words of unsubscribing stand as they are, and whoever asks where we have their address from hears from a person.
pub fn may_ask(found: &Classification, facts: &InboundFacts) -> bool {
    let open = match found.intent {
        Intent::Interested
        | Intent::NotInterested
        | Intent::OutOfOffice
        | Intent::Referral
        | Intent::Other => true,
        Intent::Unsubscribe | Intent::Question | Intent::Bounce | Intent::Complaint => false,
    };
    open && found.kind == InboundKind::Reply && found.needs_review() && !visible_text(&facts.text).is_empty()
}

/// The classification with an AI's opinion weighed in. `today` is the date in the brand's zone.
///
/// A mail that an AI may not be asked about keeps what the rules found.
pub fn with_opinion(
    found: Classification,
    facts: &InboundFacts,
    today: NaiveDate,
    opinion: &Opinion,
) -> Classification {
    if !may_ask(&found, facts) {
        return found;
    }
    let said = format!(
        "AI ({}): {}, {:.0} % sure",
        opinion.model,
        opinion.intent.label().to_lowercase(),
        opinion.confidence * 100.0
    );
    let confidence = match weight(facts, opinion) {
        Weight::Settles => opinion.confidence.min(1.0),
        Weight::Suggests => opinion.confidence.clamp(0.0, SUGGESTED),
        Weight::Nothing => return Classification { reason: format!("{}; {said}", found.reason), ..found },
    };
    let visible = visible_text(&facts.text);
    let away = opinion.intent == Intent::OutOfOffice;
    let refers = opinion.intent == Intent::Referral;
    Classification {
        kind: found.kind,
        intent: opinion.intent,
        confidence,
        reason: format!("{said}; the rules: {}", found.reason),
        return_date: away.then(|| return_date(&visible, today)).flatten(),
        referral: refers.then(|| names_another(facts)).flatten(),
        bounce: None,
    }
}

/// What follows from an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Settles,
    /// A person reads the mail, and sees this reading of it.
    Suggests,
    Nothing,
}

fn weight(facts: &InboundFacts, opinion: &Opinion) -> Weight {
    let sure_from = |least: f32| {
        // A share that is no number is no certainty.
        if opinion.confidence >= least { Weight::Settles } else { Weight::Nothing }
    };
    match opinion.intent {
        Intent::Interested | Intent::Question | Intent::Referral | Intent::Other => sure_from(BELIEVED_FROM),
        Intent::NotInterested | Intent::OutOfOffice if speaks_of_interest(facts) => Weight::Nothing,
        Intent::NotInterested | Intent::OutOfOffice => sure_from(BELIEVED_ALONE_FROM),
        Intent::Unsubscribe if opinion.confidence >= BELIEVED_FROM => Weight::Suggests,
        Intent::Unsubscribe | Intent::Bounce | Intent::Complaint => Weight::Nothing,
    }
}

// A suggestion that settles something would suppress addresses.
const _: () = assert!(SUGGESTED < REVIEW_BELOW && REVIEW_BELOW <= BELIEVED_FROM);
