//! What a person wants, from their words.

use chrono::NaiveDate;

use crate::reply::lexicon::{self, Clause, Stance};
use crate::reply::return_date::return_date;
use crate::reply::{InboundKind, Intent};

use super::Classification;
use super::letter::{Letter, asks, other_address};

/// Words of a message that is no more than an order.
const SHORT_MESSAGE: usize = 20;

/// What a person wants.
pub(super) fn wish(letter: &Letter<'_>, today: NaiveDate) -> Classification {
    let reply = |intent, confidence, reason: String| {
        Classification::new(InboundKind::Reply, intent, confidence, reason)
    };
    if let Some(found) = unsubscribe(letter) {
        return found;
    }
    let says = |phrases| lexicon::first_of(&letter.clauses, phrases);
    if let Some(phrase) = says(lexicon::SOURCE_QUESTIONS) {
        return reply(Intent::Question, 0.55, format!("asks where the address is from (“{phrase}”)"));
    }
    if let Some(phrase) = says(lexicon::HAS_LEFT).or_else(|| says(lexicon::REFERRAL_PLAIN)) {
        let address = other_address(letter);
        let mut found =
            reply(Intent::Referral, if address.is_some() { 0.85 } else { 0.65 }, format!("says “{phrase}”"));
        found.referral = address;
        return found;
    }
    let refusal = refusal(letter);
    let consent = consent(letter);
    match (refusal, consent) {
        (Some((phrase, _)), Some((other, _))) => {
            return reply(Intent::NotInterested, 0.55, format!("says “{phrase}” and “{other}”"));
        }
        (Some((phrase, certainty)), None) => {
            return reply(Intent::NotInterested, certainty, format!("says “{phrase}”"));
        }
        (None, Some((phrase, certainty))) => {
            return reply(Intent::Interested, certainty, format!("says “{phrase}”"));
        }
        (None, None) => {}
    }
    if let Some(phrase) = says(lexicon::OUT_OF_OFFICE) {
        let mut found = reply(Intent::OutOfOffice, 0.75, format!("says “{phrase}”"));
        found.return_date = return_date(letter.visible, today);
        return found;
    }
    if let Some(address) = other_address(letter).filter(|_| says(lexicon::REFERRAL).is_some()) {
        let mut found = reply(Intent::Referral, 0.8, "names another address".into());
        found.referral = Some(address);
        return found;
    }
    if asks(letter) {
        return reply(Intent::Question, 0.75, "asks a question".into());
    }
    let reason = if letter.visible.is_empty() { "no text of their own" } else { "no phrase known" };
    reply(Intent::Other, 0.4, reason.into())
}

fn unsubscribe(letter: &Letter<'_>) -> Option<Classification> {
    let reply = |confidence, reason| {
        Some(Classification::new(InboundKind::Reply, Intent::Unsubscribe, confidence, reason))
    };
    // List-Unsubscribe by mailto arrives as a bare subject.
    let subject = lexicon::clauses(&letter.facts.subject).concat().join(" ");
    if let Some(word) = lexicon::STOP_ALONE.iter().find(|word| subject == **word) {
        return reply(0.97, format!("subject “{word}”"));
    }
    if let Some(word) = letter.consists_of(lexicon::STOP_ALONE) {
        return reply(0.97, format!("says “{word}”"));
    }
    if let Some(phrase) = asks_to_stop(&lexicon::clauses(letter.visible), lexicon::UNSUBSCRIBE_PLAIN) {
        let one_channel = letter.clauses.iter().any(|clause| {
            lexicon::find(clause, phrase).is_some()
                && lexicon::OTHER_CHANNELS.iter().any(|word| lexicon::find(clause, word).is_some())
        });
        return reply(if one_channel { 0.55 } else { 0.95 }, format!("says “{phrase}”"));
    }
    // "Not interested, stop": in a line or two, a clause of its own is meant.
    let short = letter.clauses.iter().map(Vec::len).sum::<usize>() <= SHORT_MESSAGE;
    let alone = letter
        .clauses
        .iter()
        .filter(|_| short)
        .map(|clause| clause.join(" "))
        .find(|clause| matches!(clause.as_str(), "stop" | "please stop" | "stop please"));
    if let Some(words) = alone {
        return reply(0.9, format!("says “{words}”"));
    }
    let word = asks_to_stop(&letter.clauses, lexicon::UNSUBSCRIBE_WORDS)?;
    reply(0.85, format!("says “{word}”"))
}

