//! The day somebody says they are back.

mod tokens;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use self::tokens::{day_number, month, sentences, weekday, year_number};

/// A word that announces the date of return. The furthest one in the sentence wins.
const ANCHORS: &[&str] = &[
    "return",
    "returning",
    "returns",
    "back",
    "until",
    "till",
    "til",
    "resume",
    "resuming",
    "through",
    "to",
    "and",
    "on",
    "reopen",
    "reopening",
    "bis",
    "wieder",
    "zurück",
    "jusquau",
    "jusquà",
    "retour",
    "au",
    "und",
];
/// Anchors that need no other word beside them.
const STRONG: &[&str] = &[
    "return",
    "returning",
    "returns",
    "back",
    "until",
    "till",
    "til",
    "resume",
    "resuming",
    "through",
    "reopen",
    "reopening",
    "bis",
    "wieder",
    "zurück",
    "jusquau",
    "jusquà",
    "retour",
];
/// Words of an absence, beside which a range needs no anchor.
#[rustfmt::skip]
const ABSENCES: &[&str] = &[
    "leave", "away", "holiday", "holidays", "vacation", "closed", "out", "absent", "absence", "urlaub", "abwesend",
    "geschlossen", "congé", "congés", "vacances", "fermé",
];

/// Absences longer than this aren't believed (usually a misread number).
const LONGEST_ABSENCE_DAYS: u64 = 400;
/// A date without a year that lies back at most this far is an old notice, not next year's holiday.
const STALE_DAYS: i64 = 180;

/// The first day back named in an out-of-office notice, if there is one in the future (or today).
///
/// Reads, in English, German and French, `12 March 2026`, `12th of March`, `March 12th, 2026`, `Mon 12 Mar`, `12/03/2026`, `12.3.26`, `2026-03-12`,
/// weekdays, `tomorrow`, `next week` and `in two weeks`. Numbers are day/month; the American order is taken when the day/month
/// reading is impossible, past or more than 90 days off and the other one isn't.
pub fn return_date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    sentences(text).iter().find_map(|sentence| in_sentence(sentence, today))
}

fn in_sentence(tokens: &[String], today: NaiveDate) -> Option<NaiveDate> {
    let anchor = (0..tokens.len()).find(|&at| STRONG.contains(&tokens[at].as_str()) && !answers(tokens, at));
    let mut dates: Vec<(usize, NaiveDate)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(&tokens[at..], today) {
            Some((date, used)) => {
                dates.extend(date.map(|date| (at, date)));
                at += used;
            }
            None => at += 1,
        }
    }
    if let Some(anchor) = anchor {
        // "returning on the 12th", and "on leave 3–10 March, back after that": the date after the word, else the last.
        let after = dates.iter().find(|(at, _)| *at > anchor).map(|(_, date)| *date);
        return after.or_else(|| dates.last().map(|(_, date)| *date));
    }
    // "on leave from 3 to 10 March": the later of two.
    let absent = tokens.iter().any(|token| ABSENCES.contains(&token.as_str()));
    match dates.as_slice() {
        [.., (_, last)] if absent && (dates.len() > 1 || follows_range(tokens, dates[0].0)) => Some(*last),
        _ => None,
    }
}

/// "We will get back to you on Friday" promises an answer; nobody is away. Nor does "Monday to Friday" after "open".
fn answers(tokens: &[String], at: usize) -> bool {
    let next = |ahead: usize| tokens.get(at + ahead).map_or("", String::as_str);
    let before = at.checked_sub(1).map_or("", |before| tokens[before].as_str());
    tokens[at] == "back"
        && (next(1) == "to" && next(2) == "you" || matches!(before, "get" | "getting" | "come" | "write"))
}

/// "3 - 10 March": the first number has no month, so only one date was read.
fn follows_range(tokens: &[String], at: usize) -> bool {
    range_end(&tokens[at]).is_some()
        || at >= 2
            && ANCHORS.contains(&tokens[at - 1].as_str())
            && tokens[at - 2].starts_with(|c: char| c.is_ascii_digit())
}

