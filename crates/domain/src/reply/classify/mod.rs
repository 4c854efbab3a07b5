//! Headers first, then words. What neither settles stays below [`REVIEW_BELOW`] and is read by a person.

#[cfg(test)]
mod answers;
mod letter;
mod report;
#[cfg(test)]
mod tests;
mod wish;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::letter::{Letter, other_address};
use self::report::report;
use self::wish::{asks_to_stop, wish};
use super::bounce::BounceKind;
use super::lexicon;
use super::return_date::return_date;
use super::visible::visible_text;
use super::{InboundFacts, InboundKind, Intent};

/// Classifications less certain than this (share 0–1) go to the review queue.
pub const REVIEW_BELOW: f32 = 0.6;

/// What a mail is and what its writer wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classification {
    pub kind: InboundKind,
    pub intent: Intent,
    /// Share 0–1.
    pub confidence: f32,
    /// Which header or words decided, for the receipt.
    pub reason: String,
    /// First day back, of an out-of-office notice; never in the past.
    pub return_date: Option<NaiveDate>,
    /// The address that a referral names.
    pub referral: Option<String>,
    /// Whose fault a bounce is.
    pub bounce: Option<BounceKind>,
}

impl Classification {
    fn new(kind: InboundKind, intent: Intent, confidence: f32, reason: impl Into<String>) -> Self {
        Self {
            kind,
            intent,
            confidence,
            reason: reason.into(),
            return_date: None,
            referral: None,
            bounce: None,
        }
    }

    /// A person has to read it before anything is closed.
    pub fn needs_review(&self) -> bool {
        self.confidence < REVIEW_BELOW
    }
}

/// Classifies a mail. `today` is the date in the brand's zone.
pub fn classify(facts: &InboundFacts, today: NaiveDate) -> Classification {
    if let Some(found) = report(facts) {
        return found;
    }
    let visible = visible_text(&facts.text);
    let letter = Letter::new(facts, &visible);
    if let Some(header) = automatic_header(facts) {
        return automatic(&letter, header, today);
    }
    let subject_clauses = lexicon::clauses(&without_reply_marks(&facts.subject));
    let opening = subject_clauses.first().and_then(|clause| {
        let phrase = lexicon::all(|language| language.out_of_office_subjects)
            .find(|phrase| lexicon::find(clause, phrase) == Some(0))?;
        // "Re: Out of office furniture" answers a mail; a notice's own subject comes first.
        (!is_reply_subject(&facts.subject)).then_some(phrase)
    });
    if let Some(phrase) = opening {
        let in_body = lexicon::first_of(&letter.clauses, |language| language.out_of_office).is_some()
            || return_date(&visible, today).is_some();
        let marks_itself = names_automatic(phrase) || facts.return_path_empty;
        if in_body || marks_itself {
            return automatic(&letter, &format!("subject “{phrase}”"), today);
        }
    }
    let mut found = wish(&letter, today);
    if let Some(words) = acknowledgement(&letter, &found) {
        return Classification::new(InboundKind::AutoReply, Intent::Other, 0.8, words);
    }
    let bulk = facts
        .precedence
        .as_deref()
        .is_some_and(|value| matches!(value.trim().to_ascii_lowercase().as_str(), "bulk" | "junk"));
    // A newsletter's footer speaks of unsubscribing; a bare "STOP" comes from a person.
    let bare_stop = found.intent == Intent::Unsubscribe && found.confidence > 0.96;
    if (facts.list_headers || bulk) && !facts.answers_our_mail && !bare_stop {
        found.kind = InboundKind::Other;
        // A newsletter says "interested?" too. Somebody looks only when it sounds like an answer.
        let sounds_like_an_answer =
            matches!(found.intent, Intent::Interested | Intent::NotInterested) && !found.needs_review();
        found.confidence = if sounds_like_an_answer { 0.5 } else { 0.7 };
        found.intent = if sounds_like_an_answer { found.intent } else { Intent::Other };
        found.reason = format!("list or bulk mail; {}", found.reason);
    }
    found
}

/// Whether the writer's words speak of interest, whatever else they say.
pub(super) fn speaks_of_interest(facts: &InboundFacts) -> bool {
    let visible = visible_text(&facts.text);
    wish::speaks_of_interest(&Letter::new(facts, &visible))
}

/// An address in the writer's text that isn't their own.
pub(super) fn names_another(facts: &InboundFacts) -> Option<String> {
    let visible = visible_text(&facts.text);
    other_address(&Letter::new(facts, &visible))
}

