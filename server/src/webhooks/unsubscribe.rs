use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use domain::mailing::SuppressionReason;
use outreach::Environment;
use outreach::optout;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{WebhookError, read};
use super::secrets::Authorised;

/// Somebody who wants no more mail of the brand.
#[derive(Deserialize)]
struct Unsubscribe {
    email: String,
    #[serde(default)]
    reason: Reason,
    /// Who says so, for the evidence.
    #[serde(default)]
    source: String,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Reason {
    #[default]
    Unsubscribe,
    #[serde(alias = "complaint")]
    SpamReport,
    Bounce,
}

/// An opt-out somewhere else. An address nobody has written to is kept all the same.
pub async fn unsubscribe(
    State(environment): State<Environment>,
    Authorised(brand): Authorised,
    body: Bytes,
) -> Result<Json<Value>, WebhookError> {
    let wish: Unsubscribe = read(&body)?;
    let reason = match wish.reason {
        Reason::Unsubscribe => SuppressionReason::Unsubscribed,
        Reason::SpamReport => SuppressionReason::Complaint,
        Reason::Bounce => SuppressionReason::HardBounce,
    };
    let source: String = wish.source.chars().filter(|c| !c.is_control()).take(200).collect();
    let evidence = if source.is_empty() { "Webhook".to_owned() } else { format!("Webhook: {source}") };
    let stopped = optout::by_address(&environment, brand.id, &wish.email, reason, &evidence).await?;
    Ok(Json(json!({
        "result": if stopped.newly { "suppressed" } else { "already_suppressed" },
        "deals_closed": stopped.closed.len(),
        "mails_cancelled": stopped.cancelled,
    })))
}
