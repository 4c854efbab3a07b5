use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::{charset, flowed, html};

/// Characters of text that are kept: far more than anybody writes.
const LONGEST: usize = 200_000;

/// The body as plain text: the text parts, or the HTML parts if those say nothing.
pub(super) fn text(message: &Message<'_>) -> String {
    let plain = joined(message, &message.text_body);
    if plain.is_empty() { joined(message, &message.html_body) } else { plain }
}

fn joined(message: &Message<'_>, parts: &[u32]) -> String {
    let mut texts = Vec::new();
    for part in parts.iter().filter_map(|id| message.part(*id)) {
        let text = match &part.body {
            PartType::Text(text) => clean(&plain(message, part, text)),
            PartType::Html(source) => {
                clean(&html::to_lines(charset::guessed(message, part).as_deref().unwrap_or(source)))
            }
            PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Message(_)
            | PartType::Multipart(_) => continue,
        };
        if !text.is_empty() {
            texts.push(text);
        }
    }
    texts.join("\n\n").chars().take(LONGEST).collect()
}

fn plain(message: &Message<'_>, part: &MessagePart<'_>, text: &str) -> String {
    let text = charset::guessed(message, part).unwrap_or_else(|| text.to_owned()).replace("\r\n", "\n");
    let attribute = |name: &str| {
        part.content_type()
            .and_then(|kind| kind.attribute(name))
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    if attribute("format") == "flowed" { flowed::unfolded(&text, attribute("delsp") == "yes") } else { text }
}

fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', "").trim().to_owned()
}
