//! Names of people and companies, and what an address tells about them.

mod case;
mod domain;
mod guess;
mod words;

use serde::{Deserialize, Serialize};

pub(super) use case::recase;
pub use domain::humanise_domain;
pub use guess::guess_name;

use super::address::is_role_word;

/// A person's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// "Dr", "Ms" …; without a full stop.
    pub title: Option<String>,
    /// Blank when only a surname is known ("Dr Smith").
    pub first: String,
    pub last: Option<String>,
}

impl PersonName {
    /// Title, first and last name.
    pub fn full(&self) -> String {
        let parts = [self.title.as_deref(), Some(self.first.as_str()), self.last.as_deref()];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The words of a name that are written small between first and last name.
const PARTICLES: &[&str] = &[
    "de", "da", "di", "del", "della", "dos", "das", "du", "la", "le", "van", "von", "der", "den", "ter",
    "bin", "binti", "ibn", "al", "el", "st",
];

/// Splits "Priya Sharma", "Sharma, Priya", "Dr Smith" or "MARIA DE SOUZA".
///
/// Names in capitals or small letters are put in mixed case; mixed case is kept. `None` when the text is blank, a
/// team, a company, an address or otherwise no person.
pub fn split_full_name(text: &str) -> Option<PersonName> {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    if text.contains(['{', '}', '<', '>', '@', '=', '\\']) {
        return None;
    }
    // "Priya Sharma (Acme)" and "Priya Sharma | Acme".
    let text = text.split(['(', '|', '[', '/']).next().unwrap_or("").trim();
    let text = match text.split_once(',') {
        Some((last, first)) if !is_qualification(first) => format!("{first} {last}"),
        Some((name, _)) => name.to_owned(),
        None => text.to_owned(),
    };
    let mut words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(['"', '“', '”', '*', '.', ','])).collect();
    words.retain(|word| word.chars().any(char::is_alphabetic));
    if words.is_empty() || words.len() > 6 || !words.iter().all(|word| is_name_word(word)) {
        return None;
    }
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    if lower.iter().any(|word| is_team_word(word) || words::COMPANY_FORMS.contains(&word.as_str())) {
        return None;
    }
    let mixed = recase(&words.join(" "));
    let mut words: Vec<&str> = mixed.split(' ').collect();
    let mut title = None;
    while let Some(found) = words.first().and_then(|word| title_of(word)) {
        title.get_or_insert(found);
        words.remove(0);
    }
    let title = title.map(str::to_owned);
    let (first, last) = match words.as_slice() {
        [] => return None,
        // "Dr Smith", not "Hi Smith": with a title a lone name is a surname, unless the title is a knight's.
        [only] if title.as_deref().is_some_and(|title| !matches!(title, "Sir" | "Dame")) => ("", vec![*only]),
        [only] => (*only, vec![]),
        // "de Souza" alone is a surname too, but there is nothing better to call them by.
        [particle, ..] if PARTICLES.contains(&particle.to_lowercase().as_str()) && words.len() == 2 => {
            return Some(PersonName { title, first: words.join(" "), last: None });
        }
        [first, rest @ ..] => (*first, rest.to_vec()),
    };
    Some(PersonName { title, first: first.to_owned(), last: (!last.is_empty()).then(|| last.join(" ")) })
}

/// Words that say "several people". "Steamboat" contains "team" and isn't one.
pub(super) fn is_team_word(word: &str) -> bool {
    // "Hi", "It" and "Us" are names and parts of names.
    matches!(word, "department" | "dept" | "customer" | "group" | "unknown" | "test" | "n/a")
        || (word.len() > 3 && is_role_word(word))
}

fn is_name_word(word: &str) -> bool {
    word.chars().count() <= 40
        && word.chars().all(|c| match c {
            '\'' | '’' | '-' | '.' | '‘' | '`' => true,
            _ if c.is_ascii() => c.is_ascii_alphabetic(),
            _ => {
                !c.is_numeric()
                    && !c.is_control()
                    && !c.is_whitespace()
                    && !matches!(c, '\u{200e}'..='\u{202f}' | '\u{2066}'..='\u{2069}')
            }
        })
}

fn title_of(word: &str) -> Option<&'static str> {
    Some(match word.trim_end_matches('.').to_lowercase().as_str() {
        "mr" | "mister" => "Mr",
        "mrs" => "Mrs",
        "ms" => "Ms",
        "miss" => "Miss",
        "mx" => "Mx",
        "dr" | "doctor" => "Dr",
        "prof" | "professor" => "Prof",
        "sir" => "Sir",
        "dame" => "Dame",
        "madam" => "Madam",
        "rev" | "reverend" => "Rev",
        "hon" => "Hon",
        _ => return None,
    })
}

/// "Priya Sharma, CPA": what follows the comma is no first name.
fn is_qualification(text: &str) -> bool {
    const QUALIFICATIONS: &[&str] = &[
        "cpa", "ca", "mba", "phd", "md", "jp", "esq", "jr", "sr", "ii", "iii", "oam", "am", "ao", "bsc",
        "ba", "llb", "pmp",
    ];
    let word = text.trim().trim_end_matches('.').to_lowercase();
    word.is_empty()
        || word.split([' ', ',']).all(|word| QUALIFICATIONS.contains(&word.replace('.', "").as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(title: &str, first: &str, last: &str) -> Option<PersonName> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(PersonName { title: some(title), first: first.into(), last: some(last) })
    }

    #[test]
    fn names_are_split_and_put_in_mixed_case() {
        for (text, expected) in [
            ("Priya Sharma", name("", "Priya", "Sharma")),
            ("PRIYA SHARMA", name("", "Priya", "Sharma")),
            ("priya sharma", name("", "Priya", "Sharma")),
            ("Sharma, Priya", name("", "Priya", "Sharma")),
            ("Priya Sharma, CPA", name("", "Priya", "Sharma")),
            ("Maria de Souza", name("", "Maria", "de Souza")),
            ("MARIA DE SOUZA", name("", "Maria", "de Souza")),
            ("Ronald McDonald", name("", "Ronald", "McDonald")),
            ("RONALD MCDONALD", name("", "Ronald", "McDonald")),
            ("sean o'brien", name("", "Sean", "O'Brien")),
            ("Jean-luc Picard", name("", "Jean-luc", "Picard")),
            ("ANNE-MARIE LEE", name("", "Anne-Marie", "Lee")),
            ("Dr Smith", name("Dr", "", "Smith")),
            ("Dr. Priya Sharma", name("Dr", "Priya", "Sharma")),
            ("Sir Elton John", name("Sir", "Elton", "John")),
            ("Steamboat Willie", name("", "Steamboat", "Willie")),
            ("José Núñez", name("", "José", "Núñez")),
            ("प्रिया शर्मा", name("", "प्रिया", "शर्मा")),
            ("Priya Sharma (Acme)", name("", "Priya", "Sharma")),
            ("Madonna", name("", "Madonna", "")),
            ("", None),
            ("Sales Team", None),
            ("Acme Pty Ltd", None),
            ("Customer Support", None),
            ("Mr", None),
            ("priya@acme.com", None),
            ("John2024", None),
            ("<b>Priya</b>", None),
            ("{{ name }}", None),
            ("a b c d e f g h", None),
        ] {
            assert_eq!(split_full_name(text), expected, "{text}");
        }
    }

    #[test]
    fn the_full_name_reads_well() {
        assert_eq!(name("Dr", "", "Smith").map(|name| name.full()), Some("Dr Smith".into()));
        assert_eq!(name("", "Priya", "Sharma").map(|name| name.full()), Some("Priya Sharma".into()));
    }
}
