/// An amount of money in cents: `$1,200.50`, `AUD 1200`, `1.200,50 €`, `1.2k`, `3M`. `None` when it is no amount.
///
/// The last of `.` and `,` is the decimal mark, unless three digits follow it. Amounts are never negative.
pub fn parse_cents(text: &str) -> Option<i64> {
    let mut text = text.trim().to_lowercase();
    for currency in ["aud", "usd", "nzd", "inr", "eur", "gbp", "a$", "us$", "nz$", "$", "€", "£", "₹", "rs."]
    {
        text = text.replace(currency, "");
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let (digits, factor) = match text
        .strip_suffix('k')
        .map(|rest| (rest, 1_000))
        .or(text.strip_suffix('m').map(|rest| (rest, 1_000_000)))
    {
        Some((digits, factor)) => (digits, factor),
        None => (text.as_str(), 1),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    {
        return None;
    }
    let mark = digits.rfind(['.', ',']).filter(|&at| {
        let decimals = digits.len() - at - 1;
        let mark = &digits[at..at + 1];
        let single = digits.matches(mark).count() == 1;
        // "1,200" is twelve hundred; "1.2k" and "1200.505" have a decimal mark.
        single && (decimals != 3 || factor > 1 || (mark == "." && (at > 3 || digits[..at].contains(','))))
    });
    let (whole, fraction) = match mark {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if (whole.is_empty() && fraction.is_empty()) || whole.len() > 13 || fraction.len() > 9 {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let scale = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let fraction: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let cents = ((whole * scale + fraction) * factor * 100 + scale / 2) / scale;
    i64::try_from(cents).ok()
}

#[cfg(test)]
mod tests {
    use super::parse_cents;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_in_cents() {
        for (text, cents) in [
            ("$1,200.50", Some(120_050)),
            ("1200", Some(120_000)),
            ("1,200", Some(120_000)),
            ("1,200,000", Some(120_000_000)),
            ("1.200,50 €", Some(120_050)),
            ("1.200.000", Some(120_000_000)),
            ("12,50", Some(1_250)),
            ("A$ 99.9", Some(9_990)),
            ("1200 AUD", Some(120_000)),
            ("1.2K", Some(120_000)),
            ("3m", Some(300_000_000)),
            ("1 200", Some(120_000)),
            ("0", Some(0)),
            (".5", Some(50)),
            ("1200.505", Some(120_051)),
            ("-5", None),
            ("(1,200)", None),
            ("abc", None),
            ("", None),
            ("$", None),
            ("12-13", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(parse_cents(text), cents, "{text}");
        }
    }

    proptest! {
        #[test]
        fn plain_amounts_survive(cents in 0_i64..1_000_000_000) {
            let text = format!("{}.{:02}", cents / 100, cents % 100);
            prop_assert_eq!(parse_cents(&text), Some(cents));
        }

        #[test]
        fn never_panics(text in "\\PC{0,24}|[0-9.,km$]{0,24}") {
            let _ = parse_cents(&text);
        }
    }
}
