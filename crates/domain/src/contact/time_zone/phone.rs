//! Australian telephone numbers.

/// The digits of an Australian number in national form (`0298765432`), or `None` for anything else.
pub(super) fn australian_number(phone: &str) -> Option<String> {
    let plus = phone.trim_start().starts_with('+');
    let digits: String = phone.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let national =
        if let Some(rest) = digits.strip_prefix("0011").filter(|_| !plus) { rest } else { digits.as_str() };
    if let Some(rest) = national.strip_prefix("61").filter(|rest| plus || rest.len() == 9) {
        return Some(format!("0{}", rest.trim_start_matches('0'))).filter(|number| number.len() == 10);
    }
    (!plus && digits.len() == 10 && digits.starts_with('0')).then_some(digits)
}

/// The state of a landline's area code.
pub(super) fn area_code_state(phone: &str) -> Option<&'static str> {
    let number = australian_number(phone)?;
    let exchange = &number[2..4];
    match &number[..2] {
        "02" if matches!(exchange, "51" | "52" | "61" | "62") => Some("ACT"),
        "02" => Some("NSW"),
        "03" if matches!(exchange, "61" | "62" | "63" | "64") => Some("TAS"),
        "03" => Some("VIC"),
        "07" => Some("QLD"),
        "08" if number.starts_with("0889") || number.starts_with("0879") => Some("NT"),
        "08" if exchange.starts_with(['6', '9']) || exchange.starts_with('5') => Some("WA"),
        "08" if exchange.starts_with(['7', '8']) => Some("SA"),
        _ => None,
    }
}
