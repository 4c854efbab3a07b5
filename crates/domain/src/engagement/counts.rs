use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A mail younger than this says nothing by not having been opened.
pub const GRACE: TimeDelta = TimeDelta::hours(72);

/// How long an open or click counts as recent.
pub const RECENT: TimeDelta = TimeDelta::days(7);

/// One mail a brand sent for a deal, and what came back. Bounced mails are left out: nobody could have opened them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailActivity {
    /// When the provider accepted it (UTC).
    pub sent_at: DateTime<Utc>,
    /// Whether it carried a pixel or tracked links. A mail without either is unverified unless a person reacted.
    pub tracked: bool,
    /// Newest open judged human (UTC).
    pub human_opened_at: Option<DateTime<Utc>>,
    /// Newest open judged a machine's or unknown (UTC).
    pub machine_opened_at: Option<DateTime<Utc>>,
    /// Newest click judged human (UTC).
    pub clicked_at: Option<DateTime<Utc>>,
    /// Newest reply of a person (UTC). Out-of-office answers don't belong here.
    pub replied_at: Option<DateTime<Utc>>,
}

impl MailActivity {
    /// A tracked mail nothing has come back for.
    pub const fn unopened(sent_at: DateTime<Utc>) -> Self {
        Self {
            sent_at,
            tracked: true,
            human_opened_at: None,
            machine_opened_at: None,
            clicked_at: None,
            replied_at: None,
        }
    }

    const fn opened(&self) -> bool {
        self.human_opened_at.is_some() || self.clicked_at.is_some()
    }

    const fn unverified(&self) -> bool {
        !self.opened() && self.replied_at.is_none() && (self.machine_opened_at.is_some() || !self.tracked)
    }
}

/// What a deal's mails add up to at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementCounts {
    /// Mails sent and not bounced.
    pub sent: i32,
    /// Mails with a human open or click.
    pub opened: i32,
    /// Mails whose only signal is a machine's, or that could not be tracked.
    pub unverified: i32,
    /// Mails with a human click.
    pub clicked: i32,
    /// Mails answered by a person.
    pub replied: i32,
    /// Unopened mails counted from the newest backwards. Mails within [`GRACE`] are passed over; an unverified one
    /// ends the run.
    pub consecutive_unopened: i32,
    /// UTC.
    pub newest_sent_at: Option<DateTime<Utc>>,
    /// Newest human open (UTC).
    pub last_open_at: Option<DateTime<Utc>>,
    /// Newest human click (UTC).
    pub last_click_at: Option<DateTime<Utc>>,
    /// Newest reply of a person (UTC).
    pub last_reply_at: Option<DateTime<Utc>>,
    /// Mails with a human open or click within [`RECENT`].
    pub opened_last_7_days: i32,
}

impl EngagementCounts {
    /// Adds up a deal's mails, given in any order.
    pub fn from_mails(mails: &[MailActivity], now: DateTime<Utc>) -> Self {
        let mut newest_first: Vec<&MailActivity> = mails.iter().collect();
        newest_first.sort_by_key(|mail| std::cmp::Reverse(mail.sent_at));
        let mut counts = Self { newest_sent_at: newest_first.first().map(|m| m.sent_at), ..Self::default() };
        let mut in_run = true;
        for mail in newest_first {
            counts.sent += 1;
            counts.opened += i32::from(mail.opened());
            counts.unverified += i32::from(mail.unverified());
            counts.clicked += i32::from(mail.clicked_at.is_some());
            counts.replied += i32::from(mail.replied_at.is_some());
            counts.last_open_at = counts.last_open_at.max(mail.human_opened_at);
            counts.last_click_at = counts.last_click_at.max(mail.clicked_at);
            counts.last_reply_at = counts.last_reply_at.max(mail.replied_at);
            let signal = mail.human_opened_at.max(mail.clicked_at);
            counts.opened_last_7_days += i32::from(signal.is_some_and(|at| now - at <= RECENT));
            if mail.opened() || mail.unverified() || mail.replied_at.is_some() {
                in_run = false;
            } else if in_run && now - mail.sent_at >= GRACE {
                counts.consecutive_unopened += 1;
            }
        }
        counts
    }

    /// Newest human open or click (UTC).
    pub fn last_signal_at(&self) -> Option<DateTime<Utc>> {
        self.last_open_at.max(self.last_click_at)
    }

    /// Mails whose fate is known: all but the unverified.
    pub const fn verified(&self) -> i32 {
        self.sent - self.unverified
    }

    /// Mails known not to have been opened.
    pub const fn unopened(&self) -> i32 {
        self.verified() - self.opened
    }

    /// Share (0–1) of the mails whose fate is known that a person opened; 0 when none is known.
    pub fn open_rate(&self) -> f64 {
        share(self.opened, self.verified())
    }

