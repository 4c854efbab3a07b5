use crate::engagement::Tier;

/// Days to wait after a mail before the next one, by tier. The same rule sets the date after a send and is asked again
/// when the date comes, so a change of tier in between counts.
pub fn wait_after_send(tier: Tier, stage_days: i32) -> i32 {
    match tier {
        Tier::Engaged | Tier::Hot => stage_days.min(2),
        Tier::New | Tier::Warm => stage_days,
        Tier::Lurker => stage_days.max(5),
        Tier::Cold | Tier::Ghost => stage_days.max(7),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_follow_the_tier() {
        let cases = [
            (Tier::Engaged, 5, 2),
            (Tier::Hot, 5, 2),
            (Tier::Hot, 1, 1),
            (Tier::New, 4, 4),
            (Tier::Warm, 6, 6),
            (Tier::Lurker, 4, 5),
            (Tier::Lurker, 7, 7),
            (Tier::Cold, 4, 7),
            (Tier::Cold, 8, 8),
            (Tier::Ghost, 5, 7),
        ];
        for (tier, stage_days, wait) in cases {
            assert_eq!(wait_after_send(tier, stage_days), wait, "{tier}");
        }
    }
}
