//! A mail's text and what the rules take from it.

use crate::contact::EmailAddress;
use crate::reply::InboundFacts;
use crate::reply::lexicon::{self, Clause, Pick};

/// The text and what the rules take from it.
pub(super) struct Letter<'a> {
    pub facts: &'a InboundFacts,
    pub visible: &'a str,
    /// Without the sign-off and what stands below it.
    pub body: &'a str,
    pub clauses: Vec<Clause>,
}

impl<'a> Letter<'a> {
    pub fn new(facts: &'a InboundFacts, visible: &'a str) -> Self {
        let body = before_sign_off(visible);
        Self { facts, visible, body, clauses: lexicon::clauses(body) }
    }

    /// The whole message, when it is a line or two, or the first line of it.
    pub fn consists_of(&self, pick: Pick) -> Option<&'static str> {
        let whole = self.clauses.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        let first = lexicon::clauses(self.body.lines().next().unwrap_or("")).concat().join(" ");
        let greeted = lexicon::all(|language| language.greetings)
            .find_map(|greeting| whole.strip_prefix(greeting)?.strip_prefix(' '));
        let bare = greeted.unwrap_or(&whole);
        lexicon::all(pick).find(|phrase| bare == *phrase || first == *phrase)
    }
}

pub(super) fn asks(letter: &Letter<'_>) -> bool {
    let marked = letter.body.split_whitespace().any(|word| word.contains('?') && !word.contains("://"));
    marked
        || letter.clauses.iter().any(|clause| {
            lexicon::all(|language| language.question_starts)
                .any(|start| lexicon::find(clause, start) == Some(0))
                && clause.len() >= 3
        })
}

/// An address in the text that isn't the writer's.
pub(super) fn other_address(letter: &Letter<'_>) -> Option<String> {
    letter
        .body
        .split(|c: char| {
            c.is_whitespace()
                || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"' | '\'' | '|')
        })
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | '!' | '?' | '*')))
        .filter(|word| word.contains('@'))
        .filter_map(|word| EmailAddress::parse(word).ok())
        .find(|address| !address.as_str().eq_ignore_ascii_case(letter.facts.from.trim()))
        .map(|address| address.as_str().to_owned())
}

/// What stands above "Kind regards,": titles, slogans and disclaimers below are not the writer's wish.
fn before_sign_off(text: &str) -> &str {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim().trim_end_matches([',', '.', '!']).to_lowercase();
        if start > 0 && lexicon::is_of(|language| language.closings, &words) {
            return text[..start].trim_end();
        }
        start += line.len();
    }
    text
}
