//! What other systems tell us: replies, bounces and opt-outs. Each call names its brand by the secret it carries
//! or is signed with.

mod answer;
mod bounce;
mod reply;
mod secrets;
mod unsubscribe;
mod zeptomail;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;

pub use secrets::WebhookSecrets;

use crate::web::AppState;

/// Bytes of a call: a mail of the largest size that is read, and its wrapping.
const LARGEST_CALL: usize = 11 * 1024 * 1024;

/// `/webhooks/reply`, `/webhooks/bounce`, `/webhooks/unsubscribe` and `/webhooks/zeptomail`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/webhooks/reply", post(reply::reply))
        .route("/webhooks/bounce", post(bounce::bounce))
        .route("/webhooks/unsubscribe", post(unsubscribe::unsubscribe))
        .route("/webhooks/zeptomail", post(zeptomail::zeptomail))
        .layer(DefaultBodyLimit::max(LARGEST_CALL))
}
