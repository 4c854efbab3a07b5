use mail_parser::{Message, PartType};

use super::html;

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
            PartType::Text(text) => clean(text),
            PartType::Html(source) => clean(&html::to_lines(source)),
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

fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', "").trim().to_owned()
}
