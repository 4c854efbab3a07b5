use std::cell::Cell;
use std::rc::Rc;

use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, end, end_tag, rewrite_str};

use super::{LinkError, encode_attribute};

/// Puts what tells people from machines at the end of the body, however the body's tags are written and also when there
/// are none. What a mail carries already is left alone.
///
/// The honeypot is a link that no person meets and scanners follow: whoever calls it is a machine. It has no words, no
/// height, no place in the order of the tab key and none in what a screen reader reads. It is not `display:none`: scanners
/// that draw the mail leave such links out. The pixel records opens.
///
/// # Errors
/// [`LinkError`] when the HTML can't be parsed.
pub fn insert_marks(html: &str, honeypot: Option<&str>, pixel: Option<&str>) -> Result<String, LinkError> {
    let new = |url: &&str| !html.contains(&format!("\"{}\"", encode_attribute(url)));
    let link = honeypot.filter(new).map(|url| {
        format!(
            r#"<div aria-hidden="true" style="height:0;max-height:0;overflow:hidden;font-size:0;line-height:0;mso-hide:all;"><a href="{}" tabindex="-1" aria-hidden="true" style="visibility:hidden;font-size:0;line-height:0;text-decoration:none;mso-hide:all;"></a></div>"#,
            encode_attribute(url)
        )
    });
    let picture = pixel.filter(new).map(|url| {
        format!(
            r#"<img src="{}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0;">"#,
            encode_attribute(url)
        )
    });
    if link.is_none() && picture.is_none() {
        return Ok(html.to_owned());
    }
    append_to_body(html, &(link.unwrap_or_default() + &picture.unwrap_or_default()))
}

fn append_to_body(html: &str, fragment: &str) -> Result<String, LinkError> {
    // An unclosed <body> has no end tag to hang the fragment on: then the end of the document does.
    let done = Rc::new(Cell::new(false));
    let (at_body_end, at_document_end) = (done.clone(), done);
    let owned = fragment.to_owned();
    let body = element!("body", move |body| {
        let (fragment, done) = (owned.clone(), at_body_end.clone());
        if let Some(handlers) = body.end_tag_handlers() {
            handlers.push(end_tag!(move |tag| {
                if !done.replace(true) {
                    tag.before(&fragment, ContentType::Html);
                }
                Ok(())
            }));
        }
        Ok(())
    });
    let document = end!(|document| {
        if !at_document_end.get() {
            document.append(fragment, ContentType::Html);
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(body)
        .append_document_content_handler(document);
    Ok(rewrite_str(html, settings)?)
}
