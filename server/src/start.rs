//! From configuration to a listening server, and down again.

use anyhow::{Context, bail};
use outreach::config::Config;
use tokio::net::TcpListener;

use crate::config::WebConfig;
use crate::tracking::TrustedProxies;
use crate::web::{AppState, router};
use crate::webhooks::WebhookSecrets;

/// Most connections the web server opens to PostgreSQL.
const POOL_SIZE: usize = 16;

/// Serves until SIGTERM or Ctrl-C, then lets requests finish.
///
/// # Errors
/// When the address is taken, the database can't be reached, or production holds a demo sign-in.
pub async fn serve(config: &Config) -> anyhow::Result<()> {
    let web = WebConfig::from_environment()?;
    let environment = config.environment(POOL_SIZE).await?;
    if !config.demo {
        let mut connection = environment.database().unscoped().await?;
        if database::person::demo_user_exists(&mut connection).await? {
            bail!(
                "this database holds demo sign-ins with a published password: production does not start with it"
            );
        }
    }
    let listener = TcpListener::bind(web.address).await.with_context(|| {
        format!("{} can't be listened on; is another server running? OVERTURE_ADDR changes it", web.address)
    })?;
    let mut state = AppState::new(environment, web.leptos()?);
    state.webhooks = WebhookSecrets::from_environment()?;
    state.proxies = TrustedProxies::from_environment()?;
    let tracker = state.tracker.clone();
    tracker.start();
    let live = state.live.clone();
    live.listen(&config.access);
    tracing::info!(address = %web.address, "listening");
    axum::serve(listener, router(state).into_make_service_with_connect_info::<std::net::SocketAddr>())
        .with_graceful_shutdown(async move {
            shutdown().await;
            live.close();
        })
        .await?;
    tracker.finish().await;
    Ok(())
}

async fn shutdown() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
