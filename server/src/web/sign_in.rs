use std::net::SocketAddr;

use axum::Form;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::response::Redirect;
use outreach::people::{SignIn, sign_in as check};
use serde::Deserialize;
use tower_sessions::Session;

use super::AppState;
use super::guard::percent_encode;
use crate::session::{AGENT, USER};

/// The sign-in form.
#[derive(Deserialize)]
pub struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// Signs in and goes where the person wanted to go.
pub async fn sign_in(
    State(state): State<AppState>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    session: Session,
    headers: HeaderMap,
    Form(form): Form<Credentials>,
) -> Redirect {
    let next = local_path(&form.next);
    let problem =
        match check(&state.environment, &form.email, &form.password, &address.ip().to_string()).await {
            Ok(SignIn::Welcome(user)) => {
                // A new id, so that an id known before the sign-in is worth nothing after it.
                let stored = async {
                    session.cycle_id().await?;
                    session.insert(AGENT, agent(&headers)).await?;
                    session.insert(USER, user).await
                };
                match stored.await {
                    Ok(()) => return Redirect::to(next),
                    Err(cause) => {
                        tracing::error!(%cause, "a session can't be stored");
                        "unavailable"
                    }
                }
            }
            Ok(SignIn::WrongCredentials) => "wrong",
            Ok(SignIn::Throttled) => "throttled",
            Err(cause) => {
                tracing::error!(?cause, "sign-in failed");
                "unavailable"
            }
        };
    Redirect::to(&format!(
        "/login?problem={problem}&email={}&next={}",
        percent_encode(&form.email).replace('/', "%2F"),
        percent_encode(next)
    ))
}

/// The browser's own name, cut to what a list of sign-ins can use.
fn agent(headers: &HeaderMap) -> String {
    let named = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.chars().take(200).collect()
}

/// Ends the session everywhere it is stored.
pub async fn sign_out(session: Session) -> Redirect {
    if let Err(cause) = session.flush().await {
        tracing::error!(%cause, "a session can't be ended");
    }
    Redirect::to("/login")
}

/// Only a path of ours: `//host` and `/\host` lead elsewhere in browsers.
fn local_path(next: &str) -> &str {
    let mut characters = next.chars();
    match (characters.next(), characters.next()) {
        (Some('/'), second) if !matches!(second, Some('/' | '\\')) && !next.contains(char::is_control) => {
            next
        }
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_local_paths_are_followed_after_sign_in() {
        for (next, followed) in [
            ("/deals?brand=all", "/deals?brand=all"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nLocation: x", "/"),
        ] {
            assert_eq!(local_path(next), followed, "{next:?}");
        }
    }
}
