use chrono::{DateTime, TimeDelta, Utc};
use uuid::{Builder, Uuid};

/// A generator of our own (SplitMix64), so that the same seed gives the same demo on every machine and for ever.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator that doesn't depend on how often this one is asked afterwards.
    pub fn split(&mut self) -> Self {
        Self(self.roll())
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let scaled = (u128::from(self.roll()) * bound as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of the choices, each as likely as the next. The list must not be empty.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// One of the texts.
    pub fn word(&mut self, choices: &[&'static str]) -> &'static str {
        choices[self.below(choices.len())]
    }

    /// One of the choices, as likely as its weight says. The list must not be empty.
    pub fn weighted<T: Copy>(&mut self, choices: &[(usize, T)]) -> T {
        let total = choices.iter().map(|(weight, _)| weight).sum();
        let mut point = self.below(total);
        for &(weight, choice) in choices {
            if point < weight {
                return choice;
            }
            point -= weight;
        }
        choices[choices.len() - 1].1
    }

    pub fn minutes(&mut self, low: i64, high: i64) -> TimeDelta {
        TimeDelta::seconds(self.between(low * 60, high * 60))
    }

    /// A UUIDv7 of this moment.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        let (high, low) = (self.roll().to_be_bytes(), self.roll().to_be_bytes());
        let mut random = [0; 10];
        random[..8].copy_from_slice(&high);
        random[8..].copy_from_slice(&low[..2]);
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        // The generator's published test vector (seed 1234567).
        let mut dice = Dice::new(1_234_567);
        let rolls: Vec<u64> = (0..3).map(|_| dice.roll()).collect();
        assert_eq!(rolls, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn ids_are_version_7_and_sort_by_time() {
        let mut dice = Dice::new(1);
        let at = DateTime::from_timestamp(1_780_000_000, 0).expect("in range");
        let (earlier, later) = (dice.id(at), dice.id(at + TimeDelta::seconds(1)));
        assert_eq!(earlier.get_version_num(), 7);
        assert!(earlier < later);
    }

    #[test]
    fn choices_follow_their_weights() {
        let mut dice = Dice::new(7);
        let rare = (0..10_000).filter(|_| dice.weighted(&[(9, false), (1, true)])).count();
        assert!((900..1_100).contains(&rare), "{rare}");
        assert!((0..1_000).all(|_| (3..=5).contains(&dice.between(3, 5))));
    }
}
