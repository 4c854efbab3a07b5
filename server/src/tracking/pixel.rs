use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, Uri};
use axum::response::{IntoResponse, Response};
use outreach::Environment;
use outreach::tracking::{Hit, Tracker};

use super::caller::Caller;

/// One transparent pixel.
const GIF: [u8; 43] = [
    0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x01, 0x00, 0x01, 0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff,
    0xff, 0xff, 0x21, 0xf9, 0x04, 0x01, 0x00, 0x00, 0x00, 0x00, 0x2c, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00,
    0x01, 0x00, 0x00, 0x02, 0x02, 0x44, 0x01, 0x00, 0x3b,
];

/// The pixel of a mail. Always the same picture, whatever the token: nobody learns from it which tokens are real.
pub async fn pixel(
    State(environment): State<Environment>,
    State(tracker): State<Tracker>,
    uri: Uri,
    Caller { address, request }: Caller,
) -> Response {
    let token =
        uri.path().strip_prefix("/t/o/").and_then(|file| file.strip_suffix(".gif")).unwrap_or_default();
    if let Ok(token @ mail::token::Token::Open { .. }) = environment.token_key().decode(token)
        && let Some(hit) = Hit::new(&environment, token, address, request)
    {
        tracker.keep(hit).await;
    }
    let shared = HeaderName::from_static("cross-origin-resource-policy");
    ([(CONTENT_TYPE, "image/gif"), (shared, "cross-origin")], GIF.as_slice()).into_response()
}
