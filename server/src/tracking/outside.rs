//! The few pages people outside see. Self-contained: no script, nothing to load, the brand's colour and mark.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use outreach::optout::OptOut;

const STYLE: &str = include_str!("page.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// An opt-out link that isn't ours, is damaged, or whose mail is gone. No error for a mail program: there is nothing it
/// could do about it.
pub fn unknown_link() -> Response {
    let body = view! {
        <h1>"This link has no effect"</h1>
        <p>"It is incomplete, or the mail it stood in is no longer kept. Open it from the mail again, or answer the mail \
            with the word STOP."</p>
    };
    document(StatusCode::OK, "This link has no effect", None, body.into_any())
}

/// A link that leads nowhere.
pub fn broken_link() -> Response {
    let body = view! {
        <h1>"This link leads nowhere"</h1>
        <p>"It is incomplete, or the mail it stood in is no longer kept. Open it from the mail again."</p>
    };
    document(StatusCode::NOT_FOUND, "This link leads nowhere", None, body.into_any())
}

/// The link that no person meets: it tells programs that check mails from people.
pub fn hidden_link() -> Response {
    let body = view! {
        <h1>"Nothing to see here"</h1>
        <p>"This link is not meant for people: it tells programs that check mails from readers. You have missed nothing."</p>
    };
    document(StatusCode::OK, "Nothing to see here", None, body.into_any())
}

/// The database does not answer. Also for the application's own pages, which can't be drawn without it.
pub fn unavailable(text: &str) -> Response {
    let body = view! { <h1>"One moment"</h1><p>{text.to_owned()}</p> };
    document(StatusCode::SERVICE_UNAVAILABLE, "One moment", None, body.into_any())
}

pub(super) fn document(status: StatusCode, title: &str, brand: Option<&OptOut>, body: AnyView) -> Response {
    let slug = brand.map(|view| view.brand_slug.clone());
    let head = brand.map(|view| {
        view! {
            <header>
                <span class="mark" aria-hidden="true">{initials(&view.brand_name)}</span>
                {view.brand_name.clone()}
            </header>
        }
    });
    let html = view! {
        <html lang="en-AU" data-brand=slug>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <title>{title.to_owned()}</title>
                <style>{STYLE}</style>
            </head>
            <body>{head}<main>{body}</main></body>
        </html>
    }
    .to_html();
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (status, headers, format!("<!DOCTYPE html>{html}")).into_response()
}

/// A mark that nothing has to be loaded for: the first letters of the name's first two words.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .take(2)
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn a_mark_has_one_letter_or_two() {
        assert_eq!([initials("Codeteki"), initials("Desi Firms"), initials("élan")], ["C", "DF", "É"]);
    }
}
