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
        "sept" => 8,
        _ if token.len() >= 3 => MONTHS.iter().position(|month| *month == token || month[..3] == *token)?,
        _ => return None,
    };
    u32::try_from(index + 1).ok()
}

pub(super) fn weekday(token: &str) -> Option<Weekday> {
    Some(match token {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tue" | "tues" => Weekday::Tue,
        "wednesday" | "wed" => Weekday::Wed,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" | "sat" => Weekday::Sat,
        "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}
