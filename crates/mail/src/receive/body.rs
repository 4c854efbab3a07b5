use std::borrow::Cow;

use lol_html::html_content::ContentType;
use lol_html::{MemorySettings, Settings, element, rewrite_str};
use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, PartType};

/// Characters of text that are kept: far more than anybody writes.
const LONGEST: usize = 200_000;
/// Bytes of HTML that are looked at.
const LARGEST_HTML: usize = 2 * 1024 * 1024;
/// Stand for the start and end of quoted history while tags are taken out; private-use characters.
const QUOTE_START: char = '\u{f8d0}';
const QUOTE_END: char = '\u{f8d1}';

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
            PartType::Html(html) => from_html(html),
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => continue,
        };
        if !text.is_empty() {
            texts.push(text);
        }
    }
    texts.join("\n\n").chars().take(LONGEST).collect()
}

fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    let text = text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', "");
    text.trim().chars().take(LONGEST).collect()
}

/// HTML as lines. The parser's own conversion knows only `<br>` and `</p>`; mail programs write lines as `<div>`.
fn from_html(html: &str) -> String {
    let mut end = html.len().min(LARGEST_HTML);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let html = html[..end].replace([QUOTE_START, QUOTE_END], "");
    let marked = with_breaks(&html).map_or(Cow::Borrowed(html.as_str()), Cow::Owned);
    lines(&clean(&html_to_text(&marked)))
}

fn with_breaks(html: &str) -> Option<String> {
    let blocks = element!("div, li, tr, h1, h2, h3, h4, h5, h6, ul, ol, table, hr, pre, p", |block| {
        block.before("<br>", ContentType::Html);
        block.after("<br>", ContentType::Html);
        Ok(())
    });
    let cells = element!("td, th", |cell| {
        cell.after(" ", ContentType::Html);
        Ok(())
    });
    let unseen = element!("head, style, script, title, template", |element| {
        element.remove();
        Ok(())
    });
    let quotes = element!("blockquote", |quote| {
        let attribute = |name: &str| quote.get_attribute(name).unwrap_or_default().to_ascii_lowercase();
        // An indented paragraph is a blockquote too; only what mail programs mark is history.
        if attribute("type") == "cite" || attribute("class").contains("quote") {
            quote.before(&format!("<br>{QUOTE_START}<br>"), ContentType::Html);
            quote.after(&format!("<br>{QUOTE_END}<br>"), ContentType::Html);
        }
        Ok(())
    });
    let settings = Settings::new()
        .append_element_content_handler(blocks)
        .append_element_content_handler(cells)
        .append_element_content_handler(unseen)
        .append_element_content_handler(quotes)
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(64 * 1024 * 1024));
    rewrite_str(html, settings).ok()
}

/// Trims lines, keeps single blank ones, and prefixes quoted history with `>`.
fn lines(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut blank = 0;
    for line in text.lines() {
        let line = line.trim();
        match line.chars().next() {
            Some(QUOTE_START) => depth += 1,
            Some(QUOTE_END) => depth = depth.saturating_sub(1),
            None => blank += 1,
            Some(_) => {
                if !output.is_empty() {
                    // Nested blocks make one break each; a paragraph is at least two.
                    output.push_str(if blank > 1 { "\n\n" } else { "\n" });
                }
                if depth > 0 {
                    output.push_str("> ");
                }
                output.push_str(line);
                blank = 0;
            }
        }
    }
    output
}
