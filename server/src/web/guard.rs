use app::error::AppError;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::UserId;
use outreach::people::{CurrentSession, CurrentUser};
use tower_sessions::Session;

use super::AppState;
use crate::session::{USER, digest};
use crate::tracking::unavailable;

/// Puts the signed-in person into the request. Without one, pages go to the sign-in page and anything else is told so.
pub async fn require_person(
    State(state): State<AppState>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    match current_user(&state, &session).await {
        Ok(Some(user)) => {
            if request.uri().path() == "/login" && request.method() == Method::GET {
                return Redirect::to("/").into_response();
            }
            let user = if wants_page(&request) { counted(&state, user).await } else { user };
            request.extensions_mut().insert(user);
            if let Some(id) = session.id() {
                request.extensions_mut().insert(CurrentSession(digest(&id)));
            }
            next.run(request).await
        }
        Ok(None) if is_open(request.uri().path()) => next.run(request).await,
        Ok(None) if wants_page(&request) => {
            let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
            Redirect::to(&format!("/login?next={}", percent_encode(wanted))).into_response()
        }
        Ok(None) => refusal(StatusCode::UNAUTHORIZED, &AppError::NotSignedIn),
        Err(cause) => {
            tracing::error!(%cause, "sessions can't be read");
            if wants_page(&request) {
                unavailable(
                    "The database is not reachable right now. Nothing was lost: reload this page in a moment.",
                )
            } else {
                refusal(StatusCode::SERVICE_UNAVAILABLE, &AppError::Unreachable)
            }
        }
    }
}

/// An answer that the browser's half understands.
fn refusal(status: StatusCode, error: &AppError) -> Response {
    let body = serde_json::to_string(error).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn current_user(state: &AppState, session: &Session) -> anyhow::Result<Option<CurrentUser>> {
    let Some(id) = session.get::<UserId>(USER).await? else {
        return Ok(None);
    };
    let mut connection = state.environment.database().unscoped().await?;
    Ok(database::person::person(&mut connection, id).await?.map(CurrentUser::new))
}

/// The person with what the frame counts for them. A page is shown without it rather than not at all.
async fn counted(state: &AppState, user: CurrentUser) -> CurrentUser {
    match outreach::inbox::waiting(&state.environment, &user).await {
        Ok(mails) => user.with_waiting(mails),
        Err(cause) => {
            tracing::warn!(?cause, "the inbox can't be counted");
            user
        }
    }
}

fn is_open(path: &str) -> bool {
    matches!(path, "/login" | "/session" | "/session/end")
}

fn wants_page(request: &Request) -> bool {
    request.method() == Method::GET
        && request
            .headers()
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_none_or(|accept| accept.contains("text/html") || accept.contains("*/*"))
}

/// RFC 3986 percent-encoding of everything that is not unreserved.
pub fn percent_encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}