/// The first request in the text that isn't taken back, isn't someone else's, and isn't the topic.
pub(super) fn asks_to_stop(clauses: &[Clause], phrases: &[&'static str]) -> Option<&'static str> {
    clauses.iter().find_map(|clause| {
        phrases.iter().copied().find(|phrase| {
            lexicon::find(clause, phrase).is_some_and(|at| {
                let next = clause.get(at + phrase.split(' ').count());
                let topic = next.is_some_and(|word| lexicon::UNSUBSCRIBE_TOPICS.contains(&word.as_str()));
                // "If you no longer wish to receive …" is a footer's offer.
                let offer = (phrase.contains("receive") || lexicon::UNSUBSCRIBE_WORDS.contains(phrase))
                    && lexicon::find(&clause[..at].to_vec(), "if you").is_some();
                !topic && !offer && !lexicon::is_taken_back(clause, at)
            })
        })
    })
}

fn refusal(letter: &Letter<'_>) -> Option<(&'static str, f32)> {
    let later = lexicon::first_of(&letter.clauses, lexicon::LATER).is_some();
    let lower = |certainty: f32| if later { 0.55 } else { certainty };
    if let Some(word) = letter.consists_of(lexicon::NO_ALONE) {
        return Some((word, lower(0.8)));
    }
    let mut weak = None;
    for clause in &letter.clauses {
        if lexicon::NOT_A_REFUSAL.iter().any(|phrase| lexicon::find(clause, phrase).is_some()) {
            continue;
        }
        for phrase in lexicon::NOT_INTERESTED.iter().copied() {
            let Some(at) = lexicon::find(clause, phrase) else {
                continue;
            };
            match lexicon::stance(clause, at) {
                Stance::Plain if lexicon::NOT_INTERESTED_WEAK.contains(&phrase) => {
                    weak.get_or_insert((phrase, if letter.body.contains('?') { 0.55 } else { 0.7 }));
                }
                Stance::Plain => return Some((phrase, lower(0.92))),
                // "It's not that I'm not interested": a person decides.
                Stance::Negated | Stance::Unsettled => {
                    weak.get_or_insert((phrase, 0.5));
                }
            }
        }
        for phrase in lexicon::INTERESTED.iter().copied() {
            let negated = lexicon::find(clause, phrase)
                .is_some_and(|at| lexicon::stance(clause, at) == Stance::Negated);
            if negated && matches!(phrase, "interested" | "keen") {
                return Some((if phrase == "keen" { "not keen" } else { "not interested" }, lower(0.9)));
            }
            if negated {
                weak.get_or_insert((phrase, 0.55));
            }
        }
    }
    weak.map(|(phrase, certainty)| (phrase, lower(certainty)))
}

fn consent(letter: &Letter<'_>) -> Option<(&'static str, f32)> {
    if let Some(word) = letter.consists_of(lexicon::YES_ALONE) {
        return Some((word, 0.85));
    }
    let mut weak = None;
    for clause in &letter.clauses {
        for phrase in lexicon::INTERESTED.iter().copied() {
            if lexicon::find(clause, phrase).is_none_or(|at| lexicon::stance(clause, at) != Stance::Plain) {
                continue;
            }
            if !lexicon::INTERESTED_WEAK.contains(&phrase) {
                return Some((phrase, 0.9));
            }
            weak.get_or_insert((phrase, 0.7));
        }
    }
    weak
}
