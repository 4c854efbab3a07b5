use std::cell::RefCell;

use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::{LinkError, decode_entities, encode_attribute};

/// A mail whose links lead through the click redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The HTML with the new addresses.
    pub html: String,
    /// Where each link leads, in the order of `link` in [`crate::token::Token::Click`].
    pub targets: Vec<String>,
}

/// Rewrites the http and https links of a mail. `new_url` is given each link's position and target and returns what
/// stands in the mail instead.
///
/// Left alone are the opt-out (`unsubscribe_url`: it must work whatever becomes of the redirect), links marked
/// `data-track="off"` (the mark is removed), mail and telephone links, and links within the page.
///
/// # Errors
/// [`LinkError`] when the HTML can't be parsed.
pub fn rewrite(
    html: &str,
    unsubscribe_url: &str,
    mut new_url: impl FnMut(u16, &str) -> String,
) -> Result<Rewritten, LinkError> {
    let mut targets = Vec::new();
    let handler = element!("a[href], area[href]", |link| {
        let untracked =
            link.get_attribute("data-track").is_some_and(|value| value.eq_ignore_ascii_case("off"));
        if link.has_attribute("data-track") {
            link.remove_attribute("data-track");
        }
        let Some(href) = link.get_attribute("href") else {
            return Ok(());
        };
        let target = decode_entities(href.trim());
        if untracked || target == unsubscribe_url || !is_web(&target) {
            return Ok(());
        }
        // More links than a token can count stay direct: they work, they are only not counted.
        let Ok(index) = u16::try_from(targets.len()) else {
            return Ok(());
        };
        let replacement = new_url(index, &target);
        link.set_attribute("href", &encode_attribute(&replacement))?;
        targets.push(target.into_owned());
        Ok(())
    });
    let html = rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(handler))?;
    Ok(Rewritten { html, targets })
}

/// Every link target of a mail, entities decoded, in order.
pub(crate) fn hrefs(html: &str) -> Result<Vec<String>, LinkError> {
    let found = RefCell::new(Vec::new());
    let handler = element!("a[href], area[href]", |link| {
        if let Some(href) = link.get_attribute("href") {
            found.borrow_mut().push(decode_entities(href.trim()).into_owned());
        }
        Ok(())
    });
    rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(handler))?;
    Ok(found.into_inner())
}

fn is_web(url: &str) -> bool {
    let has = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    has("http://") || has("https://")
}
