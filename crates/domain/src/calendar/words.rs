//! Instants in words, in the reader's zone. The browser carries no zone tables, so the server says these.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;

/// "Friday 27 November 2026, 10:40 (Sydney)".
pub fn full(at: DateTime<Utc>, tz: Tz) -> String {
    let local = at.with_timezone(&tz);
    format!("{} ({})", local.format("%A %-d %B %Y, %-H:%M"), place(tz))
}

/// "today 14:30", "tomorrow 10:40", "yesterday 9:12", "Fri 9:20" within six days ahead, else "3 Dec" with the year where
/// it isn't this one.
pub fn short(at: DateTime<Utc>, now: DateTime<Utc>, tz: Tz) -> String {
    let (local, today) = (at.with_timezone(&tz), now.with_timezone(&tz));
    let time = local.format("%-H:%M");
    match (local.date_naive() - today.date_naive()).num_days() {
        0 => format!("today {time}"),
        1 => format!("tomorrow {time}"),
        -1 => format!("yesterday {time}"),
        2..=6 => local.format("%a %-H:%M").to_string(),
        _ if local.year() == today.year() => local.format("%-d %b").to_string(),
        _ => local.format("%-d %b %Y").to_string(),
    }
}

/// "10:40".
pub fn time_of_day(at: DateTime<Utc>, tz: Tz) -> String {
    at.with_timezone(&tz).format("%-H:%M").to_string()
}

/// Heading of a day in a timeline: "Today", "Yesterday", "Mon 23 November", with the year where it isn't this one.
pub fn day(at: DateTime<Utc>, now: DateTime<Utc>, tz: Tz) -> String {
    let (local, today) = (at.with_timezone(&tz), now.with_timezone(&tz));
    match (today.date_naive() - local.date_naive()).num_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if local.year() == today.year() => local.format("%a %-d %B").to_string(),
        _ => local.format("%a %-d %B %Y").to_string(),
    }
}

/// "Sydney" for Australia/Sydney.
pub fn place(tz: Tz) -> String {
    let name = tz.name();
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYDNEY: Tz = Tz::Australia__Sydney;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("written right")
    }

    #[test]
    fn nearness_is_counted_in_the_readers_days() {
        // Sunday 22 November 2026, 23:30 UTC: Monday 10:30 in Sydney.
        let now = at("2026-11-22T23:30:00Z");
        for (then, words) in [
            ("2026-11-23T03:30:00Z", "today 14:30"),
            ("2026-11-22T13:30:00Z", "today 0:30"),
            ("2026-11-22T12:30:00Z", "yesterday 23:30"),
            ("2026-11-23T23:40:00Z", "tomorrow 10:40"),
            ("2026-11-26T22:20:00Z", "Fri 9:20"),
            ("2026-12-02T22:20:00Z", "3 Dec"),
            ("2027-01-10T22:20:00Z", "11 Jan 2027"),
            ("2026-11-15T22:20:00Z", "16 Nov"),
        ] {
            assert_eq!(short(at(then), now, SYDNEY), words, "{then}");
        }
    }

    #[test]
    fn the_full_form_names_the_place() {
        assert_eq!(full(at("2026-11-26T23:40:00Z"), SYDNEY), "Friday 27 November 2026, 10:40 (Sydney)");
        assert_eq!(place(Tz::Australia__Lord_Howe), "Lord Howe");
    }

    #[test]
    fn days_are_headed_by_their_nearness() {
        let now = at("2026-11-25T01:00:00Z");
        for (then, words) in [
            ("2026-11-24T13:30:00Z", "Today"),
            ("2026-11-24T12:30:00Z", "Yesterday"),
            ("2026-11-23T00:00:00Z", "Mon 23 November"),
            ("2025-11-23T00:00:00Z", "Sun 23 November 2025"),
        ] {
            assert_eq!(day(at(then), now, SYDNEY), words, "{then}");
        }
    }
}
