//! Words and numbers of a notice.

use chrono::Weekday;

/// Words and numbers of each sentence. Slashes, dots and dashes stay between digits; a dash elsewhere reads as "to".
pub(super) fn sentences(text: &str) -> Vec<Vec<String>> {
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    let mut all = vec![Vec::new()];
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let next_is_digit = chars.get(index + 1).is_some_and(char::is_ascii_digit);
        let after_digit = word.ends_with(|c: char| c.is_ascii_digit());
        if c.is_alphanumeric() || (matches!(c, '/' | '.' | '-' | ':') && after_digit && next_is_digit) {
            word.push(c);
            continue;
        }
        if c == '\'' || c == '’' {
            continue;
        }
        let finished = std::mem::take(&mut word);
        let abbreviation = is_abbreviation(&finished);
        let number = finished.ends_with(|c: char| c.is_ascii_digit());
        if let Some(sentence) = all.last_mut().filter(|_| !finished.is_empty()) {
            sentence.push(finished);
        }
        match c {
            '–' | '—' => {
                if let Some(sentence) = all.last_mut() {
                    sentence.push("to".into())
                }
            }
            '-' => {
                if let Some(sentence) = all.last_mut() {
                    sentence.push("to".into())
                }
            }
            '.' if abbreviation => {}
            // "7. Dezember", "30.11. - 11.12.2026"
            '.' if number && dated(&chars[index + 1..]) => {}
            '.' | '!' | '?' | ';' => all.push(Vec::new()),
            '\n' if chars.get(index + 1) == Some(&'\n') => all.push(Vec::new()),
            _ => {}
        }
    }
    if let Some(sentence) = all.last_mut().filter(|_| !word.is_empty()) {
        sentence.push(word);
    }
    all
}

/// A month, or the end of a range, stands behind a number and its dot.
fn dated(rest: &[char]) -> bool {
    let next: String =
        rest.iter().skip_while(|c| **c == ' ').take_while(|c| !c.is_whitespace()).take(12).collect();
    let word = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    month(word).is_some()
        || matches!(next.chars().next(), Some('-' | '–'))
        || matches!(word, "bis" | "und" | "to" | "au")
}

fn is_abbreviation(word: &str) -> bool {
    word.len() <= 4 && (month(word).is_some() || weekday(word).is_some())
}

pub(super) fn day_number(token: &str) -> Option<u32> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = matches!(&token[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    let day = digits.parse().ok()?;
    (ordinal && digits.len() <= 2 && (1..=31).contains(&day)).then_some(day)
}

pub(super) fn year_number(token: &str) -> Option<i32> {
    let year = token.parse().ok()?;
    (token.len() == 4 && (2000..2200).contains(&year)).then_some(year)
}

pub(super) fn month(token: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let index = match token {
        "sept" | "septembre" => 8,
        "januar" | "jänner" | "janvier" | "janv" => 0,
        "februar" | "février" | "févr" | "fevrier" => 1,
        "märz" | "maerz" | "mars" => 2,
        "avril" | "avr" => 3,
        "mai" => 4,
        "juni" | "juin" => 5,
        "juli" | "juillet" | "juil" => 6,
        "août" | "aout" => 7,
        "oktober" | "okt" | "octobre" => 9,
        "novembre" => 10,
        "dezember" | "dez" | "décembre" | "decembre" | "déc" => 11,
        _ if token.len() >= 3 => {
            MONTHS.iter().position(|month| *month == token || month.get(..3) == Some(token))?
        }
        _ => return None,
    };
    u32::try_from(index + 1).ok()
}

pub(super) fn weekday(token: &str) -> Option<Weekday> {
    Some(match token {
        "monday" | "mon" | "montag" | "lundi" => Weekday::Mon,
        "tuesday" | "tue" | "tues" | "dienstag" | "mardi" => Weekday::Tue,
        "wednesday" | "wed" | "mittwoch" | "mercredi" => Weekday::Wed,
        "thursday" | "thu" | "thur" | "thurs" | "donnerstag" | "jeudi" => Weekday::Thu,
        "friday" | "fri" | "freitag" | "vendredi" => Weekday::Fri,
        "saturday" | "sat" | "samstag" | "samedi" => Weekday::Sat,
        "sunday" | "sun" | "sonntag" | "dimanche" => Weekday::Sun,
        _ => return None,
    })
}
