use std::cell::RefCell;
use std::rc::Rc;

use html2text::config;
use html2text::render::TextDecorator;

/// Wide enough never to break a line: mail programs wrap, and a broken address can't be clicked.
const WIDTH: usize = 100_000;

/// The words of an HTML fragment as plain text, with each link's address behind its label.
pub(super) fn from_html(html: &str) -> Result<String, String> {
    let links = Rc::new(RefCell::new(Vec::new()));
    let decorator = PlainMail { links: links.clone(), open: Vec::new() };
    let text = config::with_decorator(decorator)
        .raw_mode(true)
        .no_link_wrapping()
        .string_from_read(html.as_bytes(), WIDTH)
        .map_err(|error| format!("the text part can't be made: {error}"))?;
    let mut text = tidy(&text);
    for link in links.take() {
        text = text.replace(&format!("{link} ({link})"), &link);
    }
    Ok(text)
}

fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines() {
        // Non-breaking spaces and the fillers behind a preheader mean nothing in plain text.
        let line = line.replace(['\u{200b}', '\u{200c}', '\u{200d}', '\u{34f}', '\u{feff}', '\u{ad}'], "");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        tidied.push_str(&line);
        blank = 0;
    }
    tidied
}

/// Plain words; links as `label (address)`.
#[derive(Clone)]
struct PlainMail {
    links: Rc<RefCell<Vec<String>>>,
    open: Vec<String>,
}

impl TextDecorator for PlainMail {
    type Annotation = ();

    fn decorate_link_start(&mut self, url: &str) -> (String, ()) {
        // Of a mail link the address; a prepared subject reads badly.
        let shown = match url.strip_prefix("mailto:") {
            Some(mailto) => mailto.split('?').next().unwrap_or(mailto),
            None => url,
        };
        self.open.push(shown.to_owned());
        (String::new(), ())
    }

    fn decorate_link_end(&mut self) -> String {
        let Some(url) = self.open.pop() else {
            return String::new();
        };
        let shown = format!(" ({url})");
        self.links.borrow_mut().push(url);
        shown
    }

    fn decorate_em_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, ()) {
        (String::new(), ())
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) {}

    fn decorate_preformat_cont(&self) {}

    fn decorate_image(&mut self, _src: &str, title: &str) -> (String, ()) {
        (title.to_owned(), ())
    }

    fn header_prefix(&self, _level: usize) -> String {
        String::new()
    }

    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "- ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }

    fn finalise(&mut self, _urls: Vec<String>) -> Vec<html2text::render::TaggedLine<()>> {
        Vec::new()
    }
}