/// A receipt that no header marks: a machine's words or address, and no wish. Somebody who says what they want from
/// such an address is still believed.
fn acknowledgement(letter: &Letter<'_>, found: &Classification) -> Option<String> {
    let wish = match found.intent {
        Intent::Unsubscribe | Intent::Complaint | Intent::Bounce | Intent::OutOfOffice | Intent::Referral => {
            true
        }
        Intent::Interested | Intent::NotInterested => !found.needs_review(),
        Intent::Question | Intent::Other => false,
    };
    if wish {
        return None;
    }
    let local = letter.facts.from.split('@').next().unwrap_or("").replace(['-', '_', '.'], "");
    if matches!(local.as_str(), "noreply" | "donotreply" | "dontreply" | "autoreply" | "autoresponder") {
        return Some(format!("written by {local}"));
    }
    let phrase = lexicon::first_of(&letter.clauses, |language| language.automatic)?;
    Some(format!("acknowledgement, says “{phrase}”"))
}

/// The header that marks a mail as automatic. `Precedence: list` and `bulk` don't: people write through lists.
fn automatic_header(facts: &InboundFacts) -> Option<&'static str> {
    let automatic = facts.auto_submitted.as_deref().map(|value| value.trim().to_ascii_lowercase());
    match automatic.as_deref() {
        Some(value) if value.starts_with("auto-replied") => return Some("Auto-Submitted: auto-replied"),
        Some(value) if value.starts_with("auto-") => return Some("Auto-Submitted: auto-generated"),
        _ => {}
    }
    let precedence = facts.precedence.as_deref().map(|value| value.trim().to_ascii_lowercase());
    if facts.auto_reply_header {
        Some("X-Autoreply")
    } else if matches!(precedence.as_deref(), Some("auto_reply" | "auto-reply")) {
        Some("Precedence: auto_reply")
    } else {
        None
    }
}

/// A machine answered: is the person away, gone, or is it only a receipt?
fn automatic(letter: &Letter<'_>, header: &str, today: NaiveDate) -> Classification {
    let kind = InboundKind::AutoReply;
    if let Some(phrase) = asks_to_stop(&letter.clauses, |language| language.unsubscribe_plain) {
        return Classification::new(kind, Intent::Unsubscribe, 0.7, format!("{header}, says “{phrase}”"));
    }
    if let Some(phrase) = lexicon::first_of(&letter.clauses, |language| language.has_left) {
        let mut found =
            Classification::new(kind, Intent::Referral, 0.85, format!("{header}, says “{phrase}”"));
        found.referral = other_address(letter);
        return found;
    }
    let subject = lexicon::clauses(&letter.facts.subject);
    let away_subject = lexicon::first_of(&subject, |language| language.out_of_office_subjects)
        .filter(|phrase| !names_automatic(phrase));
    let back = return_date(letter.visible, today);
    let away = lexicon::first_of(&letter.clauses, |language| language.out_of_office).or(away_subject);
    match (away, back) {
        (Some(phrase), _) => {
            let mut found =
                Classification::new(kind, Intent::OutOfOffice, 0.95, format!("{header}, says “{phrase}”"));
            found.return_date = back;
            found
        }
        (None, Some(date)) => {
            let mut found =
                Classification::new(kind, Intent::OutOfOffice, 0.8, format!("{header}, names {date}"));
            found.return_date = Some(date);
            found
        }
        (None, None) => Classification::new(kind, Intent::Other, 0.85, format!("{header}, nobody is away")),
    }
}

/// "Automatic reply" says that a machine wrote, not that anybody is away.
fn names_automatic(phrase: &str) -> bool {
    phrase.starts_with("auto") || phrase == "réponse automatique"
}

fn is_reply_subject(subject: &str) -> bool {
    without_reply_marks(subject).len() < subject.trim().len()
}

/// The subject without leading "Re:", "Fwd:", "AW:" …
fn without_reply_marks(subject: &str) -> String {
    let mut rest = subject.trim();
    loop {
        let mark = [
            "re:", "fw:", "fwd:", "aw:", "wg:", "sv:", "vs:", "re :", "tr:", "tr :", "rv:", "antw:", "ynt:",
            "res:", "rif:",
        ]
        .iter()
        .find(|mark| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)));
        match mark {
            Some(mark) => rest = rest[mark.len()..].trim_start(),
            None => return rest.to_owned(),
        }
    }
}
