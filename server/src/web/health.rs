use axum::extract::State;
use axum::http::StatusCode;

use super::AppState;

/// The process runs.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database answers.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    let answered = async {
        let mut connection = state.environment.database().unscoped().await?;
        database::brand::all(&mut connection).await?;
        anyhow::Ok(())
    };
    match answered.await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(cause) => {
            tracing::warn!(%cause, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
