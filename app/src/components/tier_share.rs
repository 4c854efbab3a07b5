use crate::any::CollectAny;
use domain::engagement::Tier;
use leptos::prelude::*;

/// How a column's deals spread over the tiers: a thin bar whose name says the same in words.
#[component]
pub fn TierShare(
    /// Deals per tier, drawn in this order; zeros are left out.
    counts: Vec<(Tier, i64)>,
) -> impl IntoView {
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    let words: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(tier, count)| format!("{count} {}", tier.label().to_ascii_lowercase()))
        .collect();
    let label = if words.is_empty() { "No deals".to_owned() } else { words.join(", ") };
    let mut start = 0_i64;
    let bars = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(tier, count)| {
            let x = percent(start, total);
            start += count;
            let width = percent(count, total);
            view! { <rect class=format!("mark--{tier}") x=x width=width height="100%"></rect> }
        })
        .collect_any();
    view! { <svg class="share" role="img" aria-label=label>{bars}</svg> }
}

/// Two decimals are finer than a pixel of the bar.
fn percent(part: i64, total: i64) -> String {
    let hundredths = part * 10_000 / total.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percent_of_nothing_is_zero() {
        assert_eq!(percent(0, 0), "0.00%");
        assert_eq!(percent(1, 3), "33.33%");
        assert_eq!(percent(7, 7), "100.00%");
    }
}
