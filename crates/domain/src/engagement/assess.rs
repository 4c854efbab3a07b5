use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{EngagementCounts, GRACE, RECENT, Tier};

/// This many unopened mails in a row are a burnout risk.
pub const BURNOUT_RUN: i32 = 3;

const WARM: TimeDelta = TimeDelta::days(14);

/// A deal's tier and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierAssessment {
    pub tier: Tier,
    /// At least one mail has only machine opens or could not be tracked: the pixel may be blind.
    pub unverified: bool,
    /// [`BURNOUT_RUN`] or more mails in a row unopened.
    pub burnout: bool,
    /// One sentence for people.
    pub reason: String,
}

/// The tier of a deal. The order of the tests is the rule: the first that fits wins.
pub fn tier_of(counts: &EngagementCounts, now: DateTime<Utc>) -> TierAssessment {
    let (tier, reason) = first_that_fits(counts, now);
    TierAssessment {
        tier,
        unverified: counts.unverified > 0,
        burnout: counts.consecutive_unopened >= BURNOUT_RUN,
        reason,
    }
}

fn first_that_fits(counts: &EngagementCounts, now: DateTime<Utc>) -> (Tier, String) {
    let settled = counts.newest_sent_at.is_some_and(|at| now - at >= GRACE);
    let quiet_for = counts.last_signal_at().map(|at| now - at);
    let within = |limit: TimeDelta| quiet_for.is_some_and(|quiet| quiet <= limit);
    let ago = || quiet_for.map_or_else(String::new, days_ago);
    let (sent, opened, unopened) = (counts.sent, counts.opened, counts.unopened());

    if counts.replied > 0 {
        return (Tier::Engaged, "The contact has replied.".into());
    }
    if opened == 0 && unopened >= 3 && counts.unverified == 0 && settled {
        return (Tier::Ghost, format!("{sent} mails sent, none opened, the newest more than 72 hours ago."));
    }
    if opened == 0 && unopened >= 2 {
        return (Tier::Cold, format!("{unopened} mails not opened and none opened."));
    }
    if within(RECENT) && counts.open_rate() > 0.5 {
        return (Tier::Hot, format!("Opened {opened} of {sent} mails, the last time {}.", ago()));
    }
    if within(WARM) {
        return (Tier::Warm, format!("Last opened {}.", ago()));
    }
    if opened >= 3 {
        return (Tier::Warm, format!("Opened {opened} mails, the last time {}.", ago()));
    }
    if opened > 0 {
        return (Tier::Lurker, format!("Opened {}, then quiet: last opened {}.", mails(opened), ago()));
    }
    (Tier::New, new_because(counts))
}

fn new_because(counts: &EngagementCounts) -> String {
    match (counts.sent, counts.unverified) {
        (0, _) => "Nothing sent yet.".into(),
        (_, 0) => "One mail sent, not opened yet.".into(),
        (sent, _) => format!("{} sent; whether anybody read them can't be told.", mails(sent)),
    }
}

fn mails(count: i32) -> String {
    if count == 1 { "one mail".into() } else { format!("{count} mails") }
}

fn days_ago(elapsed: TimeDelta) -> String {
    match elapsed.num_days() {
        days if days < 1 => "today".into(),
        1 => "yesterday".into(),
        days => format!("{days} days ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::MailActivity;
    use super::*;
    use proptest::prelude::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).expect("in range")
    }

    /// One mail: days since sent, days since opened, seen by a machine.
    type Mail = (i64, Option<i64>, bool);

    fn assess(mails: &[Mail]) -> TierAssessment {
        let at = |days: i64| now() - TimeDelta::days(days);
        let mails: Vec<MailActivity> = mails
            .iter()
            .map(|&(sent, opened, machine)| MailActivity {
                human_opened_at: opened.map(at),
                machine_opened_at: machine.then(|| at(sent)),
                ..MailActivity::unopened(at(sent))
            })
            .collect();
        tier_of(&EngagementCounts::from_mails(&mails, now()), now())
    }

    #[test]
    fn tiers_follow_the_table() {
        let cases: &[(&str, &[Mail], Tier)] = &[
            ("nothing sent", &[], Tier::New),
            ("one unopened", &[(10, None, false)], Tier::New),
            ("two unopened", &[(10, None, false), (5, None, false)], Tier::Cold),
            ("three unopened", &[(20, None, false), (10, None, false), (4, None, false)], Tier::Ghost),
            (
                "three unopened, newest young",
                &[(20, None, false), (10, None, false), (2, None, false)],
                Tier::Cold,
            ),
            (
                "two of three, one yesterday",
                &[(9, Some(8), false), (5, Some(1), false), (4, None, false)],
                Tier::Hot,
            ),
            ("one of two is not more than half", &[(9, Some(1), false), (5, None, false)], Tier::Warm),
            ("opened 10 days ago, one of two", &[(12, Some(10), false), (5, None, false)], Tier::Warm),
            ("opened 14 days ago", &[(20, Some(14), false)], Tier::Warm),
            ("opened 20 days ago", &[(25, Some(20), false)], Tier::Lurker),
            ("two old opens", &[(40, Some(39), false), (30, Some(29), false)], Tier::Lurker),
            (
                "four old opens",
                &[(60, Some(59), false), (50, Some(49), false), (40, Some(39), false), (30, Some(29), false)],
                Tier::Warm,
            ),
            ("one machine open", &[(10, None, true)], Tier::New),
            ("only machine opens", &[(30, None, true), (20, None, true), (10, None, true)], Tier::New),
            (
                "three unopened and a machine open",
                &[(40, None, false), (30, None, true), (20, None, false), (10, None, false)],
                Tier::Cold,
            ),
        ];
        for (name, mails, tier) in cases {
            assert_eq!(assess(mails).tier, *tier, "{name}");
        }
    }

    #[test]
    fn reply_makes_engaged_whatever_else_happened() {
        let mut mail = MailActivity::unopened(now() - TimeDelta::days(90));
        mail.replied_at = Some(now() - TimeDelta::days(80));
        let counts = EngagementCounts::from_mails(&[mail], now());
        assert_eq!(tier_of(&counts, now()).tier, Tier::Engaged);
    }

    #[test]
    fn click_without_pixel_makes_hot() {
        let mut mail = MailActivity::unopened(now() - TimeDelta::days(3));
        mail.clicked_at = Some(now() - TimeDelta::days(2));
        let counts = EngagementCounts::from_mails(&[mail], now());
        assert_eq!(tier_of(&counts, now()).tier, Tier::Hot);
    }

    #[test]
    fn burnout_at_three_not_at_two() {
        assert!(!assess(&[(40, Some(39), false), (20, None, false), (10, None, false)]).burnout);
        let burnt = assess(&[(40, Some(39), false), (20, None, false), (10, None, false), (5, None, false)]);
        assert!(burnt.burnout);
        assert_eq!(burnt.tier, Tier::Lurker);
    }

    proptest! {
        #[test]
        fn unverified_deal_is_never_a_ghost(
            mails in proptest::collection::vec((0i64..90, proptest::option::of(0i64..90), any::<bool>()), 0..10)
        ) {
            let assessment = assess(&mails);
            prop_assert!(!(assessment.unverified && assessment.tier == Tier::Ghost));
            prop_assert!(!assessment.reason.is_empty());
        }

        #[test]
        fn machine_opens_alone_never_make_anybody_hot_or_warm(ages in proptest::collection::vec(0i64..60, 0..10)) {
            let mails: Vec<Mail> = ages.into_iter().map(|age| (age, None, true)).collect();
            prop_assert_eq!(assess(&mails).tier, Tier::New);
        }
    }
}
