//! What mails point to: pixels, links and opt-outs. Public: whoever has a mail may call these, without a session.

mod caller;
mod click;
mod outside;
mod page;
mod pixel;
mod proxies;
mod unsubscribe;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;

pub(crate) use outside::unavailable;
pub use proxies::TrustedProxies;

use crate::web::AppState;

/// Bytes of an opt-out's form.
const LARGEST_FORM: usize = 64 * 1024;

/// `/t/o/{token}.gif`, `/t/c/{token}` and `/u/{token}` with its ways back. `HEAD` is answered wherever `GET` is.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/t/o/{file}", get(pixel::pixel))
        .route("/t/c/{token}", get(click::click))
        .route("/u/{token}", get(unsubscribe::ask).post(unsubscribe::opt_out))
        .route("/u/{token}/kept", get(unsubscribe::kept))
        .route("/u/{token}/back", get(unsubscribe::ask_back).post(unsubscribe::come_back))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(middleware::from_fn(headers))
}

async fn headers(request: axum::extract::Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store, private, max-age=0"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    response
}
