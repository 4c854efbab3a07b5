use std::borrow::Cow;

use lol_html::html_content::{ContentType, Element};
use lol_html::{MemorySettings, Settings, doc_comments, doctype, element, rewrite_str, text};
use mail_parser::decoders::html::html_to_text;

/// Bytes of HTML that are looked at.
const LARGEST: usize = 2 * 1024 * 1024;
/// Bytes the parser may use for what it has to remember of open tags.
const MEMORY: usize = 64 * 1024 * 1024;
/// Longest name of an entity is 31 letters.
const LONGEST_ENTITY: usize = 34;

// Stand for what tags mean while the tags are taken out; private-use characters.
/// `<br>`: ends the line it stands in.
const BREAK: char = '\u{f8d0}';
/// Bound of a block: what follows starts on a new line, however many bounds coincide.
const BOUND: char = '\u{f8d1}';
/// Bound of a paragraph: a blank line.
const PARAGRAPH: char = '\u{f8d2}';
const QUOTE_START: char = '\u{f8d3}';
const QUOTE_END: char = '\u{f8d4}';
const MARKS: [char; 5] = [BREAK, BOUND, PARAGRAPH, QUOTE_START, QUOTE_END];

/// HTML as lines of text, quoted history marked with `>`.
///
/// The mail parser has a conversion of its own, but it knows no lines other than `<br>` and `</p>`, while mail
/// programs write them as `<div>`, and it glues words together around inline tags.
pub(super) fn to_lines(html: &str) -> String {
    let mut end = html.len().min(LARGEST);
    if end < html.len() {
        // Not in the middle of a tag.
        end = html.as_bytes()[..end].iter().rposition(|byte| *byte == b'<').unwrap_or(0);
    }
    let html = html[..end].replace(MARKS, "");
    match without_tags(&html) {
        Some(text) => lines(&decoded(&folded(&text))),
        None => html_to_text(&html),
    }
}

fn without_tags(html: &str) -> Option<String> {
    let tags = element!("*", |element| {
        take_out(element);
        Ok(())
    });
    let preformatted = text!("pre", |chunk| {
        let lines = chunk.as_str().replace('\n', BREAK.encode_utf8(&mut [0; 4]));
        chunk.replace(&lines, ContentType::Html);
        Ok(())
    });
    let comments = doc_comments!(|comment| {
        comment.remove();
        Ok(())
    });
    let doctype = doctype!(|doctype| {
        doctype.remove();
        Ok(())
    });
    let settings = Settings::new()
        .append_element_content_handler(tags)
        .append_element_content_handler(preformatted)
        .append_document_content_handler(comments)
        .append_document_content_handler(doctype)
        .with_memory_settings(MemorySettings::new().with_max_allowed_memory_usage(MEMORY));
    rewrite_str(html, settings).ok().map(|text| without_stray_ends(&text))
}

/// End tags of elements that were never opened pass the parser by. Written text has its `<` as an entity here.
fn without_stray_ends(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("</") {
        kept.push_str(&rest[..start]);
        rest = &rest[start + 2..];
        match rest.find('>').filter(|_| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            Some(end) => {
                kept.push(BOUND);
                rest = &rest[end + 1..];
            }
            None => kept.push_str("</"),
        }
    }
    kept.push_str(rest);
    kept
}

/// Replaces an element by its content and what it means for lines.
fn take_out(element: &mut Element<'_, '_>) {
    match element.tag_name().as_str() {
        "head" | "style" | "script" | "title" | "template" => {
            element.remove();
            return;
        }
        "br" => element.before(BREAK.encode_utf8(&mut [0; 4]), ContentType::Html),
        "td" | "th" => element.after(" ", ContentType::Html),
        // An indented paragraph is a blockquote too; only what mail programs mark is history.
        "blockquote" if is_history(element) => {
            element.before(QUOTE_START.encode_utf8(&mut [0; 4]), ContentType::Html);
            element.after(QUOTE_END.encode_utf8(&mut [0; 4]), ContentType::Html);
        }
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "ul" | "ol" | "table" | "hr" => {
            surround(element, PARAGRAPH);
        }
        "div" | "li" | "tr" | "pre" | "section" | "article" | "header" | "footer" | "center" => {
            surround(element, BOUND);
        }
        _ => {}
    }
    element.remove_and_keep_content();
}

