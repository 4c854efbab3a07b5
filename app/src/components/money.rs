use leptos::prelude::*;

/// An amount with its currency; nothing and zero are a dash.
#[component]
pub fn Money(
    /// Cents.
    cents: i64,
    /// ISO 4217; Australian dollars unless told.
    #[prop(optional, into)]
    currency: Option<String>,
) -> impl IntoView {
    let text = if cents == 0 { "–".to_owned() } else { money(cents, currency.as_deref().unwrap_or("AUD")) };
    view! { <span class="num">{text}</span> }
}

/// "A$1,200", "A$1,200.50", "US$80", "INR 5,000"; cents only where there are any.
pub fn money(cents: i64, currency: &str) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let amount = cents.unsigned_abs();
    let symbol = match currency {
        "AUD" => "A$".to_owned(),
        "NZD" => "NZ$".to_owned(),
        "USD" => "US$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        other => format!("{other} "),
    };
    let whole = grouped(amount / 100);
    match amount % 100 {
        0 => format!("{sign}{symbol}{whole}"),
        rest => format!("{sign}{symbol}{whole}.{rest:02}"),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn money_groups_thousands_and_drops_empty_cents() {
        for (cents, currency, expected) in [
            (120_000, "AUD", "A$1,200"),
            (120_050, "AUD", "A$1,200.50"),
            (5, "AUD", "A$0.05"),
            (-99_900, "USD", "−US$999"),
            (123_456_700, "INR", "INR 1,234,567"),
        ] {
            assert_eq!(money(cents, currency), expected);
        }
    }

    #[test]
    fn money_survives_the_smallest_number() {
        assert_eq!(money(i64::MIN, "AUD"), "−A$92,233,720,368,547,758.08");
    }
}
