//! What the writer typed: the body without quoted history, signature block and device footers.

/// The body without quoted history ("On … wrote:", `>` lines, Outlook's From/Sent block, forwarded mail), without
/// the signature below `--`, and without "Sent from my phone". Answers written between quoted lines are kept.
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
    collapse(&kept)
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

/// How many lines an attribution takes ("On Tue, 3 Mar 2026, Priya <p@acme.com> wrote:", often wrapped), if one
/// starts here.
fn attribution_length(lines: &[&str]) -> Option<usize> {
    const ENDINGS: &[&str] = &["wrote:", "wrote :", "a écrit :", "schrieb:", "escribió:", "ha scritto:"];
    let first = lines.first()?.trim_matches(is_blank);
    let lower = first.to_lowercase();
    let opens = ["on ", "le ", "am ", "el ", "il "].iter().any(|word| lower.starts_with(word));
    // Older Gmail: "2026-03-03 10:00 GMT+11:00 Priya <p@acme.com>:"
    if first.starts_with(|c: char| c.is_ascii_digit()) && first.ends_with(">:") && first.contains('@') {
        return Some(1);
    }
    // "Priya Sharma <p@acme.com> wrote:"
    if first.contains('@') && ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        return Some(1);
    }
    if !opens {
        return None;
    }
    let mut joined = String::new();
    for (index, line) in lines.iter().take(4).enumerate() {
        let line = line.trim_matches(is_blank);
        if line.is_empty() || is_quoted(line) {
            return None;
        }
        joined.push_str(&line.to_lowercase());
        if ENDINGS.iter().any(|ending| joined.ends_with(ending)) {
            return joined.contains(|c: char| c.is_ascii_digit()).then_some(index + 1);
        }
        joined.push(' ');
    }
    None
}

/// From here on everything is an earlier mail: Outlook's header block, "Original Message", a forwarded mail.
fn starts_history(lines: &[&str]) -> bool {
    let Some(line) = lines.first().map(|line| line.trim_matches(is_blank)) else {
        return false;
    };
    let lower = line.to_lowercase();
    let words = lower.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | '*' | ' '));
    let ruled = lower.starts_with("--") || lower.starts_with("__") || lower.starts_with("==");
    if words == "begin forwarded message:" {
        return true;
    }
    if ruled
        && (words.starts_with("original message")
            || words.starts_with("original appointment")
            || words.starts_with("forwarded message")
            || words.starts_with("reply above this line")
            || (words.starts_with("on ") && words.ends_with("wrote")))
    {
        return true;
    }
    // Outlook on the web draws a line of underscores above the block.
    if words.is_empty() && line.len() >= 10 {
        return lines[1..]
            .iter()
            .find(|next| !next.trim_matches(is_blank).is_empty())
            .is_some_and(|next| field(next, "from"));
    }
    field(line, "from") && {
        let below: Vec<&&str> =
            lines[1..].iter().filter(|next| !next.trim_matches(is_blank).is_empty()).take(4).collect();
        let has = |name: &str| below.iter().any(|next| field(next, name));
        (has("sent") || has("date")) && (has("to") || has("subject"))
    }
}

/// `From: …`, also in bold as `*From:* …`.
fn field(line: &str, name: &str) -> bool {
    let line = line.trim_matches(is_blank).trim_start_matches('*').to_lowercase();
    line.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches('*').trim_start().starts_with(':'))
}

fn is_device_footer(line: &str) -> bool {
    let lower = line.trim_start_matches(['(', '[', '<']).to_lowercase();
    line.chars().count() <= 80
        && [
            "sent from my ",
            "sent from mail for windows",
            "sent from outlook",
            "sent from yahoo mail",
            "sent from proton",
            "sent from samsung",
            "sent from gmail mobile",
            "sent via my ",
            "sent using zoho mail",
            "get outlook for ",
            "sent from iphone",
            "sent from android",
        ]
        .iter()
        .any(|footer| lower.starts_with(footer))
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

#[cfg(test)]
mod tests {
    use super::visible_text;
    use proptest::prelude::*;

    #[test]
    fn history_and_signatures_are_cut() {
        let cases: &[(&str, &str, &str)] = &[
            (
                "Gmail",
                "Yes please!\r\n\r\nOn Tue, 3 Mar 2026 at 10:00, Codeteki <hi@codeteki.au> wrote:\r\n\r\n> Hi Priya\r\n> unsubscribe\r\n",
                "Yes please!",
            ),
            (
                "Gmail, wrapped",
                "Yes\n\nOn Tue, Mar 3, 2026 at 10:00 AM Codeteki\n<hi@codeteki.au>\nwrote:\n\n> Hi",
                "Yes",
            ),
            ("Gmail, old", "Yes\n2026-03-03 10:00 GMT+11:00 Codeteki <hi@codeteki.au>:\n> Hi", "Yes"),
            (
                "Apple",
                "Sounds good.\n\nSent from my iPhone\n\n> On 3 Mar 2026, at 10:00 am, Codeteki <hi@codeteki.au> wrote:\n> \n> Hi",
                "Sounds good.",
            ),
            (
                "Outlook",
                "No thanks\n\nFrom: Codeteki <hi@codeteki.au>\nSent: Tuesday, 3 March 2026 10:00 AM\nTo: Priya\nSubject: Hello\n\nHi Priya, unsubscribe",
                "No thanks",
            ),
            (
                "Outlook, bold",
                "No thanks\n\n*From:* Codeteki\n*Sent:* Tuesday\n*To:* Priya\n*Subject:* Hello\n\nHi",
                "No thanks",
            ),
            (
                "Outlook on the web",
                "Call me\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Codeteki\nSent: Tuesday\nTo: P\nSubject: Hi\nHello",
                "Call me",
            ),
            ("Outlook, plain", "Call me\n\n-----Original Message-----\nFrom: Codeteki\nHello", "Call me"),
            (
                "Zoho",
                "Interested\n\n---- On Tue, 03 Mar 2026 10:00:00 +1100 Codeteki <hi@codeteki.au> wrote ----\nHello",
                "Interested",
            ),
            ("forwarded", "FYI\n\n---------- Forwarded message ---------\nFrom: Codeteki\nHello", "FYI"),
            ("signature", "Yes\n-- \nPriya Sharma\nunsubscribe at any time", "Yes"),
            (
                "between the lines",
                "On Tue, 3 Mar 2026, Codeteki wrote:\n> Shall we talk?\nYes, Monday.\n> When?\nAt ten.",
                "Yes, Monday.\nAt ten.",
            ),
            (
                "no history",
                "On Monday I wrote to you.\nFrom: here to there",
                "On Monday I wrote to you.\nFrom: here to there",
            ),
            ("paragraphs", "One\n\n\n\nTwo\n\n", "One\n\nTwo"),
            ("only history", "> Hi\n> there", ""),
            ("empty", "", ""),
        ];
        for (name, body, expected) in cases {
            assert_eq!(visible_text(body), *expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_grows(body in "(?s).{0,300}") {
            prop_assert!(visible_text(&body).len() <= body.len());
        }

        #[test]
        fn cutting_twice_changes_nothing(body in "(On 3 Mar A <a@b.c> wrote:|> x|Yes|From: a|Sent: b|To: c|--|\\n| ){0,30}") {
            let once = visible_text(&body);
            prop_assert_eq!(visible_text(&once), once);
        }
    }
}
