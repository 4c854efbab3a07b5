use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use outreach::Environment;

use super::Live;

/// What handlers share.
#[derive(Clone, FromRef)]
pub struct AppState {
    pub environment: Environment,
    pub leptos: LeptosOptions,
    /// What open boards are told; hears nothing until [`Live::listen`].
    pub live: Live,
}

impl AppState {
    pub fn new(environment: Environment, leptos: LeptosOptions) -> Self {
        Self { environment, leptos, live: Live::new() }
    }
}
