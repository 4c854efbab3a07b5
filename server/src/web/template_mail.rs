//! The mail of a template alone: what the gallery's small frames show.

use app::components::{disarmed, in_scheme};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use outreach::people::CurrentUser;
use outreach::{Refused, templates};

use super::AppState;

/// The frame may draw, and nothing else: no script, no request, no form.
const POLICY: &str =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/// For the sample contact, in light colours.
pub fn show() -> MethodRouter<AppState> {
    get(mail)
}

async fn mail(
    State(state): State<AppState>,
    Extension(user): Extension<CurrentUser>,
    Path((brand, key)): Path<(String, String)>,
) -> Response {
    match templates::thumbnail(&state.environment, &user, &brand, &key).await {
        Ok(html) => {
            let policy = HeaderValue::from_static(POLICY);
            let page = Html(disarmed(&in_scheme(&html, false)));
            ([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response()
        }
        Err(Refused::Failed(cause)) => {
            tracing::error!(cause = format!("{cause:#}"), "a template can't be shown");
            let words = "This can't be shown right now. Nothing was lost; try again in a moment.";
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
        }
        Err(Refused::NotFound | Refused::Invalid(_) | Refused::Conflict(_)) => {
            (StatusCode::NOT_FOUND, "This doesn't exist, or not for you.").into_response()
        }
    }
}
