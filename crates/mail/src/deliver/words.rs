/// Servers' texts are shown on the deal; some are a page long.
const LONGEST: usize = 300;

/// One line of bounded length.
pub(crate) fn tidy(text: &str) -> String {
    let line = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    line.collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}
