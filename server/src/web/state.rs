use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use outreach::Environment;

/// What handlers share.
#[derive(Clone, FromRef)]
pub struct AppState {
    pub environment: Environment,
    pub leptos: LeptosOptions,
}

impl AppState {
    pub fn new(environment: Environment, leptos: LeptosOptions) -> Self {
        Self { environment, leptos }
    }
}
