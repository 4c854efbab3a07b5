use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use outreach::Environment;
use outreach::tracking::Tracker;

use super::Live;
use crate::tracking::TrustedProxies;
use crate::webhooks::WebhookSecrets;

/// What handlers share.
#[derive(Clone, FromRef)]
pub struct AppState {
    pub environment: Environment,
    pub leptos: LeptosOptions,
    /// What open boards are told; hears nothing until [`Live::listen`].
    pub live: Live,
    /// Stores opens and clicks.
    pub tracker: Tracker,
    /// Who may call the webhooks; nobody until they are set.
    pub webhooks: WebhookSecrets,
    /// Who may say for whom they call; proxies on this machine until they are set.
    pub proxies: TrustedProxies,
}

impl AppState {
    pub fn new(environment: Environment, leptos: LeptosOptions) -> Self {
        let tracker = Tracker::new(environment.clone());
        let (webhooks, proxies) = (WebhookSecrets::default(), TrustedProxies::default());
        Self { environment, leptos, live: Live::new(), tracker, webhooks, proxies }
    }
}
