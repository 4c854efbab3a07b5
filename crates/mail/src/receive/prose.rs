//! What a delivery report in prose says of each recipient.

use domain::reply::{DeliveryStatus, Prose, prose_report};

use super::fields;

/// Recipients of one report.
const MOST: usize = 20;
/// Characters of the server's words that are kept of a recipient.
const LONGEST_WORDS: usize = 1_000;
/// Lines from which on the report returns our own mail, small letters.
const RETURNED: &[&str] = &[
    "--- below this line is a copy",
    "------ this is a copy of the message",
    "--- original message",
    "----- original message",
    "----- message header follows",
    "----- unsent message follows",
    "received:",
    "return-path:",
    "message-id:",
];
/// Addresses in a report that are no recipients, by what stands before the `@`.
const SERVERS: &[&str] = &["mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "abuse", "support"];

/// A report in prose.
#[derive(Debug, Default)]
pub(super) struct InProse {
    pub deliveries: Vec<DeliveryStatus>,
    /// Of the returned mail.
    pub message_id: Option<String>,
}

/// Who wrote, and to whom.
pub(super) struct Envelope<'a> {
    /// The writer's address, or the word that stands in its place.
    pub from: &'a str,
    /// Addresses the report was sent to, so ours.
    pub to: &'a [String],
    pub subject: &'a str,
    pub return_path_empty: bool,
    /// `X-Failed-Recipients`.
    pub named: &'a [String],
}

/// Reads a text as a report; `None` when it is none.
pub(super) fn read(envelope: &Envelope<'_>, text: &str) -> Option<InProse> {
    let kind = prose_report(envelope.from, envelope.subject, text, envelope.return_path_empty);
    let kind = kind.or((!envelope.named.is_empty()).then_some(Prose::Failed))?;
    let (own, returned) = split(text);
    let lines: Vec<&str> = own.lines().collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(address) = recipient(line) else { continue };
        let wanted = if envelope.named.is_empty() {
            !envelope.to.contains(&address) && !is_server(&address)
        } else {
            envelope.named.contains(&address)
        };
        if wanted && !found.iter().any(|(_, known)| *known == address) && found.len() < MOST {
            found.push((index, address));
        }
    }
    for named in envelope.named.iter().take(MOST) {
        if !found.iter().any(|(_, known)| known == named) {
            found.push((0, named.clone()));
        }
    }
    let action = match kind {
        Prose::Failed => "failed",
        Prose::Delayed => "delayed",
    };
    let starts: Vec<usize> = found.iter().map(|(start, _)| *start).collect();
    let deliveries = found.into_iter().map(|(start, recipient)| {
        let end = starts.iter().copied().filter(|other| *other > start).min().unwrap_or(lines.len());
        let words = fields::line(&lines[start..end].join(" "));
        DeliveryStatus {
            recipient,
            action: action.to_owned(),
            status: None,
            diagnostic: Some(words.chars().take(LONGEST_WORDS).collect::<String>())
                .filter(|words| !words.is_empty()),
        }
    });
    Some(InProse { deliveries: deliveries.collect(), message_id: message_id(returned) })
}

/// The report's own words, and the mail it returns.
fn split(text: &str) -> (&str, &str) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.trim().to_lowercase();
        if start > 0 && RETURNED.iter().any(|mark| lower.starts_with(mark)) {
            return text.split_at(start);
        }
        start += line.len();
    }
    (text, "")
}

/// The address that a line begins with, or the one in brackets: `<a@b.c>:`, `a@b.c, ERROR CODE`, `Priya (a@b.c)`.
fn recipient(line: &str) -> Option<String> {
    let marks = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ':' | ',' | ';' | '"' | '\'' | '*')
    };
    let first = line.trim_start_matches(|c: char| marks(c) || c == '-').split(marks).next().unwrap_or("");
    let bracketed = || {
        let inside = line.split(['<', '(']).skip(1).filter_map(|rest| rest.split(['>', ')']).next());
        inside.filter_map(address).next()
    };
    // "SMTP error after RCPT TO:<a@b.c>:" speaks of the one above.
    let of_server = ["RCPT TO", "MAIL FROM", "From:", "Subject:"].iter().any(|words| line.contains(words));
    let to = || line.trim().strip_prefix("To:").and_then(|rest| address(rest.trim()));
    address(first).or_else(to).or_else(|| if of_server { None } else { bracketed() })
}

fn address(word: &str) -> Option<String> {
    let word = word.trim_end_matches('.');
    let plausible = !word.contains(char::is_whitespace)
        && word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    if plausible { fields::address(word) } else { None }
}

fn is_server(address: &str) -> bool {
    SERVERS.contains(&address.split('@').next().unwrap_or(""))
}

fn message_id(returned: &str) -> Option<String> {
    returned.lines().find_map(|line| {
        let line = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("message-id") { fields::id(value) } else { None }
    })
}
