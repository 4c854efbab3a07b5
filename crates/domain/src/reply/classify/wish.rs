//! What a person wants, from their words.

use chrono::NaiveDate;

use crate::reply::lexicon::{self, Clause, Pick, Stance};
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
    let says = |pick: Pick| lexicon::first_of(&letter.clauses, pick);
    if let Some(phrase) = says(|language| language.source_questions) {
        return reply(Intent::Question, 0.55, format!("asks where the address is from (“{phrase}”)"));
    }
    if let Some(phrase) =
        says(|language| language.has_left).or_else(|| says(|language| language.referral_plain))
    {
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
    if let Some(phrase) = says(|language| language.out_of_office) {
        let mut found = reply(Intent::OutOfOffice, 0.75, format!("says “{phrase}”"));
        found.return_date = return_date(letter.visible, today);
        return found;
    }
    if let Some(address) = other_address(letter).filter(|_| says(|language| language.referral).is_some()) {
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
    if let Some(word) = lexicon::all(|language| language.stop_alone).find(|word| subject == *word) {
        return reply(0.97, format!("subject “{word}”"));
    }
    if let Some(word) = letter.consists_of(|language| language.stop_alone) {
        return reply(0.97, format!("says “{word}”"));
    }
    if let Some(word) = asked_in_subject(letter) {
        return reply(0.9, format!("subject says “{word}”"));
    }
    if let Some(phrase) =
        asks_to_stop(&lexicon::clauses(letter.visible), |language| language.unsubscribe_plain)
    {
        let one_channel = letter.clauses.iter().any(|clause| {
            lexicon::find(clause, phrase).is_some()
                && lexicon::first_in(clause, |language| language.other_channels).is_some()
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
        .find_map(|clause| lexicon::all(|language| language.stop_alone).find(|words| *words == clause));
    if let Some(words) = alone {
        return reply(0.9, format!("says “{words}”"));
    }
    let word = asks_to_stop(&letter.clauses, |language| language.unsubscribe_words)?;
    reply(0.85, format!("says “{word}”"))
}

/// A wish in the subject of a mail that says nothing else, or in the subject of somebody who wrote first. A subject
/// that answers ours repeats our words.
fn asked_in_subject(letter: &Letter<'_>) -> Option<&'static str> {
    let subject = lexicon::clauses(&super::without_reply_marks(&letter.facts.subject));
    if letter.visible.is_empty() {
        let alone = |clause: &Clause| {
            // "Re: Old Shop on Desi Firms - UNSUBSCRIBE": dashes part no clauses.
            let words = clause.join(" ");
            lexicon::all(|language| language.unsubscribe_words)
                .chain(["stop", "remove"])
                .find(|word| words == *word || words.ends_with(&format!(" {word}")))
        };
        if let Some(word) = subject.iter().find_map(alone) {
            return Some(word);
        }
    }
    let new = !super::is_reply_subject(&letter.facts.subject);
    new.then(|| asks_to_stop(&subject, |language| language.unsubscribe_plain)).flatten()
}

/// The first request in the text that isn't taken back, isn't someone else's, and isn't the topic.
pub(super) fn asks_to_stop(clauses: &[Clause], pick: Pick) -> Option<&'static str> {
    clauses.iter().find_map(|clause| {
        lexicon::all(pick).find(|phrase| {
            lexicon::find(clause, phrase).is_some_and(|at| {
                let next = clause.get(at + words_of(phrase));
                let topic =
                    next.is_some_and(|word| lexicon::is_of(|language| language.unsubscribe_topics, word));
                // "If you no longer wish to receive …" is a footer's offer.
                let offer = (phrase.contains("receive")
                    || lexicon::is_of(|language| language.unsubscribe_words, phrase))
                    && lexicon::find(&clause[..at].to_vec(), "if you").is_some();
                !topic && !offer && !lexicon::is_taken_back(clause, at)
            })
        })
    })
}

fn words_of(phrase: &str) -> usize {
    phrase.split(' ').count()
}

fn refusal(letter: &Letter<'_>) -> Option<(&'static str, f32)> {
    let later = lexicon::first_of(&letter.clauses, |language| language.later).is_some();
    let lower = |certainty: f32| if later { 0.55 } else { certainty };
    if let Some(word) = letter.consists_of(|language| language.no_alone) {
        return Some((word, lower(0.8)));
    }
    let mut weak = None;
    for clause in &letter.clauses {
        if lexicon::first_in(clause, |language| language.not_a_refusal).is_some() {
            continue;
        }
        for phrase in lexicon::all(|language| language.not_interested) {
            let Some(at) = lexicon::find(clause, phrase) else {
                continue;
            };
            match lexicon::stance(clause, at, words_of(phrase)) {
                Stance::Plain if lexicon::is_of(|language| language.not_interested_weak, phrase) => {
                    weak.get_or_insert((phrase, if letter.body.contains('?') { 0.55 } else { 0.7 }));
                }
                Stance::Plain => return Some((phrase, lower(0.92))),
                // "It's not that I'm not interested": a person decides.
                Stance::Negated | Stance::Unsettled => {
                    weak.get_or_insert((phrase, 0.5));
                }
            }
        }
        for phrase in lexicon::all(|language| language.interested) {
            let negated = lexicon::find(clause, phrase)
                .is_some_and(|at| lexicon::stance(clause, at, words_of(phrase)) == Stance::Negated);
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
    if let Some(word) = letter.consists_of(|language| language.yes_alone) {
        return Some((word, 0.85));
    }
    // "I am SO interested. Not."
    let mocked = letter.clauses.iter().any(|clause| clause.len() == 1 && clause[0] == "not");
    let sure = |certainty| if mocked { 0.5 } else { certainty };
    let mut weak = None;
    for clause in &letter.clauses {
        for phrase in lexicon::all(|language| language.interested) {
            let plain = lexicon::find(clause, phrase)
                .is_some_and(|at| lexicon::stance(clause, at, words_of(phrase)) == Stance::Plain);
            if !plain {
                continue;
            }
            if !lexicon::is_of(|language| language.interested_weak, phrase) {
                return Some((phrase, sure(0.9)));
            }
            weak.get_or_insert((phrase, sure(0.7)));
        }
    }
    weak
}

/// A phrase of interest stands there and isn't negated, be it with an "if".
pub(super) fn speaks_of_interest(letter: &Letter<'_>) -> bool {
    let unnegated = |clause: &Clause, phrase: &str| {
        lexicon::find(clause, phrase)
            .is_some_and(|at| lexicon::stance(clause, at, words_of(phrase)) != Stance::Negated)
    };
    letter.consists_of(|language| language.yes_alone).is_some()
        || letter.clauses.iter().any(|clause| {
            lexicon::all(|language| language.interested).any(|phrase| unnegated(clause, phrase))
        })
}
