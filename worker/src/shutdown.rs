use tokio_util::sync::CancellationToken;

/// A token that is cancelled by SIGTERM or Ctrl-C.
pub(crate) fn listen() -> CancellationToken {
    let token = CancellationToken::new();
    let told = token.clone();
    tokio::spawn(async move {
        asked().await;
        tracing::info!("ending: jobs get time to finish");
        told.cancel();
    });
    token
}

#[cfg(unix)]
async fn asked() {
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

#[cfg(not(unix))]
async fn asked() {
    // Without a signal to wait for, nothing ends the worker but its end.
    let _ = tokio::signal::ctrl_c().await;
}
