use super::PARTICLES;

/// Puts a text that is all capitals or all small letters in mixed case; leaves mixed case alone.
pub(in crate::contact) fn recase(text: &str) -> String {
    let has_upper = text.chars().any(char::is_uppercase);
    let has_lower = text.chars().any(char::is_lowercase);
    if has_upper && has_lower {
        return text.to_owned();
    }
    let words: Vec<String> =
        text.split(' ').enumerate().map(|(index, word)| recase_word(word, index == 0)).collect();
    words.join(" ")
}

fn recase_word(word: &str, first: bool) -> String {
    let lower = word.to_lowercase();
    if !first && PARTICLES.contains(&lower.as_str()) {
        return lower;
    }
    let mut mixed = String::with_capacity(lower.len());
    let mut raise = true;
    for c in lower.chars() {
        if raise {
            mixed.extend(c.to_uppercase())
        } else {
            mixed.push(c)
        }
        // Not after a possessive or contraction: an apostrophe raises only after one letter (O'Brien, D'Souza).
        raise = c == '-' || (matches!(c, '\'' | '’') && mixed.chars().count() == 2);
    }
    match mixed.strip_prefix("Mc") {
        Some(rest) if rest.chars().count() >= 3 => {
            let mut rest = rest.chars();
            rest.next()
                .map_or_else(|| "Mc".to_owned(), |c| format!("Mc{}{}", c.to_uppercase(), rest.as_str()))
        }
        _ => mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::recase;

    #[test]
    fn only_monotone_text_changes() {
        for (text, expected) in [
            ("PRIYA", "Priya"),
            ("priya", "Priya"),
            ("McDonald", "McDonald"),
            ("MCDONALD", "McDonald"),
            ("de Souza", "de Souza"),
            ("LUDWIG VAN BEETHOVEN", "Ludwig van Beethoven"),
            ("o'brien", "O'Brien"),
            ("JEAN-LUC", "Jean-Luc"),
            ("प्रिया", "प्रिया"),
            ("", ""),
        ] {
            assert_eq!(recase(text), expected);
        }
    }
}
