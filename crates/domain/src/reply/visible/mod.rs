//! What the writer typed: the body without quoted history, signature block, device footers and disclaimers.

mod attribution;
mod footer;
mod history;
#[cfg(test)]
mod tests;

use self::attribution::attribution_length;
use self::footer::{is_device_footer, without_disclaimer};
use self::history::starts_history;

/// The body without quoted history ("On … wrote:", `>` lines, Outlook's From/Sent block, forwarded mail), without
/// the signature below `--`, without "Sent from my phone" and the lawyers' last paragraph. Answers written between
/// quoted lines are kept.
pub fn visible_text(body: &str) -> String {
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = body.lines().map(|line| line.trim_end_matches(is_blank)).collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim_matches(is_blank);
        if let Some(length) = attribution_length(&lines[at..]) {
            // Without `>` there is no telling where the quotation ends: all that follows goes.
            let next = lines[at + length..].iter().find(|line| !line.trim_matches(is_blank).is_empty());
            if !next.is_some_and(|line| is_quoted(line)) {
                break;
            }
            at += length;
            continue;
        }
        if is_signature_rule(line) || starts_history(&lines[at..]) {
            break;
        }
        if !is_quoted(line) && !is_device_footer(line) {
            kept.push(lines[at]);
        }
        at += 1;
    }
    without_disclaimer(&collapse(&kept)).to_owned()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{2060}')
}

fn is_quoted(line: &str) -> bool {
    line.trim_start_matches(is_blank).starts_with('>')
}

/// RFC 3676 §4.3 asks for "-- "; trailing blanks are gone by now.
fn is_signature_rule(line: &str) -> bool {
    matches!(line, "--" | "—" | "__")
}

fn collapse(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in lines {
        if line.trim_matches(is_blank).is_empty() {
            blank = !text.is_empty();
            continue;
        }
        if !text.is_empty() {
            text.push_str(if blank { "\n\n" } else { "\n" });
        }
        text.push_str(line);
        blank = false;
    }
    text
}
