//! "On Tuesday, Priya wrote:", in the languages of the mail programs.

use super::{is_blank, is_quoted};

/// First words of an attribution, and the verbs that one of them goes with.
const FORMS: &[(&str, &[&str])] = &[
    ("on ", &["wrote"]),
    ("am ", &["schrieb"]),
    ("le ", &["a écrit"]),
    ("el ", &["escribió"]),
    ("il ", &["ha scritto"]),
    ("op ", &["schreef"]),
    ("em ", &["escreveu"]),
    ("den ", &["skrev"]),
    ("på ", &["skrev"]),
    ("dnia ", &["napisał", "pisze"]),
    ("w dniu ", &["napisał", "pisze"]),
];
/// Lines that an attribution is wrapped over.
const MOST_LINES: usize = 5;

/// How many lines an attribution takes ("On Tue, 3 Mar 2026, Priya <p@acme.com> wrote:", often wrapped), if one
/// starts here.
pub(super) fn attribution_length(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim_matches(is_blank);
    let lower = first.to_lowercase();
    let verbs = || FORMS.iter().flat_map(|(_, verbs)| verbs.iter());
    // Older Gmail: "2026-03-03 10:00 GMT+11:00 Priya <p@acme.com>:"
    if first.starts_with(|c: char| c.is_ascii_digit()) && first.ends_with(">:") && first.contains('@') {
        return Some(1);
    }
    // "Priya Sharma <p@acme.com> wrote:"
    if first.contains('@') && verbs().any(|verb| ends_with_verb(&lower, verb)) {
        return Some(1);
    }
    let (_, verbs) = FORMS.iter().find(|(opening, _)| lower.starts_with(opening))?;
    let mut joined = String::new();
    for (index, line) in lines.iter().take(MOST_LINES).enumerate() {
        let line = line.trim_matches(is_blank);
        if line.is_empty() || is_quoted(line) {
            return None;
        }
        joined.push_str(&line.to_lowercase());
        if is_attribution(&joined, verbs) {
            return joined.contains(|c: char| c.is_ascii_digit()).then_some(index + 1);
        }
        joined.push(' ');
    }
    None
}

/// The verb ends the line, or stands before the name: "schrieb Priya <p@acme.com>:".
fn is_attribution(line: &str, verbs: &[&str]) -> bool {
    verbs.iter().any(|verb| {
        ends_with_verb(line, verb)
            || line.ends_with(':') && line.contains('@') && line.contains(&format!(" {verb} "))
    })
}

fn ends_with_verb(line: &str, verb: &str) -> bool {
    line.strip_suffix(':')
        .map(str::trim_end)
        .is_some_and(|rest| rest.ends_with(verb) || rest.ends_with(&format!("{verb}(a)")))
}
