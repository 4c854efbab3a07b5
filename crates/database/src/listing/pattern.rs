/// Text as a LIKE pattern for "contains", its own wildcards taken literally. Lower case, as the searched columns are.
pub(crate) fn contains(text: &str) -> String {
    format!("%{}%", literally(text))
}

/// Patterns of LIKE for what is typed into a search of contacts; any of them has to match. One or two letters are the
/// beginning of a word: inside words they tell nothing, and an index of three letters at a time does not know them.
pub(crate) fn typed(text: &str) -> Vec<String> {
    let text = literally(text);
    if text.chars().count() < 3 {
        vec![format!("{text}%"), format!("% {text}%")]
    } else {
        vec![format!("%{text}%")]
    }
}

fn literally(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.trim().to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::{contains, typed};

    #[test]
    fn wildcards_are_taken_literally() {
        assert_eq!(contains(" 50%_O'Brien\\ "), "%50\\%\\_o'brien\\\\%");
    }

    #[test]
    fn one_or_two_letters_begin_a_word() {
        assert_eq!(typed(" Pr"), ["pr%", "% pr%"]);
        assert_eq!(typed("Pri"), ["%pri%"]);
        assert_eq!(typed("é"), ["é%", "% é%"]);
    }
}
