use super::{MailContext, Rendered};
use crate::links::hrefs;

/// Gmail clips longer mails and hides the opt-out with what it cuts off. Bytes.
const LARGEST: usize = 100_000;
/// Characters of the longest paragraph. A heading, a greeting and a button alone have no paragraph that long.
const SHORTEST_PARAGRAPH: usize = 40;
/// What other systems write where they have nothing.
const NON_VALUES: [&str; 5] = ["None", "undefined", "NaN", "null", "NULL"];

/// What no mail program shows and spam filters punish; also what a name would bring that wasn't escaped.
const FORBIDDEN: [&str; 6] = ["<script", "<iframe", "<object", "<embed", "<form", "<base"];
/// Links that do something instead of leading somewhere.
const ACTING: [&str; 3] = ["javascript:", "data:", "vbscript:"];

/// Whether the mail may go out. `body` is the text of the content without the footer.
pub(super) fn fit_to_send(mail: &Rendered, body: &str, context: &MailContext) -> Result<(), String> {
    let salutation = context.contact.salutation.trim();
    if salutation.is_empty() {
        return Err("there is no greeting for this contact".to_owned());
    }
    if !folded(body).contains(&folded(salutation)) {
        return Err("the greeting is missing".to_owned());
    }
    if body.lines().map(prose).max().unwrap_or_default() < SHORTEST_PARAGRAPH {
        return Err("it has no message".to_owned());
    }
    if mail.preheader.is_empty() {
        return Err("the preview text is empty".to_owned());
    }
    let lower = mail.html.to_ascii_lowercase();
    if let Some(element) = FORBIDDEN.into_iter().find(|element| lower.contains(element)) {
        return Err(format!("it contains \u{201c}{element}>\u{201d}, which no mail may have"));
    }
    let opt_out = context.unsubscribe_url.as_str();
    let links = hrefs(&mail.html).map_err(|error| error.to_string())?;
    let acts =
        |link: &&String| ACTING.iter().any(|scheme| link.trim().to_ascii_lowercase().starts_with(scheme));
    if let Some(link) = links.iter().find(acts) {
        return Err(format!("the link \u{201c}{link}\u{201d} leads nowhere"));
    }
    if opt_out.is_empty() || !links.iter().any(|link| link == opt_out) || !mail.text.contains(opt_out) {
        return Err("the unsubscribe link is missing".to_owned());
    }
    for (part, text) in
        [("preview text", &mail.preheader), ("text", &mail.text), ("HTML", &without_styles(&mail.html))]
    {
        if let Some(reason) = leftover(text) {
            return Err(format!("the {part} {reason}"));
        }
    }
    if mail.html.len() > LARGEST {
        return Err(format!("it has {} kB, more than {} kB", mail.html.len() / 1_000, LARGEST / 1_000));
    }
    Ok(())
}

/// Characters of a line without the addresses in it.
fn prose(line: &str) -> usize {
    let words = line.split_whitespace().filter(|word| !word.contains("://") && !word.contains('@'));
    words.map(|word| word.chars().count() + 1).sum()
}

/// What shows that a template was not filled in.
pub(super) fn leftover(text: &str) -> Option<String> {
    if let Some(mark) = ["{{", "}}", "{%", "%}"].into_iter().find(|mark| text.contains(mark)) {
        return Some(format!("contains \u{201c}{mark}\u{201d}"));
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    words.find(|word| NON_VALUES.contains(word)).map(|word| format!("contains \u{201c}{word}\u{201d}"))
}

/// CSS closes nested blocks with the marks that a template would leave behind.
fn without_styles(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<style") {
        kept.push_str(&rest[..start]);
        rest = rest[start..].find("</style>").map_or("", |end| &rest[start + end..]);
    }
    kept.push_str(rest);
    kept
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