    /// Share (0–1) of the sent mails with a human click; 0 when nothing was sent.
    pub fn click_rate(&self) -> f64 {
        share(self.clicked, self.sent)
    }

    /// Share (0–1) of the sent mails a person answered; 0 when nothing was sent.
    pub fn reply_rate(&self) -> f64 {
        share(self.replied, self.sent)
    }
}

fn share(part: i32, whole: i32) -> f64 {
    if whole <= 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).expect("in range")
    }

    fn sent_hours_ago(hours: i64) -> MailActivity {
        MailActivity::unopened(now() - TimeDelta::hours(hours))
    }

    fn opened(mut mail: MailActivity) -> MailActivity {
        mail.human_opened_at = Some(mail.sent_at + TimeDelta::hours(1));
        mail
    }

    #[test]
    fn unopened_run_counts_newest_first_and_stops_at_an_open() {
        let mails =
            [sent_hours_ago(500), opened(sent_hours_ago(400)), sent_hours_ago(300), sent_hours_ago(200)];
        let counts = EngagementCounts::from_mails(&mails, now());
        assert_eq!((counts.sent, counts.opened, counts.consecutive_unopened), (4, 1, 2));
    }

    #[test]
    fn mail_younger_than_72_hours_is_passed_over_but_its_open_ends_the_run() {
        let young = EngagementCounts::from_mails(&[sent_hours_ago(200), sent_hours_ago(71)], now());
        assert_eq!(young.consecutive_unopened, 1);
        let of_age = EngagementCounts::from_mails(&[sent_hours_ago(200), sent_hours_ago(72)], now());
        assert_eq!(of_age.consecutive_unopened, 2);
        let read = EngagementCounts::from_mails(&[sent_hours_ago(200), opened(sent_hours_ago(5))], now());
        assert_eq!(read.consecutive_unopened, 0);
    }

    #[test]
    fn machine_open_is_neither_opened_nor_unopened() {
        let mut mail = sent_hours_ago(100);
        mail.machine_opened_at = Some(mail.sent_at);
        let counts = EngagementCounts::from_mails(&[sent_hours_ago(300), mail.clone()], now());
        assert_eq!((counts.opened, counts.unverified, counts.unopened()), (0, 1, 1));
        assert_eq!(counts.consecutive_unopened, 0);
        mail.clicked_at = Some(mail.sent_at + TimeDelta::hours(2));
        let upgraded = EngagementCounts::from_mails(&[mail], now());
        assert_eq!((upgraded.opened, upgraded.unverified, upgraded.clicked), (1, 0, 1));
    }

    #[test]
    fn untracked_mail_is_unverified() {
        let mail = MailActivity { tracked: false, ..sent_hours_ago(100) };
        assert_eq!(EngagementCounts::from_mails(&[mail], now()).unverified, 1);
    }

    #[test]
    fn rates_leave_unverified_mails_out() {
        let mut machine = sent_hours_ago(100);
        machine.machine_opened_at = Some(now());
        let mails = [opened(sent_hours_ago(400)), sent_hours_ago(300), machine];
        let counts = EngagementCounts::from_mails(&mails, now());
        assert!((counts.open_rate() - 0.5).abs() < f64::EPSILON);
        assert!(EngagementCounts::default().open_rate().abs() < f64::EPSILON);
    }

    fn any_mail() -> impl Strategy<Value = MailActivity> {
        let event = || proptest::option::of(0i64..2_000);
        (0i64..2_000, any::<bool>(), event(), event(), event(), event()).prop_map(
            |(age, tracked, h, m, c, r)| {
                let at = |hours: Option<i64>| hours.map(|hours| now() - TimeDelta::hours(hours));
                MailActivity {
                    tracked,
                    human_opened_at: at(h),
                    machine_opened_at: at(m),
                    clicked_at: at(c),
                    replied_at: at(r),
                    ..sent_hours_ago(age)
                }
            },
        )
    }

    proptest! {
        #[test]
        fn order_of_the_mails_changes_nothing(mut mails in proptest::collection::vec(any_mail(), 0..12)) {
            // Ties in sending time have no order of their own.
            mails.sort_by_key(|m| m.sent_at);
            mails.dedup_by_key(|m| m.sent_at);
            let forwards = EngagementCounts::from_mails(&mails, now());
            mails.reverse();
            prop_assert_eq!(forwards, EngagementCounts::from_mails(&mails, now()));
        }

        #[test]
        fn counts_never_exceed_what_was_sent(mails in proptest::collection::vec(any_mail(), 0..12)) {
            let counts = EngagementCounts::from_mails(&mails, now());
            prop_assert!(counts.opened + counts.unverified <= counts.sent);
            prop_assert!(counts.consecutive_unopened <= counts.unopened());
            prop_assert!(counts.opened_last_7_days <= counts.opened);
            prop_assert!((0.0..=1.0).contains(&counts.open_rate()));
        }
    }
}
