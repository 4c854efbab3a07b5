//! Words and phrases that say what a writer wants. A language is a table: [`Language`].
//!
//! Matching is by whole words inside one clause, so that "interested" is not found in "disinterested", and a "not"
//! in one clause doesn't reach into the next.

mod english;
mod french;
mod german;
mod hindi;
mod language;

pub(super) use language::Pick;
use language::{LANGUAGES, Language};

/// A clause: its words, lower case, without apostrophes.
pub(super) type Clause = Vec<String>;

/// Lines shorter than this end where the writer pressed Return; longer ones were wrapped by the mail program.
const WRAPPED_FROM: usize = 45;

/// Splits a text at sentence marks, commas, ends of short lines, and "but".
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let mut all = vec![Clause::new()];
    let mut word = String::new();
    for c in unwrap_lines(&text.to_lowercase()).chars().chain(std::iter::once('\n')) {
        if matches!(c, '\'' | '’' | '‘' | '`') {
            continue;
        }
        if c.is_alphanumeric() || c == '@' {
            word.push(c);
            continue;
        }
        let finished = std::mem::take(&mut word);
        let breaks = matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '(' | ')' | '–' | '—')
            || finished == "but";
        if let Some(clause) = all.last_mut().filter(|_| !finished.is_empty() && finished != "but") {
            clause.push(finished);
        }
        if breaks && all.last().is_some_and(|clause| !clause.is_empty()) {
            all.push(Clause::new());
        }
    }
    all.retain(|clause| !clause.is_empty());
    all
}

fn unwrap_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        joined.push_str(line);
        joined.push(if line.chars().count() < WRAPPED_FROM { '\n' } else { ' ' });
    }
    joined
}

/// Where a phrase (words parted by single spaces) begins in a clause.
pub(super) fn find(clause: &Clause, phrase: &str) -> Option<usize> {
    let words: Vec<&str> = phrase.split(' ').collect();
    clause.windows(words.len()).position(|window| window.iter().zip(&words).all(|(a, b)| a == b))
}

/// The phrases of one kind, in every language.
pub(super) fn all(pick: Pick) -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().flat_map(move |language| pick(language).iter().copied())
}

/// Whether a phrase is of a kind.
pub(super) fn is_of(pick: Pick, phrase: &str) -> bool {
    all(pick).any(|other| other == phrase)
}

/// The first phrase of a kind in the text.
pub(super) fn first_of(clauses: &[Clause], pick: Pick) -> Option<&'static str> {
    clauses.iter().find_map(|clause| first_in(clause, pick))
}

/// The first phrase of a kind in a clause.
pub(super) fn first_in(clause: &Clause, pick: Pick) -> Option<&'static str> {
    all(pick).find(|phrase| find(clause, phrase).is_some())
}

/// How a clause qualifies the phrase that starts at `at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    Plain,
    /// "not", "don't", "no longer" … shortly before.
    Negated,
    /// "if", "are you", "whether", "not sure" … before: says nothing either way.
    Unsettled,
}

/// Looks at the words before the phrase of `length` words at `at`, and at the ones after it where a language negates
/// there.
pub(super) fn stance(clause: &Clause, at: usize, length: usize) -> Stance {
    const UNSETTLED: &[&str] = &[
        "if",
        "whether",
        "should",
        "not sure",
        "unsure",
        "are you",
        "is anyone",
        "anyone",
        "might be",
        "would you",
        "do you",
        "not that",
        "not only",
        "could be",
        "not saying",
        "may be",
        "someone",
        "people",
        "until",
        "when",
    ];
    const HARMLESS: &[&str] =
        &["no problem", "no worries", "no doubt", "no hesitation", "cant wait", "why not", "not a problem"];
    let before = &clause[..at].to_vec();
    if HARMLESS.iter().any(|phrase| find(before, phrase).is_some()) {
        return Stance::Plain;
    }
    if UNSETTLED.iter().any(|phrase| find(before, phrase).is_some()) {
        return Stance::Unsettled;
    }
    let near = &before[before.len().saturating_sub(6)..];
    let after = &clause[(at + length).min(clause.len())..(at + length + 2).min(clause.len())];
    let negated = near.iter().any(|word| is_of(|language| language.negations, word))
        || after.iter().any(|word| is_of(|language| language.negations_after, word));
    if negated { Stance::Negated } else { Stance::Plain }
}

/// Somebody asks not to be dropped ("please don't remove me"). An "if" before makes it a threat instead.
pub(super) fn is_taken_back(clause: &Clause, at: usize) -> bool {
    let before: Vec<&str> = clause[..at]
        .iter()
        .map(String::as_str)
        .filter(|word| !matches!(*word, "want" | "wish" | "need" | "to" | "please" | "just" | "you"))
        .collect();
    before.last().is_some_and(|word| matches!(*word, "dont" | "not" | "didnt")) && !before.contains(&"if")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_break_at_marks_and_but() {
        let clauses = clauses("We're not sure, but I'm interested. Call me!");
        assert_eq!(clauses, [vec!["were", "not", "sure"], vec!["im", "interested"], vec!["call", "me"]]);
    }

    #[test]
    fn phrases_match_whole_words() {
        let clause = &clauses("disinterested parties")[0];
        assert_eq!(find(clause, "interested"), None);
        assert_eq!(find(clause, "interested parties"), None);
        assert_eq!(find(clause, "disinterested parties"), Some(0));
    }

    #[test]
    fn stance_reads_the_words_before() {
        let of = |text: &str| {
            let clause = &clauses(text)[0];
            stance(clause, find(clause, "interested").expect("the phrase"), 1)
        };
        assert_eq!(of("I am interested"), Stance::Plain);
        assert_eq!(of("I don't think we'd be interested"), Stance::Negated);
        assert_eq!(of("we are no longer interested"), Stance::Negated);
        assert_eq!(of("if we are interested we will call"), Stance::Unsettled);
        assert_eq!(of("are you interested in SEO"), Stance::Unsettled);
    }

    #[test]
    fn every_phrase_is_written_as_it_is_matched() {
        for language in LANGUAGES {
            for phrase in language.all().into_iter().flatten() {
                assert_eq!(clauses(phrase).first().map(|words| words.join(" ")).as_deref(), Some(*phrase));
            }
            for weak in language.interested_weak {
                assert!(language.interested.contains(weak), "{weak}");
            }
            for weak in language.not_interested_weak {
                assert!(language.not_interested.contains(weak), "{weak}");
            }
        }
    }
}
