use uuid::Uuid;

use super::siphash::siphash24;

/// The index of the variant that a deal gets: share of variant `i` = `weights[i]` / sum of weights.
///
/// A keyed hash of (experiment, deal), so the same on every machine and at every call, and independent between
/// experiments. Changing the weights moves as few deals as it must when the order of variants stays; what has been
/// sent is recorded with the mail. 0 when there are no variants or all weights are 0.
pub fn assign(experiment_key: &[u8], deal: Uuid, weights: &[u32]) -> usize {
    let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    if total == 0 {
        return 0;
    }
    let k0 = siphash24(0, 0, experiment_key);
    let k1 = siphash24(0, 1, experiment_key);
    let hash = siphash24(k0, k1, deal.as_bytes());
    // Scales the hash to 0..total without a remainder's bias.
    let point = (u128::from(hash) * u128::from(total)) >> 64;
    let mut upper = 0_u128;
    weights
        .iter()
        .position(|weight| {
            upper += u128::from(*weight);
            point < upper
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn deal(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    /// Fixed for ever: a change here would re-assign running experiments.
    #[test]
    fn assignments_do_not_change() {
        let found: Vec<usize> =
            (0..16).map(|number| assign(b"sales/intro/subject", deal(number), &[1, 1])).collect();
        assert_eq!(found, [0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1]);
    }

    #[test]
    fn nothing_to_choose_is_the_first() {
        assert_eq!(assign(b"x", deal(1), &[]), 0);
        assert_eq!(assign(b"x", deal(1), &[0, 0]), 0);
        assert_eq!(assign(b"x", deal(1), &[7]), 0);
    }

    #[test]
    fn shares_follow_the_weights() {
        // Chi-squared with 2 degrees of freedom; 13.8 is passed by chance once in a thousand keys, and keys are fixed.
        for key in [b"a".as_slice(), b"b", b"sales/intro", b"realestate/invited/subject"] {
            let weights = [50, 30, 20];
            let mut counts = [0_u32; 3];
            for number in 0..20_000 {
                counts[assign(key, deal(number), &weights)] += 1;
            }
            let chi: f64 = counts
                .iter()
                .zip(weights)
                .map(|(count, weight)| {
                    let expected = 200.0 * f64::from(weight);
                    (f64::from(*count) - expected).powi(2) / expected
                })
                .sum();
            assert!(chi < 13.8, "{key:?}: {counts:?}, chi-squared {chi}");
        }
    }

    #[test]
    fn experiments_are_independent() {
        let both = (0..10_000)
            .filter(|number| assign(b"a", deal(*number), &[1, 1]) == assign(b"b", deal(*number), &[1, 1]))
            .count();
        assert!((4_800..5_200).contains(&both), "{both}");
    }

    proptest! {
        #[test]
        fn sticky_in_range_and_never_a_variant_without_weight(key: Vec<u8>, number: u128, weights in proptest::collection::vec(0_u32..100, 1..6)) {
            let found = assign(&key, deal(number), &weights);
            prop_assert_eq!(found, assign(&key, deal(number), &weights));
            prop_assert!(found < weights.len());
            if weights.iter().any(|weight| *weight > 0) {
                prop_assert!(weights[found] > 0);
            }
        }

        #[test]
        fn a_growing_first_share_keeps_its_deals(number: u128, smaller in 1_u32..50, more in 0_u32..50) {
            let before = assign(b"k", deal(number), &[smaller, 100 - smaller]);
            let after = assign(b"k", deal(number), &[smaller + more, 100 - smaller - more]);
            prop_assert!(before != 0 || after == 0);
        }
    }
}
