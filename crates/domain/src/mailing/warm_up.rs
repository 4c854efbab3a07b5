use serde::{Deserialize, Serialize};

/// How a brand that receivers don't know yet grows: the cap of each day it sends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarmUp {
    /// Mails on the first sending day.
    pub first_day: u32,
    /// Growth from one sending day to the next, percent.
    pub growth_percent: u32,
}

impl Default for WarmUp {
    /// 20 on the first day, a quarter more on each further one: past 250 on the thirteenth.
    fn default() -> Self {
        Self { first_day: 20, growth_percent: 25 }
    }
}

impl WarmUp {
    /// The cap of a day before which the brand has sent on `sending_days` others. A day without mail doesn't count, so
    /// a holiday never makes the next step bigger.
    pub fn cap_on(&self, sending_days: u32) -> u32 {
        let mut cap = u64::from(self.first_day.max(1));
        for _ in 0..sending_days.min(365) {
            let grown = cap + (cap * u64::from(self.growth_percent)).div_ceil(100);
            if grown > u64::from(u32::MAX) {
                return u32::MAX;
            }
            cap = grown;
        }
        u32::try_from(cap).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warm_up_grows_by_sending_days() {
        let plan = WarmUp::default();
        let caps: Vec<u32> = (0..5).map(|day| plan.cap_on(day)).collect();
        assert_eq!(caps, [20, 25, 32, 40, 50]);
        assert!(plan.cap_on(12) > 250);
        assert_eq!(plan.cap_on(100_000), u32::MAX);
    }
}
