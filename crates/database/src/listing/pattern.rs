/// Text as a LIKE pattern for "contains", its own wildcards taken literally. Lower case, as the searched columns are.
pub(crate) fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.trim().to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::contains;

    #[test]
    fn wildcards_are_taken_literally() {
        assert_eq!(contains(" 50%_O'Brien\\ "), "%50\\%\\_o'brien\\\\%");
    }
}
