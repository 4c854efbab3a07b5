use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use outreach::Environment;
use outreach::optout::{self, Back, Channel};

use super::{outside, page};

/// Asks whether the person means it. Changes nothing: link checkers and mail scanners come here too.
pub async fn ask(State(environment): State<Environment>, uri: Uri) -> Response {
    match optout::look(&environment, token(&uri)).await {
        Ok(Some(view)) if view.already => page::opted_out(&view, &address(&uri)),
        Ok(Some(view)) => page::ask(&view, &address(&uri)),
        Ok(None) => outside::unknown_link(),
        Err(cause) => failed(&cause),
    }
}

/// Opts out: the page's button, and the mail program's own (RFC 8058), which sends neither cookies nor a referrer and
/// follows no redirect.
pub async fn opt_out(
    State(environment): State<Environment>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let channel = channel(&headers, &body);
    match optout::opt_out(&environment, token(&uri), &channel).await {
        Ok(Some(view)) => page::opted_out(&view, &address(&uri)),
        Ok(None) => outside::unknown_link(),
        Err(cause) => failed(&cause),
    }
}

/// For whoever came here by mistake: nothing has changed.
pub async fn kept(State(environment): State<Environment>, uri: Uri) -> Response {
    match optout::look(&environment, token(&uri)).await {
        Ok(Some(view)) if view.already => page::opted_out(&view, &address(&uri)),
        Ok(Some(view)) => page::kept(&view),
        Ok(None) => outside::unknown_link(),
        Err(cause) => failed(&cause),
    }
}

/// Asks whoever opted out by mistake for the address, which the page doesn't know to anybody but its owner.
pub async fn ask_back(State(environment): State<Environment>, uri: Uri) -> Response {
    match optout::look(&environment, token(&uri)).await {
        Ok(Some(view)) if view.may_return => page::ask_back(&view, &address(&uri), false),
        Ok(Some(view)) if view.already => page::not_by_link(&view),
        Ok(Some(view)) => page::kept(&view),
        Ok(None) => outside::unknown_link(),
        Err(cause) => failed(&cause),
    }
}

/// Takes the opt-out back. Sends nothing.
pub async fn come_back(State(environment): State<Environment>, uri: Uri, body: Bytes) -> Response {
    let typed = form(&body).find(|(name, _)| name == "email").map(|(_, value)| value).unwrap_or_default();
    match optout::come_back(&environment, token(&uri), &typed).await {
        Ok(Some(Back::Returned(view))) => page::returned(&view),
        Ok(Some(Back::AnotherAddress(view))) => page::ask_back(&view, &address(&uri), true),
        Ok(Some(Back::NotByLink(view))) => page::not_by_link(&view),
        Ok(Some(Back::NeverLeft(view))) => page::kept(&view),
        Ok(None) => outside::unknown_link(),
        Err(cause) => failed(&cause),
    }
}

fn token(uri: &Uri) -> &str {
    let rest = uri.path().strip_prefix("/u/").unwrap_or_default();
    rest.split('/').next().unwrap_or_default()
}

/// The page's own address, as a path.
fn address(uri: &Uri) -> String {
    format!("/u/{}", token(uri))
}

/// What the form says. Whoever posts here wants out: an unreadable form only has no reason to give.
fn channel(headers: &HeaderMap, body: &[u8]) -> Channel {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let one_click = if kind.starts_with("multipart/form-data") {
        // The one field of the standard's form; parsing the rest would tell nothing more.
        String::from_utf8_lossy(body).contains("List-Unsubscribe")
    } else {
        form(body).any(|(name, _)| name == "List-Unsubscribe")
    };
    if one_click {
        Channel::OneClick
    } else {
        Channel::Page { reason: form(body).find(|(name, _)| name == "reason").map(|(_, value)| value) }
    }
}

/// The fields of an urlencoded form.
fn form(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    serde_urlencoded::from_bytes::<Vec<(String, String)>>(body).unwrap_or_default().into_iter()
}

fn failed(cause: &outreach::Refused) -> Response {
    tracing::error!(?cause, "an opt-out failed");
    outside::unavailable("That did not work right now. Nothing was changed; try again in a moment.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: &str, body: &str) -> Channel {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, kind.parse().expect("written right"));
        channel(&headers, body.as_bytes())
    }

    #[test]
    fn one_click_is_told_from_the_page() {
        let multipart =
            "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--";
        let page = |reason: &str| Channel::Page { reason: Some(reason.to_owned()) };
        for (kind, body, expected) in [
            ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click", Channel::OneClick),
            ("multipart/form-data; boundary=b", multipart, Channel::OneClick),
            ("application/x-www-form-urlencoded", "reason=Too+many", page("Too many")),
            ("text/plain", "", Channel::Page { reason: None }),
        ] {
            assert_eq!(said(kind, body), expected, "{body}");
        }
    }
}
