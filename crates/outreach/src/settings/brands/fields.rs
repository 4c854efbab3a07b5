//! Reading what was typed. Each reader notes what is wrong under the id of its control.

use chrono::NaiveDate;
use domain::contact::EmailAddress;

/// Errors of a form: the control's id, and what to change.
#[derive(Debug, Default)]
pub(super) struct Errors(pub Vec<(String, String)>);

impl Errors {
    pub fn add(&mut self, id: &str, words: impl Into<String>) {
        self.0.push((id.to_owned(), words.into()));
    }

    /// One line of `least` to `most` characters.
    pub fn line(&mut self, id: &str, typed: &str, least: usize, most: usize) -> String {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        self.length(id, &text, least, most);
        if text.contains(|c: char| c.is_control()) {
            self.add(id, "Use letters, digits and ordinary marks.");
        }
        text
    }

    /// A few lines.
    pub fn lines(&mut self, id: &str, typed: &str, most: usize) -> String {
        let lines = typed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        self.length(id, &text, 0, most);
        text
    }

    fn length(&mut self, id: &str, text: &str, least: usize, most: usize) {
        let count = text.chars().count();
        if count < least {
            self.add(id, "This is needed.");
        } else if count > most {
            self.add(id, format!("Use at most {most} characters; there are {count}."));
        }
    }

    /// A bare address.
    pub fn email(&mut self, id: &str, typed: &str, needed: bool) -> String {
        let typed = typed.trim();
        if typed.is_empty() {
            if needed {
                self.add(id, "This is needed.");
            }
            return String::new();
        }
        match EmailAddress::parse(typed) {
            Ok(address) => address.as_str().to_owned(),
            Err(error) => {
                self.add(id, format!("{error}."));
                String::new()
            }
        }
    }

    /// An address of the web, without a slash at its end.
    pub fn web(&mut self, id: &str, typed: &str) -> String {
        let typed = typed.trim().trim_end_matches('/');
        let host = typed.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        let plain = typed.bytes().all(|byte| {
            byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'}')
        });
        let has_host = host.is_some_and(|host| host.contains('.') && !host.contains('@'));
        let good = plain && has_host && typed.len() <= 300;
        if !(typed.is_empty() || good) {
            self.add(id, "Give an address that starts with https://, such as https://example.com.au.");
        }
        typed.to_owned()
    }

    /// A whole number within bounds.
    pub fn number(&mut self, id: &str, typed: &str, least: i32, most: i32) -> i32 {
        match typed.trim().parse::<i32>() {
            Ok(number) if (least..=most).contains(&number) => number,
            Ok(_) | Err(_) => {
                self.add(id, format!("Give a whole number from {least} to {most}."));
                least
            }
        }
    }

    /// `2026-11-23`, or nothing.
    pub fn date(&mut self, id: &str, typed: &str) -> Option<NaiveDate> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let day = typed.parse().ok();
        if day.is_none() {
            self.add(id, "Give a date such as 2026-11-23, or leave it empty.");
        }
        day
    }

    /// `09:00`, in minutes after midnight; `24:00` is the end of the day.
    pub fn time(&mut self, id: &str, typed: &str) -> i32 {
        let parts = typed.trim().split_once(':').and_then(|(hour, minute)| {
            let (hour, minute) = (hour.parse::<i32>().ok()?, minute.get(..2)?.parse::<i32>().ok()?);
            ((0..24).contains(&hour) && (0..60).contains(&minute) || (hour, minute) == (24, 0))
                .then_some(hour * 60 + minute)
        });
        parts.unwrap_or_else(|| {
            self.add(id, "Give a time such as 09:00.");
            0
        })
    }
}

/// `09:00` of minutes after midnight.
pub(super) fn clock(minutes: i32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts<T>(read: impl FnOnce(&mut Errors) -> T) -> bool {
        let mut errors = Errors::default();
        read(&mut errors);
        errors.0.is_empty()
    }

    #[test]
    fn addresses_of_the_web_are_https_with_a_host() {
        for (typed, good) in [
            ("", true),
            ("https://codeteki.au/", true),
            ("https://codeteki.au/a?b=c", true),
            ("http://codeteki.au", false),
            ("javascript:alert(1)", false),
            ("https://", false),
            ("https://localhost", false),
            ("https://user@codeteki.au", false),
            ("https://codeteki.au/\"onload=x", false),
            ("https://codeteki.au/a b", false),
        ] {
            assert_eq!(accepts(|errors| errors.web("x", typed)), good, "{typed}");
        }
    }

    #[test]
    fn times_numbers_and_dates_out_of_range_are_named() {
        for (typed, minutes) in [("09:00", Some(540)), ("24:00", Some(1440)), ("9:5", None), ("25:00", None)]
        {
            let mut errors = Errors::default();
            let read = errors.time("x", typed);
            assert_eq!(errors.0.is_empty().then_some(read), minutes, "{typed}");
        }
        assert!(!accepts(|errors| errors.number("x", "0", 1, 9)));
        assert!(!accepts(|errors| errors.number("x", "4.5", 1, 9)));
        assert!(accepts(|errors| errors.date("x", "2026-11-23")));
        assert!(!accepts(|errors| errors.date("x", "23.11.2026")));
        assert_eq!(clock(1020), "17:00");
    }

    #[test]
    fn an_address_is_kept_in_lines_and_a_name_in_one() {
        let mut errors = Errors::default();
        assert_eq!(errors.lines("x", " 1  Main St \r\n\r\nSydney ", 90), "1 Main St\nSydney");
        assert_eq!(errors.line("x", " Asha\r\nBcc: x ", 1, 90), "Asha Bcc: x");
        assert!(errors.0.is_empty());
        assert_eq!(errors.email("x", "Asha <Asha@Codeteki.au>", true), "asha@codeteki.au");
        errors.email("y", "", true);
        errors.line("z", "   ", 1, 9);
        assert_eq!(errors.0.len(), 2);
    }
}
