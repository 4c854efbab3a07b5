//! How a mail begins.

use super::address::EmailAddress;
use super::name::{PersonName, guess_name, humanise_domain, is_team_word, recase, split_full_name};

/// Longest company name in a greeting, in characters.
const LONGEST_COMPANY: usize = 60;

/// "Hi Priya,", "Hi Dr Smith,", "Hi Sharma Sweets Team," or, when nothing is known, "Hi there,".
///
/// Blank texts mean unknown; an address that can't be read is ignored. Never blank, always one line, and free of
/// `< > { }`, so that it stays inert wherever it is put (other characters are the renderer's to escape).
pub fn salutation(name: &str, company: &str, address: &str) -> String {
    let address = EmailAddress::parse(address).ok();
    let company = company_name(company);
    let named = split_full_name(name).filter(|found| {
        // Importers copy the company into the name.
        company.as_deref().is_none_or(|company| !company.eq_ignore_ascii_case(&found.full()))
    });
    if let Some(greeting) = named.as_ref().and_then(greet_person) {
        return greeting;
    }
    let guessed = address.as_ref().and_then(|address| guess_name(address.local_part(), address.domain()));
    if let Some(greeting) = guessed.as_ref().and_then(greet_person) {
        return greeting;
    }
    let team = company.or_else(|| company_of_team(name)).or_else(|| {
        let address = address.as_ref().filter(|address| !address.is_public_provider())?;
        company_name(&humanise_domain(address.domain()))
    });
    match team {
        Some(team) if team.to_lowercase().ends_with(" team") => format!("Hi {team},"),
        Some(team) => format!("Hi {team} Team,"),
        None => "Hi there,".to_owned(),
    }
}

/// First name; with a title the surname ("Hi Dr Smith,"), except that knights go by their first name.
fn greet_person(name: &PersonName) -> Option<String> {
    let first = Some(name.first.as_str()).filter(|first| first.chars().count() > 1 || !first.is_ascii());
    match (name.title.as_deref(), first, name.last.as_deref()) {
        (Some(title @ ("Sir" | "Dame")), Some(first), _) => Some(format!("Hi {title} {first},")),
        (Some(title @ ("Dr" | "Prof" | "Rev")), _, Some(last)) => Some(format!("Hi {title} {last},")),
        (Some(title), None, Some(last)) => Some(format!("Hi {title} {last},")),
        (_, Some(first), _) => Some(format!("Hi {first},")),
        (_, None, _) => None,
    }
}

/// A company's name fit for a greeting: one line, no markup, no legal form.
fn company_name(text: &str) -> Option<String> {
    let clean: String = without_tags(text)
        .chars()
        .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
        .filter(|c| !matches!(c, '<' | '>' | '{' | '}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}'))
        .collect();
    let mut words: Vec<&str> = clean.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_legal_form(word)) {
        words.pop();
    }
    let name = words.join(" ").trim_matches([',', '.', '-', ' ']).to_owned();
    let meaningful = name.chars().any(char::is_alphanumeric)
        && !matches!(name.to_lowercase().as_str(), "n/a" | "na" | "none" | "unknown" | "null" | "company");
    if !meaningful || name.chars().count() > LONGEST_COMPANY {
        return None;
    }
    // SHARMA SWEETS shouts, KPMG doesn't.
    let shouts = name.contains(' ') || name.chars().count() > 5;
    let monotone = !name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase);
    Some(if shouts && monotone { recase(&name) } else { name })
}

fn without_tags(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

fn is_legal_form(word: &str) -> bool {
    let word = word.trim_matches(['.', ',', '(', ')']).to_lowercase();
    matches!(word.as_str(), "pty" | "ltd" | "limited" | "inc" | "llc" | "llp" | "pvt" | "plc")
}

/// "The Acme Team" and "Acme Pty Ltd" in the name field.
fn company_of_team(name: &str) -> Option<String> {
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| {
            !is_team_word(&word.to_lowercase()) && !word.eq_ignore_ascii_case("the") && !word.contains('@')
        })
        .collect();
    let dropped = words.len() < name.split_whitespace().count();
    let company = words.iter().any(|word| is_legal_form(word));
    if dropped || company { company_name(&words.join(" ")) } else { None }
}

#[cfg(test)]
mod tests {
    use super::salutation;
    use proptest::prelude::*;

    #[test]
    fn greetings_read_well() {
        for (name, company, address, expected) in [
            ("Priya Sharma", "Acme", "info@acme.com", "Hi Priya,"),
            ("PRIYA SHARMA", "", "", "Hi Priya,"),
            ("Dr Smith", "", "", "Hi Dr Smith,"),
            ("Dr Priya Sharma", "", "", "Hi Dr Sharma,"),
            ("Mr Smith", "", "", "Hi Mr Smith,"),
            ("Mr John Smith", "", "", "Hi John,"),
            ("McDonald", "", "", "Hi McDonald,"),
            ("de Souza", "", "", "Hi de Souza,"),
            ("Steamboat Willie", "Disney", "", "Hi Steamboat,"),
            ("Sales Team", "Acme", "sales@acme.com", "Hi Acme Team,"),
            ("The Acme Team", "", "", "Hi Acme Team,"),
            ("Acme Pty Ltd", "Acme Pty Ltd", "hello@acme.com", "Hi Acme Team,"),
            ("", "Sharma Sweets", "info@sharmasweets.com.au", "Hi Sharma Sweets Team,"),
            ("", "SHARMA SWEETS PTY LTD", "", "Hi Sharma Sweets Team,"),
            ("", "", "info@sharmasweets.com.au", "Hi Sharma Sweets Team,"),
            ("", "", "info.sydney@acme.com.au", "Hi Acme Team,"),
            ("", "", "priya.sharma@acme.com", "Hi Priya,"),
            ("", "", "john2024@gmail.com", "Hi John,"),
            ("", "", "xkcdqt@gmail.com", "Hi there,"),
            ("", "Singh & Sons", "", "Hi Singh & Sons Team,"),
            ("", "The A Team", "", "Hi The A Team,"),
            ("J", "", "", "Hi there,"),
            ("n/a", "n/a", "", "Hi there,"),
            ("", "", "not an address", "Hi there,"),
            ("", "", "", "Hi there,"),
        ] {
            assert_eq!(salutation(name, company, address), expected, "{name} | {company} | {address}");
        }
    }

    #[test]
    fn markup_stays_out() {
        assert_eq!(salutation("<script>alert(1)</script>", "", ""), "Hi there,");
        assert_eq!(salutation("{{ config }}", "", "info@acme.com"), "Hi Acme Team,");
        assert_eq!(salutation("", "<b>Acme</b>\r\nBcc: x", ""), "Hi Acme Bcc: x Team,");
    }

    proptest! {
        #[test]
        fn always_one_inert_line(name in "\\PC{0,40}|[a-zA-Z<>{}\\n ]{0,30}", company in "\\PC{0,40}|[a-zA-Z<>{}\\r\\n ]{0,30}", address in "\\PC{0,20}|[a-z.]{1,12}@[a-z]{1,9}\\.com") {
            let greeting = salutation(&name, &company, &address);
            prop_assert!(greeting.starts_with("Hi ") && greeting.ends_with(',') && greeting.len() > 4);
            let inert = !greeting.contains(|c: char| c.is_control() || matches!(c, '<' | '>' | '{' | '}'));
            prop_assert!(inert);
        }
    }
}
