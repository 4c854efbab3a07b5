use app::{App, shell};
use axum::routing::{get, post};
use axum::{Router, middleware};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::trace::TraceLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::{AppState, assets, guard, health, live, refusal, security, sign_in, template_mail, upload};
use crate::session::{COOKIE, SessionTable};
use crate::{tracking, webhooks};

/// Days without a visit after which a session ends.
const SESSION_DAYS: i64 = 14;

/// Everything the server answers.
pub fn router(state: AppState) -> Router {
    signed_in(&state)
        .merge(public(&state))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(state)
}

/// Pages, server functions and everything else that needs to know who asks.
fn signed_in(state: &AppState) -> Router<AppState> {
    let sessions = SessionManagerLayer::new(SessionTable::new(state.environment.clone()))
        .with_name(COOKIE)
        .with_secure(state.environment.public_url().starts_with("https://"))
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(Duration::days(SESSION_DAYS)));
    let environment = state.environment.clone();
    let options = state.leptos.clone();
    Router::new()
        .route("/session", post(sign_in::sign_in))
        .route("/session/end", post(sign_in::sign_out))
        .route("/live", get(live::events))
        .route("/settings/templates/{brand}/{key}/mail", template_mail::show())
        .route("/imports/upload", upload::receive())
        .route("/imports/{id}/errors.csv", upload::errors())
        .leptos_routes_with_context(
            state,
            generate_route_list(App),
            move || provide_context(environment.clone()),
            move || shell(options.clone()),
        )
        .layer(middleware::from_fn_with_state(state.clone(), guard::require_person))
        .layer(sessions)
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(refusal::with_status))
        .layer(middleware::from_fn(security::headers))
}

/// What anyone may fetch: files, health, what mails point to; and what other systems tell us.
fn public(state: &AppState) -> Router<AppState> {
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(tracking::routes())
        .merge(webhooks::routes())
        .fallback_service(assets::service(state))
}
