use leptos::prelude::*;

/// Shuts a mail in: nothing is fetched, so that looking at it is no open, and links go nowhere, so that nobody clicks
/// for the recipient.
const DISARMED: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
     style-src 'unsafe-inline'; img-src data:\"><base target=\"_blank\">";

/// A mail as the recipient sees it, without its remote pictures, in a frame that can do nothing.
#[component]
pub fn MailFrame(
    /// "Mail: Sharma Sweets on Desi Firms".
    #[prop(into)]
    title: String,
    #[prop(into)] html: String,
    #[prop(default = "mail__frame")] class: &'static str,
) -> impl IntoView {
    view! { <iframe class=class sandbox="" title=title srcdoc=disarmed(&html)></iframe> }
}

/// The mail with [`DISARMED`] first in its head, and its pictures without their addresses: the policy would hold them
/// back too, but not without an error in the console for each.
pub fn disarmed(html: &str) -> String {
    let html = &without_pictures(html);
    let lower = html.to_ascii_lowercase();
    let inside_head =
        lower.find("<head").and_then(|start| lower[start..].find('>').map(|end| start + end + 1));
    match inside_head {
        Some(place) => format!("{}{DISARMED}{}", &html[..place], &html[place..]),
        None => format!("{DISARMED}{html}"),
    }
}

/// The mail as a dark or a light mail program shows it, whatever this browser prefers.
pub fn in_scheme(html: &str, dark: bool) -> String {
    let (holds, scheme) =
        if dark { ("@media all", "color-scheme:dark") } else { ("@media not all", "color-scheme:light") };
    html.replace("@media (prefers-color-scheme:dark)", holds)
        .replace("@media (prefers-color-scheme: dark)", holds)
        .replace("color-scheme:light dark", scheme)
        .replace("name=\"color-scheme\" content=\"light dark\"", "name=\"x-color-scheme\"")
}

/// Renames `src` in every `<img>`; the alternative text stays.
fn without_pictures(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let mut shown = String::with_capacity(html.len() + 64);
    let mut done = 0;
    while let Some(start) = lower[done..].find("<img").map(|offset| done + offset) {
        let end = lower[start..].find('>').map_or(html.len(), |offset| start + offset);
        shown.push_str(&html[done..start]);
        shown.push_str(&html[start..end].replace(" src=", " data-src=").replace(" srcset=", " data-srcset="));
        done = end;
    }
    shown.push_str(&html[done..]);
    shown
}

#[cfg(test)]
mod tests {
    use super::{DISARMED, disarmed, in_scheme};

    #[test]
    fn a_scheme_is_shown_whatever_the_browser_prefers() {
        let html = ":root{color-scheme:light dark}@media (prefers-color-scheme:dark){.page{color:#fff}}";
        assert_eq!(in_scheme(html, true), ":root{color-scheme:dark}@media all{.page{color:#fff}}");
        assert_eq!(in_scheme(html, false), ":root{color-scheme:light}@media not all{.page{color:#fff}}");
    }

    #[test]
    fn pictures_lose_their_address_and_keep_their_words() {
        let html = "<p>src=x</p><IMG alt=\"Logo\" src=\"https://t.example/o.gif\"><b>é</b><img src='y'";
        assert_eq!(
            disarmed(html).trim_start_matches(DISARMED),
            "<p>src=x</p><IMG alt=\"Logo\" data-src=\"https://t.example/o.gif\"><b>é</b><img data-src='y'"
        );
    }

    #[test]
    fn the_policy_stands_before_anything_a_mail_could_load() {
        let html =
            "<!doctype html><html><HEAD lang=en><link rel=stylesheet href=x></head><body><img src=y></body>";
        let shown = disarmed(html);
        assert!(shown.find(DISARMED) < shown.find("<link"), "{shown}");
        assert!(shown.starts_with("<!doctype html>"), "{shown}");
        assert!(disarmed("<p>Hi</p>").starts_with(DISARMED));
    }
}
