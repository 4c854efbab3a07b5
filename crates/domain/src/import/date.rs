use chrono::NaiveDate;

/// A date in a file: `2026-03-12` (also with a time behind it), `12/03/2026`, `12.3.26`, `12 Mar 2026`, `March 12, 2026`.
///
/// Numbers are day/month; the American order is taken only when the other is impossible.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let date = text.split(['T', ' ']).next().unwrap_or("");
    if let Ok(date) = date.parse() {
        return Some(date);
    }
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ','))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let [first, second, third, ..] = words.as_slice() else {
        return None;
    };
    let number = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    if let (Some(month), Some(day)) = (month(first), number(second)) {
        return NaiveDate::from_ymd_opt(year(third)?, month, day);
    }
    if let (Some(day), Some(month)) = (number(first), month(second)) {
        return NaiveDate::from_ymd_opt(year(third)?, month, day);
    }
    if let (4, Some(year)) = (first.len(), first.parse::<i32>().ok()) {
        return NaiveDate::from_ymd_opt(year, number(second)?, number(third)?);
    }
    let (day, month, year) = (number(first)?, number(second)?, year(third)?);
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, day, month))
}

fn year(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok()?;
    match word.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

fn month(word: &str) -> Option<u32> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let index = names.iter().position(|name| word.starts_with(name))?;
    u32::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::parse_date;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_the_australian_way() {
        for (text, expected) in [
            ("2026-03-12", Some("2026-03-12")),
            ("2026-03-12T10:00:00Z", Some("2026-03-12")),
            ("2026-03-12 10:00", Some("2026-03-12")),
            ("2026/3/12", Some("2026-03-12")),
            ("12/03/2026", Some("2026-03-12")),
            ("12/3/26", Some("2026-03-12")),
            ("03/25/2026", Some("2026-03-25")),
            ("12 Mar 2026", Some("2026-03-12")),
            ("12th March, 2026", Some("2026-03-12")),
            ("March 12, 2026", Some("2026-03-12")),
            ("31/02/2026", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse_date(text), expected.map(|date| date.parse().expect("a date")), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,24}|[0-9/. -]{0,14}") {
            let _ = parse_date(&text);
        }
    }
}
