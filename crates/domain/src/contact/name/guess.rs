use super::PersonName;
use super::domain::{capitalise, registered_label};
use super::words::{GIVEN, PLACES, SURNAMES, TRADES};
use crate::contact::address::is_role_address;

/// Longest unknown word that is believed to be one given name.
const LONGEST_UNKNOWN: usize = 9;

/// The person behind an address, if its local part names one.
///
/// `priya.sharma` → Priya Sharma, `john2024` → John, `rajeshk` → Rajesh. `None` for functions (`info.sydney`), places,
/// the company itself, trades, initials (`j.smith`) and anything unpronounceable: a wrong name is worse than none.
pub fn guess_name(local_part: &str, domain: &str) -> Option<PersonName> {
    if is_role_address(local_part) {
        return None;
    }
    let local = local_part.split('+').next().unwrap_or("").to_lowercase();
    let words: Vec<String> = local
        .split(['.', '_', '-'])
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.iter().any(|word| word.contains(|c: char| c.is_numeric())) {
        return None;
    }
    let company = registered_label(domain);
    let company = company.replace(['-', '_'], "");
    if words.concat() == company || (words.len() == 1 && is_part_of_company(&words[0], &company)) {
        return None;
    }
    if words.iter().any(|word| is_place(word) || is_trade(word)) {
        return None;
    }
    let (first, rest) = words.split_first()?;
    if first.chars().count() == 1 {
        return None;
    }
    if rest.is_empty() {
        return single(first);
    }
    if !pronounceable(first) && !GIVEN.contains(&first.as_str()) {
        return None;
    }
    let last: Vec<String> =
        rest.iter().filter(|word| word.chars().count() > 1).map(|word| surname(word)).collect();
    // `sharma.priya`: Indian offices often put the surname first.
    if let [only] = rest
        && SURNAMES.contains(&first.as_str())
        && !GIVEN.contains(&first.as_str())
        && GIVEN.contains(&only.as_str())
    {
        return Some(person(only, Some(capitalise(first))));
    }
    Some(person(first, (!last.is_empty()).then(|| last.join(" "))))
}

/// Whether a word of a local part is a town, state or direction.
fn is_place(word: &str) -> bool {
    PLACES.contains(&word)
}

fn is_trade(word: &str) -> bool {
    TRADES.iter().any(|(trade, _)| {
        word == *trade
            || (trade.len() >= 5 && word.strip_suffix(trade).is_some_and(|front| front.chars().count() >= 2))
    })
}

/// `sharma@sharmasweets.com.au` may be anybody; `acme@acmegroup.com` is nobody.
fn is_part_of_company(word: &str, company: &str) -> bool {
    word.len() >= 4 && company.starts_with(word) && !GIVEN.contains(&word)
}

fn single(word: &str) -> Option<PersonName> {
    if GIVEN.contains(&word) {
        return Some(person(word, None));
    }
    if SURNAMES.contains(&word) {
        return None;
    }
    // The longest known name that begins the word: `priyankasharma` is Priyanka, not Priya.
    let known =
        GIVEN.iter().filter(|name| name.len() >= 4 && word.starts_with(**name)).max_by_key(|name| name.len());
    if let Some(name) = known {
        let rest = &word[name.len()..];
        if SURNAMES.contains(&rest) {
            return Some(person(name, Some(capitalise(rest))));
        }
        let initials = rest.len() <= 2 && !rest.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        if initials && name.len() >= 5 {
            return Some(person(name, None));
        }
    }
    let length = word.chars().count();
    ((3..=LONGEST_UNKNOWN).contains(&length) && pronounceable(word)).then(|| person(word, None))
}

/// Vowels, no four consonants in a row, no letter three times.
fn pronounceable(word: &str) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii();
    let mut run = 0;
    let mut previous = ['\0'; 2];
    let mut vowels = 0;
    for c in word.chars() {
        if !c.is_alphabetic() && c != '\'' || (c == previous[0] && c == previous[1]) {
            return false;
        }
        run = if vowel(c) { 0 } else { run + 1 };
        vowels += usize::from(vowel(c));
        if run > 3 {
            return false;
        }
        previous = [previous[1], c];
    }
    vowels > 0 && word.chars().count() >= 2
}

fn surname(word: &str) -> String {
    if super::PARTICLES.contains(&word) { word.to_owned() } else { super::recase(word) }
}

fn person(first: &str, last: Option<String>) -> PersonName {
    PersonName { title: None, first: super::recase(first), last }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_are_told_from_functions_places_and_companies() {
        for (local, domain, expected) in [
            ("priya.sharma", "acme.com", "Priya Sharma"),
            ("priya_sharma", "gmail.com", "Priya Sharma"),
            ("sharma.priya", "acme.com", "Priya Sharma"),
            ("priya", "acme.com", "Priya"),
            ("priya+crm", "acme.com", "Priya"),
            ("john2024", "gmail.com", "John"),
            ("1985.raj", "gmail.com", "Raj"),
            ("raj.k", "gmail.com", "Raj"),
            ("maria.de.souza", "acme.com", "Maria de Souza"),
            ("ronald.mcdonald", "acme.com", "Ronald McDonald"),
            ("rajeshk", "gmail.com", "Rajesh"),
            ("satishph", "gmail.com", "Satish"),
            ("priyasharma", "gmail.com", "Priya Sharma"),
            ("priyankasharma", "gmail.com", "Priyanka Sharma"),
            ("rajeshwari", "gmail.com", "Rajeshwari"),
            ("jo.smith", "acme.com", "Jo Smith"),
            ("info", "acme.com", ""),
            ("info.sydney", "acme.com", ""),
            ("sydney", "acme.com", ""),
            ("parramatta.office", "acme.com", ""),
            ("acme", "acme.com.au", ""),
            ("acme", "acmegroup.com.au", ""),
            ("sharmasweets", "gmail.com", ""),
            ("acme.plumbing", "gmail.com", ""),
            ("j.smith", "acme.com", ""),
            ("smith", "acme.com", ""),
            ("xkcdqt", "gmail.com", ""),
            ("a1b2c3", "gmail.com", ""),
            ("12345", "gmail.com", ""),
            ("unbelievablylongword", "gmail.com", ""),
            ("", "acme.com", ""),
            ("+x", "acme.com", ""),
        ] {
            let name = guess_name(local, domain).map(|name| name.full()).unwrap_or_default();
            assert_eq!(name, expected, "{local}@{domain}");
        }
    }

    #[test]
    fn known_names_are_sorted_and_single() {
        for list in [GIVEN, SURNAMES] {
            let mut sorted = list.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), list.len(), "a name twice");
        }
    }

    proptest! {
        #[test]
        fn never_panics(local in "\\PC{0,30}", domain in "\\PC{0,20}") {
            if let Some(name) = guess_name(&local, &domain) {
                prop_assert!(!name.first.is_empty());
            }
        }
    }
}
