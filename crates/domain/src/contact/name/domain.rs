use super::words::{GIVEN, PLACES, SHORT_WORDS, SURNAMES, TRADES};

/// Second-level names under which companies register (`acme.com.au`).
const SECOND_LEVEL: &[&str] = &[
    "com", "net", "org", "co", "edu", "gov", "asn", "id", "ac", "gen", "ltd", "plc", "firm", "ind", "biz",
    "info", "nom",
];

/// The label that a company chose: `acme` of `mail.acme.com.au`.
pub(super) fn registered_label(domain: &str) -> String {
    let domain = domain.trim().trim_end_matches('.').to_lowercase();
    let labels: Vec<&str> = domain.split('.').filter(|label| !label.is_empty()).collect();
    let index = match labels.as_slice() {
        [] => return String::new(),
        [_] => 0,
        [.., second, top] if labels.len() > 2 && top.len() == 2 && SECOND_LEVEL.contains(second) => {
            labels.len() - 3
        }
        _ => labels.len() - 2,
    };
    labels[index].to_owned()
}

/// A company's name as well as its domain shows it: `sharmasweets.com.au` → "Sharma Sweets".
///
/// Blank only for a blank domain. Ask [`is_public_provider`](crate::contact::is_public_provider) first.
pub fn humanise_domain(domain: &str) -> String {
    registered_label(domain)
        .split(['-', '_'])
        .filter(|part| !part.is_empty())
        .map(humanise_label)
        .collect::<Vec<_>>()
        .join(" ")
}

fn humanise_label(label: &str) -> String {
    let mut rest = label;
    let mut tail: Vec<&str> = Vec::new();
    while let Some((front, written)) = TRADES.iter().find_map(|(ending, written)| {
        let front = rest.strip_suffix(ending)?;
        (front.chars().count() >= 2).then_some((front, *written))
    }) {
        tail.insert(0, written);
        rest = front;
    }
    if tail.is_empty()
        && let Some((front, initials)) = agency_initials(label)
    {
        return format!("{} {initials}", front_word(front, true));
    }
    if let Some((_, written)) = TRADES.iter().find(|(ending, _)| *ending == rest) {
        tail.insert(0, written);
        return tail.join(" ");
    }
    let front = front_word(rest, !tail.is_empty());
    if tail.is_empty() { front } else { format!("{front} {}", tail.join(" ")) }
}

/// Real estate and property management agencies: `bombayre` → "Bombay RE". English is full of words in -re, so what
/// stands before must be a name or place, or end in a letter that no English word puts before -re.
fn agency_initials(label: &str) -> Option<(&str, &'static str)> {
    if let Some(front) = label.strip_suffix("re") {
        let known = (front.len() >= 4 && PLACES.contains(&front))
            || GIVEN.contains(&front)
            || SURNAMES.contains(&front);
        let safe = front.len() >= 4 && front.ends_with(['k', 'l', 'm', 'p', 's', 'w', 'x', 'z']);
        return (known || safe).then_some((front, "RE"));
    }
    let front = label.strip_suffix("pm")?;
    (front.len() >= 4 && front.chars().all(char::is_alphabetic)).then_some((front, "PM"))
}

fn front_word(word: &str, glued: bool) -> String {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let vowelless = !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let short_word = SHORT_WORDS.contains(&word) || GIVEN.contains(&word);
    // AIM Estate Agents, KPMG, IBM.
    if word.is_ascii() && ((letters <= 3 && !short_word) || (letters <= 4 && vowelless)) {
        return word.to_uppercase();
    }
    match city_in_front(word).filter(|_| !glued) {
        Some((city, rest)) => format!("{} {}", capitalise(city), capitalise(rest)),
        None => capitalise(word),
    }
}

/// `sydneytiles` → Sydney, tiles.
fn city_in_front(word: &str) -> Option<(&str, &str)> {
    ["sydney", "melbourne", "brisbane", "perth", "adelaide", "canberra", "hobart"].iter().find_map(|city| {
        word.strip_prefix(city).filter(|rest| rest.len() >= 4).map(|rest| (&word[..city.len()], rest))
    })
}

pub(super) fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn domains_read_like_companies() {
        for (domain, expected) in [
            ("software.com.au", "Software"),
            ("store.com", "Store"),
            ("bombayre.com.au", "Bombay RE"),
            ("jacksonspm.com.au", "Jacksons PM"),
            ("aimestateagents.com.au", "AIM Estate Agents"),
            ("sharmasweets.com.au", "Sharma Sweets"),
            ("desifirms.com.au", "Desi Firms"),
            ("codeteki.au", "Codeteki"),
            ("mail.acme.com.au", "Acme"),
            ("www.acme.co.uk", "Acme"),
            ("acme-plumbing.com", "Acme Plumbing"),
            ("acmeplumbing.com", "Acme Plumbing"),
            ("patelpropertygroup.com.au", "Patel Property Group"),
            ("kpmg.com", "KPMG"),
            ("raj.com.au", "Raj"),
            ("rajrestaurant.com.au", "Raj Restaurant"),
            ("sydneytiles.com.au", "Sydney Tiles"),
            ("furniture.com.au", "Furniture"),
            ("theatre.org.au", "Theatre"),
            ("healthcare.com.au", "Healthcare"),
            ("squarefire.com", "Squarefire"),
            ("mcintyre.com.au", "Mcintyre"),
            ("whitmore.com.au", "Whitmore"),
            ("realestate.com.au", "Real Estate"),
            ("24seven.com.au", "24seven"),
            ("com.au", "COM"),
            ("", ""),
            (".", ""),
        ] {
            assert_eq!(humanise_domain(domain), expected, "{domain}");
        }
    }

    proptest! {
        #[test]
        fn a_domain_always_has_a_name(label in "[a-z][a-z0-9]{0,20}", top in "(com|com\\.au|org|io)") {
            let name = humanise_domain(&format!("{label}.{top}"));
            prop_assert!(!name.is_empty());
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = humanise_domain(&text);
        }
    }
}
