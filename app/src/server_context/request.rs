//! What the document needs from the request before any query runs.

use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use domain::view::frame::FrameView;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use outreach::Environment;
use outreach::people::CurrentUser;

/// The value of a cookie the browser sent.
pub fn cookie(name: &str) -> Option<String> {
    with_parts(|parts| {
        parts
            .headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    })
    .flatten()
}

/// What the frame shows the person who asks; `None` for nobody. Costs no query: the session layer has read it already.
pub fn frame_of_request() -> Option<FrameView> {
    let user = with_parts(|parts| parts.extensions.get::<CurrentUser>().cloned())??;
    let environment = use_context::<Environment>()?;
    Some(user.frame(environment.clock()))
}

/// Whether this installation is the demo.
pub fn is_demo() -> bool {
    use_context::<Environment>().is_some_and(|environment| environment.is_demo())
}

/// The status of the response, for pages that are not what was asked for.
pub fn respond_not_found() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
}

/// Forbids every script but ours. Mails shown in sandboxed frames inherit this policy: their markup is styled inline,
/// which is why inline styles are allowed and remote pictures are not.
pub fn set_content_security_policy() {
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else {
        return;
    };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'self'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(HeaderName::from_static("content-security-policy"), policy);
    }
}

fn with_parts<T>(read: impl FnOnce(&Parts) -> T) -> Option<T> {
    use_context::<Parts>().map(|parts| read(&parts))
}