fn surround(element: &mut Element<'_, '_>, mark: char) {
    let mut bytes = [0; 4];
    let mark = mark.encode_utf8(&mut bytes);
    element.before(mark, ContentType::Html);
    element.after(mark, ContentType::Html);
}

fn is_history(element: &Element<'_, '_>) -> bool {
    let attribute = |name: &str| element.get_attribute(name).unwrap_or_default().to_ascii_lowercase();
    attribute("type") == "cite" || attribute("class").contains("quote")
}

/// White space of the source means nothing: single spaces.
fn folded(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let name_end =
            rest.bytes().take(LONGEST_ENTITY).skip(1).position(|b| !b.is_ascii_alphanumeric() && b != b'#');
        match name_end.map(|end| end + 1).filter(|end| *end > 1 && rest.as_bytes()[*end] == b';') {
            Some(end) => {
                let entity = &rest[..=end];
                // The parser folds the spaces among the entities away.
                let character = html_to_text(entity);
                decoded.push_str(if character.trim().is_empty() { " " } else { &character });
                rest = &rest[end + 1..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Writes lines as the marks say, and prefixes quoted history.
fn lines(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut depth = 0_usize;
    // A break right behind words ends their line; any other is an empty line of its own.
    let (mut new_line, mut blank) = (false, false);
    let mut rest = text;
    loop {
        let end = rest.find(MARKS).unwrap_or(rest.len());
        let words = rest[..end].trim();
        if !words.is_empty() {
            if !output.is_empty() {
                output.push_str(if blank {
                    "\n\n"
                } else if new_line {
                    "\n"
                } else {
                    " "
                });
            }
            if depth > 0 && (new_line || output.is_empty()) {
                output.push_str("> ");
            }
            output.push_str(words);
            (new_line, blank) = (false, false);
        }
        let Some(mark) = rest[end..].chars().next() else {
            return output;
        };
        match mark {
            BREAK => blank |= new_line,
            PARAGRAPH => blank = true,
            QUOTE_START => depth += 1,
            QUOTE_END => depth = depth.saturating_sub(1),
            _ => {}
        }
        new_line = true;
        rest = &rest[end + mark.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::to_lines;

    #[test]
    fn words_stay_apart_and_lines_stay_lines() {
        for (html, text) in [
            ("<p><b>Not</b> interested,<br>thanks</p>", "Not interested,\nthanks"),
            ("<div>one</div><div>two</div>", "one\ntwo"),
            ("<div>one<div>two</div></div>", "one\ntwo"),
            ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
            ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
            ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("one<br><br>two<br></div><div>three", "one\n\ntwo\nthree"),
            ("<pre>one\ntwo</pre>", "one\ntwo"),
            (
                "caf&eacute; &amp; tea&nbsp;&rsquo;s &#8217; &bogus; a&b <3",
                "caf\u{e9} & tea \u{2019}s \u{2019} &bogus; a&b <3",
            ),
            (
                "<!DOCTYPE html><html><head><title>t</title></head><body><!-- c --><style>s</style>x<script>y</script></body></html>",
                "x",
            ),
            ("<a title='a>b' href=x>y</a>z", "yz"),
            ("one<blockquote style='margin:0'>indented</blockquote>", "one\n\nindented"),
            (
                "one<blockquote class=\"gmail_quote\">two<div>three</div></blockquote>four",
                "one\n> two\n> three\nfour",
            ),
            ("<blockquote type=CITE>never closed", "> never closed"),
        ] {
            assert_eq!(to_lines(html), text, "{html}");
        }
    }
}
