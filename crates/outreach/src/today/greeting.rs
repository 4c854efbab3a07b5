use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;

/// "Good morning, Meera".
pub(super) fn greeting(name: &str, now: DateTime<Utc>, zone: Tz) -> String {
    let part = match now.with_timezone(&zone).hour() {
        5..12 => "morning",
        12..18 => "afternoon",
        _ => "evening",
    };
    match name.split_whitespace().next() {
        Some(first) => format!("Good {part}, {first}"),
        None => format!("Good {part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::greeting;
    use chrono_tz::Tz;

    #[test]
    fn the_greeting_follows_the_readers_clock() {
        for (now, zone, words) in [
            ("2026-11-22T23:30:00Z", Tz::Australia__Sydney, "Good morning, Meera"),
            ("2026-11-22T23:30:00Z", Tz::Asia__Kolkata, "Good morning, Meera"),
            ("2026-11-22T10:00:00Z", Tz::Australia__Perth, "Good evening, Meera"),
            ("2026-11-22T05:00:00Z", Tz::Australia__Sydney, "Good afternoon, Meera"),
        ] {
            assert_eq!(
                greeting("Meera Nair", now.parse().expect("written right"), zone),
                words,
                "{now} {zone}"
            );
        }
    }
}
