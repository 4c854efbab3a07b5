use axum::extract::State;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use mail::token::Token;
use outreach::Environment;
use outreach::tracking::{HONEYPOT_LINK, Hit, Tracker};

use super::caller::Caller;
use super::outside;

/// A link of a mail: to the target stored with the mail and nowhere else.
pub async fn click(
    State(environment): State<Environment>,
    State(tracker): State<Tracker>,
    uri: Uri,
    Caller { address, request }: Caller,
) -> Response {
    let token = uri.path().strip_prefix("/t/c/").unwrap_or_default();
    let hit = match environment.token_key().decode(token) {
        Ok(token @ Token::Click { .. }) => Hit::new(&environment, token, address, request),
        Ok(Token::Open { .. } | Token::Unsubscribe { .. }) | Err(_) => None,
    };
    let Some(hit) = hit else {
        return outside::broken_link();
    };
    let hidden = hit.link == Some(HONEYPOT_LINK);
    match tracker.keep(hit).await {
        Some(kept) => match kept.target.as_deref().and_then(location) {
            Some(target) => (StatusCode::FOUND, [(LOCATION, target)]).into_response(),
            None if hidden => outside::hidden_link(),
            None => outside::broken_link(),
        },
        None => {
            let retry = [(RETRY_AFTER, HeaderValue::from_static("5"))];
            (retry, outside::unavailable("The link can't be opened right now. Try again in a moment."))
                .into_response()
        }
    }
}

/// A stored target as a header: of the web, and with everything escaped that a header can't hold.
fn location(url: &str) -> Option<HeaderValue> {
    let of_web = ["http://", "https://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let escaped = url.bytes().fold(String::with_capacity(url.len()), |mut escaped, byte| {
        if byte.is_ascii_graphic() {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
        escaped
    });
    HeaderValue::from_str(&escaped).ok().filter(|_| of_web)
}

#[cfg(test)]
mod tests {
    use super::location;

    #[test]
    fn only_web_addresses_become_locations() {
        for (url, expected) in [
            ("https://desifirms.example/a?b=c#d", Some("https://desifirms.example/a?b=c#d")),
            (
                "https://desifirms.example/मिठाई",
                Some("https://desifirms.example/%E0%A4%AE%E0%A4%BF%E0%A4%A0%E0%A4%BE%E0%A4%88"),
            ),
            (
                "https://desifirms.example/\r\nSet-Cookie: x",
                Some("https://desifirms.example/%0D%0ASet-Cookie:%20x"),
            ),
            ("javascript:alert(1)", None),
            ("//evil.example", None),
        ] {
            let header = location(url);
            assert_eq!(header.as_ref().and_then(|value| value.to_str().ok()), expected, "{url}");
        }
    }
}
