use std::cell::Cell;
use std::rc::Rc;

use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, end, end_tag, rewrite_str};

use super::{LinkError, encode_attribute, hrefs};

/// Puts the pixel that records opens at the end of the body, however the body's tags are written and also when there
/// are none. A mail that carries the pixel already is left alone.
///
/// # Errors
/// [`LinkError`] when the HTML can't be parsed.
pub fn insert_pixel(html: &str, pixel_url: &str) -> Result<String, LinkError> {
    let source = encode_attribute(pixel_url);
    if html.contains(&source) {
        return Ok(html.to_owned());
    }
    let pixel = format!(
        r#"<img src="{source}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0;">"#
    );
    append_to_body(html, &pixel)
}

/// Puts a link at the end of the body that no person meets and scanners follow: whoever calls it is a machine.
///
/// It has no words, no height, no place in the order of the tab key and none in what a screen reader reads. It is not
/// `display:none`: scanners that draw the mail leave such links out.
///
/// # Errors
/// [`LinkError`] when the HTML can't be parsed.
pub fn insert_honeypot(html: &str, url: &str) -> Result<String, LinkError> {
    if hrefs(html)?.iter().any(|href| href == url) {
        return Ok(html.to_owned());
    }
    let link = format!(
        r#"<div aria-hidden="true" style="height:0;max-height:0;overflow:hidden;font-size:0;line-height:0;mso-hide:all;"><a href="{}" tabindex="-1" aria-hidden="true" style="visibility:hidden;font-size:0;line-height:0;text-decoration:none;mso-hide:all;"></a></div>"#,
        encode_attribute(url)
    );
    append_to_body(html, &link)
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
