use mail_parser::{Address, HeaderValue, Message};

/// More recipients or references than this tell nothing new.
const MOST: usize = 100;
const LONGEST_ID: usize = 500;
const LONGEST_LINE: usize = 2_000;

/// A header's value as it stands in the mail, unfolded; the first of several.
pub(super) fn raw(message: &Message<'_>, name: &str) -> Option<String> {
    let (_, value) = message.headers_raw().find(|(header, _)| header.eq_ignore_ascii_case(name))?;
    Some(line(value))
}

/// As [`raw`], lower case and without parameters and comments.
pub(super) fn keyword(message: &Message<'_>, name: &str) -> Option<String> {
    let value = raw(message, name)?.to_lowercase();
    let word = value.split([';', '(']).next().unwrap_or_default().trim().to_owned();
    (!word.is_empty()).then_some(word)
}

/// The ids of a Message-ID, In-Reply-To or References header.
pub(super) fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let ids: Vec<&str> = match value {
        HeaderValue::Text(id) => vec![id.as_ref()],
        HeaderValue::TextList(ids) => ids.iter().map(AsRef::as_ref).collect(),
        HeaderValue::Address(_)
        | HeaderValue::DateTime(_)
        | HeaderValue::ContentType(_)
        | HeaderValue::Received(_)
        | HeaderValue::Empty => Vec::new(),
    };
    // The root and the latest ones identify a thread.
    let skip = ids.len().saturating_sub(MOST);
    ids.into_iter().skip(skip).filter_map(id).collect()
}

/// An id without angle brackets.
pub(super) fn id(text: &str) -> Option<String> {
    let id = line(text).trim_matches(|c: char| matches!(c, '<' | '>') || c.is_whitespace()).to_owned();
    (!id.is_empty() && id.len() <= LONGEST_ID).then_some(id)
}

/// The addresses of a header, lower case.
pub(super) fn addresses(value: Option<&Address<'_>>) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    value.iter().filter_map(|entry| address(entry.address()?)).take(MOST).collect()
}

/// An address in lower case; `None` for what can't be one.
pub(super) fn address(text: &str) -> Option<String> {
    let address =
        line(text).trim_matches(|c: char| matches!(c, '<' | '>') || c.is_whitespace()).to_lowercase();
    (address.contains('@') && address.len() <= 320).then_some(address)
}

/// One line without control characters, of bounded length.
pub(super) fn line(text: &str) -> String {
    let spaced = text.replace(|c: char| c.is_control() || c.is_whitespace(), " ");
    let folded = spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    folded.chars().take(LONGEST_LINE).collect()
}