/// A date at the start of `tokens`: the number of tokens it takes, and the date unless it is past or impossible.
fn date_at(tokens: &[String], today: NaiveDate) -> Option<(Option<NaiveDate>, usize)> {
    let token = tokens.first()?.as_str();
    if let Some(parts) = numeric(token) {
        return Some((numeric_date(&parts, today), 1));
    }
    if let Some(day) = day_number(token).or_else(|| range_end(token)) {
        let skip = usize::from(tokens.get(1).is_some_and(|next| matches!(next.as_str(), "of" | "de")));
        let Some(month) = tokens.get(1 + skip).and_then(|next| month(next)) else {
            // "back on the 12th": the next such day.
            let ordinal = token.ends_with(|c: char| c.is_ascii_alphabetic());
            return ordinal.then(|| (next_day_of_month(today, day), 1));
        };
        let year = tokens.get(2 + skip).and_then(|token| year_number(token));
        return Some((settle(year, month, day, today), 2 + skip + usize::from(year.is_some())));
    }
    if let Some(month) = month(token) {
        let skip = usize::from(tokens.get(1).is_some_and(|next| next == "the"));
        let day = day_number(tokens.get(1 + skip)?)?;
        let year = tokens.get(2 + skip).and_then(|token| year_number(token));
        return Some((settle(year, month, day, today), 2 + skip + usize::from(year.is_some())));
    }
    if let Some(day) = weekday(token) {
        // "Monday the 12th of March": the date says more than the weekday.
        let skip =
            1 + usize::from(tokens.get(1).is_some_and(|next| matches!(next.as_str(), "the" | "den" | "le")));
        if let Some((date, used)) = tokens.get(skip..).and_then(|rest| explicit(rest, today)) {
            return Some((date, used + skip));
        }
        return Some((next_weekday(today, day), 1));
    }
    match token {
        "in" => ahead(tokens, today),
        "tomorrow" | "morgen" | "demain" => Some((today.checked_add_days(Days::new(1)), 1)),
        "next" if tokens.get(1).is_some_and(|next| next == "week") => {
            Some((next_weekday(today, Weekday::Mon), 2))
        }
        _ => None,
    }
}

/// "in two weeks", "in 10 days".
fn ahead(tokens: &[String], today: NaiveDate) -> Option<(Option<NaiveDate>, usize)> {
    const NUMBERS: [&str; 5] = ["a", "two", "three", "four", "five"];
    let count = tokens.get(1)?;
    let count = NUMBERS
        .iter()
        .position(|number| number == count)
        .and_then(|index| u64::try_from(index + 1).ok())
        .or_else(|| count.parse().ok().filter(|count| (1..=60).contains(count)))?;
    let days = match tokens.get(2)?.as_str() {
        "day" | "days" => count,
        "week" | "weeks" => 7 * count,
        _ => return None,
    };
    Some((today.checked_add_days(Days::new(days)), 3))
}

fn explicit(tokens: &[String], today: NaiveDate) -> Option<(Option<NaiveDate>, usize)> {
    let token = tokens.first()?;
    (numeric(token).is_some() || day_number(token).is_some() || month(token).is_some())
        .then(|| date_at(tokens, today))
        .flatten()
}

fn next_weekday(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(if ahead == 0 { 7 } else { u64::from(ahead) }))
}

fn next_day_of_month(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    (0..3).find_map(|ahead| {
        let first = today.with_day(1)?.checked_add_months(Months::new(ahead))?;
        first.with_day(day).filter(|date| *date >= today)
    })
}

/// The 10 of `3-10 March`.
fn range_end(token: &str) -> Option<u32> {
    let (start, end) = token.split_once('-')?;
    day_number(start)?;
    day_number(end)
}

/// `12/03/2026` → its numbers, with the number of digits of the first.
fn numeric(token: &str) -> Option<Vec<(u32, usize)>> {
    let parts: Vec<(u32, usize)> = token
        .split(['/', '.', '-'])
        .map(|part| part.parse().ok().map(|number| (number, part.len())))
        .collect::<Option<_>>()?;
    match parts.len() {
        2 if token.contains('/') => Some(parts),
        3 => Some(parts),
        _ => None,
    }
}

fn numeric_date(parts: &[(u32, usize)], today: NaiveDate) -> Option<NaiveDate> {
    match *parts {
        [(year, 4), (month, _), (day, _)] => settle(i32::try_from(year).ok(), month, day, today),
        [(first, _), (second, _)] => day_month_or_american(first, second, None, today),
        [(first, _), (second, _), (year, digits)] => {
            let year = i32::try_from(if digits == 2 { 2000 + year } else { year }).ok()?;
            day_month_or_american(first, second, Some(year), today)
        }
        _ => None,
    }
}

fn day_month_or_american(first: u32, second: u32, year: Option<i32>, today: NaiveDate) -> Option<NaiveDate> {
    let soon = |date: &NaiveDate| (*date - today).num_days() <= 90;
    let ours = settle(year, second, first, today);
    let american = settle(year, first, second, today);
    match (ours, american) {
        (Some(date), other) => Some(other.filter(|other| !soon(&date) && soon(other)).unwrap_or(date)),
        (None, other) => other,
    }
}

/// The date, with the year it must mean when none is given. `None` when it is impossible, past or absurdly far.
fn settle(year: Option<i32>, month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let date = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day)?,
        None => {
            let this_year = NaiveDate::from_ymd_opt(today.year(), month, day);
            match this_year {
                Some(date) if (today - date).num_days() <= STALE_DAYS => date,
                _ => NaiveDate::from_ymd_opt(today.year() + 1, month, day)?,
            }
        }
    };
    let latest = today.checked_add_days(Days::new(LONGEST_ABSENCE_DAYS))?;
    (today <= date && date <= latest).then_some(date)
}

#[cfg(test)]
mod tests;
