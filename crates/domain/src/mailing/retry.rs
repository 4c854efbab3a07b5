use std::time::Duration;

use chrono::{DateTime, TimeDelta};

/// So many attempts are spread over about a day.
const MOST_ATTEMPTS: i16 = 30;
const LONGEST_MINUTES: i64 = 60;

/// A server that asks for more than a day is not asking.
pub const LONGEST_RETRY: Duration = Duration::from_secs(24 * 3600);

/// How long a server asks to be left alone: `Retry-After` in seconds or as a date, which is counted from the server's own
/// `Date` (RFC 9110, 10.2.3). `None`: it can't be read, lies in the past, or asks for more than [`LONGEST_RETRY`].
pub fn asked_wait(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    let wait = match retry_after.trim().parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = DateTime::parse_from_rfc2822(retry_after.trim()).ok()?;
            (until - DateTime::parse_from_rfc2822(date?.trim()).ok()?).to_std().ok()?
        }
    };
    Some(wait).filter(|wait| *wait <= LONGEST_RETRY)
}

/// How long to wait before the next attempt after this many (1…) have failed for a passing reason; `None`: give up, a
/// person has to look. Doubles from a minute to an hour, give or take a fifth by `seed`, so that mails that failed
/// together don't come back together.
pub fn wait_before_retry(attempts: i16, seed: u64) -> Option<TimeDelta> {
    if attempts >= MOST_ATTEMPTS {
        return None;
    }
    let doublings = u32::try_from(attempts.clamp(1, 7) - 1).unwrap_or(0);
    let seconds = (1_i64 << doublings).min(LONGEST_MINUTES) * 60;
    let percent = 80 + i64::try_from(seed % 41).unwrap_or(20);
    Some(TimeDelta::seconds(seconds * percent / 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_end_after_a_day() {
        let minutes = |attempts| wait_before_retry(attempts, 20).map(|wait| wait.num_minutes());
        assert_eq!([1, 2, 3, 6, 7, 8, 29].map(minutes), [1, 2, 4, 32, 60, 60, 60].map(Some));
        assert_eq!(minutes(30), None);
        let in_all: i64 = (1..30).filter_map(minutes).sum();
        assert!((20 * 60..26 * 60).contains(&in_all));
    }

    #[test]
    fn mails_that_failed_together_come_back_apart() {
        assert_eq!(wait_before_retry(1, 0), Some(TimeDelta::seconds(48)));
        assert_eq!(wait_before_retry(1, 40), Some(TimeDelta::seconds(72)));
    }
}
