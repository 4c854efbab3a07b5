/// Plain text of `format=flowed` (RFC 3676) with its paragraphs in one line each: a line that ends in a blank goes on in
/// the next one of the same quoting depth. `delsp`: that blank isn't part of the text.
pub(super) fn unfolded(text: &str, delsp: bool) -> String {
    let mut output = String::with_capacity(text.len());
    // Depth of the paragraph that goes on.
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let depth = line.len() - line.trim_start_matches('>').len();
        let words = &line[depth..];
        let words = words.strip_prefix(' ').unwrap_or(words);
        let signature = words == "-- ";
        if open != Some(depth) || signature {
            if !output.is_empty() || open.is_some() {
                output.push('\n');
            }
            output.push_str(&line[..depth]);
            if depth > 0 && !words.is_empty() {
                output.push(' ');
            }
        }
        let flows = words.ends_with(' ') && !signature;
        output.push_str(if flows && delsp { &words[..words.len() - 1] } else { words });
        open = flows.then_some(depth);
    }
    output
}

#[cfg(test)]
mod tests {
    use super::unfolded;

    #[test]
    fn paragraphs_are_joined_and_depths_are_not() {
        for (text, expected) in [
            ("one \ntwo\nthree", "one two\nthree"),
            ("> one \n> two\nthree ", "> one two\nthree "),
            ("> one \nmine", "> one \nmine"),
            ("a\n-- \nb", "a\n-- \nb"),
            (" >stuffed\n From me", ">stuffed\nFrom me"),
            ("\n\na", "a"),
            ("", ""),
        ] {
            assert_eq!(unfolded(text, false).trim_start_matches('\n'), expected, "{text:?}");
        }
        assert_eq!(unfolded("\u{65e5} \n\u{672c}", true), "\u{65e5}\u{672c}");
    }
}
