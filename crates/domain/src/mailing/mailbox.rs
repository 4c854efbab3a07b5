use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::closed_set;

closed_set! {
    /// How a brand's mailbox is read.
    pub enum MailboxKind {
        Imap = "imap", "IMAP";
        /// With the access the brand's sending account has.
        Zoho = "zoho", "Zoho Mail API";
    }
}

/// Two turns of the timetable and a quarter of an hour: whoever hasn't looked for so long isn't just about to.
const OVERDUE: TimeDelta = TimeDelta::minutes(75);

/// What is known of the reading of a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxFacts {
    pub enabled: bool,
    /// When the settings were last saved: what was read before belongs to others.
    pub saved_at: DateTime<Utc>,
    /// The last look that read everything there was, or as much as one look reads.
    pub checked_at: Option<DateTime<Utc>>,
    /// Since when each look has failed.
    pub failing_since: Option<DateTime<Utc>>,
    /// When the oldest mail arrived that is known and not read.
    pub oldest_waiting_at: Option<DateTime<Utc>>,
}

/// How it goes with a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailboxHealth {
    /// Switched off.
    Off,
    /// Nobody has looked yet, and nobody should have.
    New,
    Ok,
    /// Mails wait, or nobody has looked for too long.
    Behind,
    Failing,
}

impl MailboxFacts {
    /// How it goes.
    pub fn health(&self, now: DateTime<Utc>) -> MailboxHealth {
        if !self.enabled {
            return MailboxHealth::Off;
        }
        if self.failing_since.is_some() {
            return MailboxHealth::Failing;
        }
        let overdue = now - self.checked_at.unwrap_or(self.saved_at) > OVERDUE;
        match self.checked_at {
            _ if self.oldest_waiting_at.is_some() || overdue => MailboxHealth::Behind,
            Some(_) => MailboxHealth::Ok,
            None => MailboxHealth::New,
        }
    }

    /// How old the oldest mail may be that nobody has read: `None` when the mailbox is off or nothing was ever read.
    pub fn lag(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let since = self.oldest_waiting_at.into_iter().chain(self.checked_at).min()?;
        self.enabled.then(|| (now - since).max(TimeDelta::zero()))
    }
}

/// A mailbox that was never read may hold years of mail: this many days of it may still matter.
const RECENT: Days = Days::new(7);
/// After its mails were numbered anew, so many days are read once more.
const AGAIN: Days = Days::new(14);

/// The first day (UTC) whose mail is read in a mailbox that is set up now.
pub fn read_from(now: DateTime<Utc>) -> NaiveDate {
    let today = now.date_naive();
    today.checked_sub_days(RECENT).unwrap_or(today)
}

/// The first day whose mail is read again once a folder's mails were numbered anew: two weeks ago, or before the last
/// look that went well if that is longer ago, but nothing that wasn't to be read before.
pub fn read_again_from(
    read_since: NaiveDate,
    checked_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> NaiveDate {
    let days_before = |day: NaiveDate, days| day.checked_sub_days(days).unwrap_or(day);
    let again = days_before(now.date_naive(), AGAIN);
    let unread = checked_at.map_or(read_since, |at| days_before(at.date_naive(), Days::new(1)));
    again.min(unread).max(read_since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renumbered_mail_is_read_again_from_where_any_may_be_missing() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("written right");
        let noon = |text: &str| day(text).and_hms_opt(12, 0, 0).expect("noon").and_utc();
        let now = noon("2026-11-23");
        for (since, checked, expected) in [
            ("2026-01-01", Some("2026-11-23"), "2026-11-09"),
            ("2026-11-20", Some("2026-11-23"), "2026-11-20"),
            ("2026-01-01", Some("2026-10-01"), "2026-09-30"),
            ("2026-10-20", Some("2026-10-01"), "2026-10-20"),
            ("2026-11-01", None, "2026-11-01"),
            ("2026-11-16", None, "2026-11-16"),
        ] {
            assert_eq!(
                read_again_from(day(since), checked.map(noon), now),
                day(expected),
                "{since} {checked:?}"
            );
        }
        assert_eq!(read_from(now), day("2026-11-16"));
    }

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    const fn facts(
        checked_at: Option<DateTime<Utc>>,
        failing_since: Option<DateTime<Utc>>,
        oldest_waiting_at: Option<DateTime<Utc>>,
    ) -> MailboxFacts {
        let saved_at = DateTime::UNIX_EPOCH;
        MailboxFacts { enabled: true, saved_at, checked_at, failing_since, oldest_waiting_at }
    }

    #[test]
    fn health_follows_from_what_is_known() {
        for (facts, now, expected, lag) in [
            (facts(None, None, None), 10, MailboxHealth::New, None),
            (facts(None, None, None), 76, MailboxHealth::Behind, None),
            (facts(Some(at(10)), None, None), 40, MailboxHealth::Ok, Some(30)),
            (facts(Some(at(10)), None, None), 86, MailboxHealth::Behind, Some(76)),
            (facts(Some(at(60)), None, Some(at(20))), 65, MailboxHealth::Behind, Some(45)),
            (facts(Some(at(60)), None, Some(at(64))), 65, MailboxHealth::Behind, Some(5)),
            (facts(Some(at(10)), Some(at(40)), None), 41, MailboxHealth::Failing, Some(31)),
            (facts(None, Some(at(1)), None), 500, MailboxHealth::Failing, None),
            (facts(Some(at(10)), None, None), 5, MailboxHealth::Ok, Some(0)),
        ] {
            assert_eq!(facts.health(at(now)), expected, "{facts:?} at {now}");
            assert_eq!(facts.lag(at(now)).map(|lag| lag.num_minutes()), lag, "{facts:?} at {now}");
        }
    }

    #[test]
    fn a_mailbox_that_is_off_is_neither_behind_nor_failing() {
        let off = MailboxFacts { enabled: false, ..facts(Some(at(0)), Some(at(1)), Some(at(0))) };
        assert_eq!((off.health(at(9000)), off.lag(at(9000))), (MailboxHealth::Off, None));
    }
}
