use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use domain::contact::EmailAddress;
use domain::reply::{DeliveryStatus, ReportType};
use mail::receive::Inbound;
use outreach::Environment;
use outreach::replies::receive;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::answer::{WebhookError, outcome, read};
use super::secrets::Authorised;

/// A mail that came back.
#[derive(Deserialize)]
struct Bounce {
    /// The address that was written to.
    email: String,
    /// Message-ID of the mail, with or without angle brackets.
    message_id: Option<String>,
    /// What the provider makes of it; its status and words count for more.
    #[serde(rename = "type", default)]
    kind: Option<BounceType>,
    /// Enhanced status code (RFC 3463), such as `5.1.1`.
    status: Option<String>,
    /// The remote server's words.
    #[serde(default, alias = "diagnostic")]
    reason: String,
    /// The provider's id of this call: the same id is the same bounce.
    event_id: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum BounceType {
    Hard,
    Soft,
}

/// A bounce, in fields. It goes the way of a delivery report.
pub async fn bounce(
    State(environment): State<Environment>,
    Authorised(brand): Authorised,
    body: Bytes,
) -> Result<Json<Value>, WebhookError> {
    let bounce: Bounce = read(&body)?;
    let email = EmailAddress::parse(&bounce.email)
        .map_err(|error| WebhookError::Bad(format!("email can't be read: {error}.")))?;
    let status = bounce.status.clone().or_else(|| {
        bounce.kind.map(|kind| match kind {
            BounceType::Hard => "5.1.1".to_owned(),
            BounceType::Soft => "4.2.2".to_owned(),
        })
    });
    if status.is_none() && bounce.reason.is_empty() {
        return Err(WebhookError::Bad("Give type (hard or soft), status or reason.".to_owned()));
    }
    let mail = Inbound {
        message_id: Some(id(&bounce, &body)),
        from: Some(format!("mailer-daemon@{}", email.domain())),
        subject: "Delivery failure".to_owned(),
        text: bounce.reason.clone(),
        report: Some(ReportType::DeliveryStatus),
        return_path_empty: true,
        deliveries: vec![DeliveryStatus {
            recipient: email.as_str().to_owned(),
            action: "failed".to_owned(),
            status,
            diagnostic: Some(bounce.reason).filter(|reason| !reason.is_empty()),
        }],
        original_message_id: bounce.message_id.map(|id| id.trim().trim_matches(['<', '>']).to_owned()),
        original_recipient: Some(email.as_str().to_owned()),
        ..Inbound::default()
    };
    Ok(outcome(&receive(&environment, brand.id, &mail).await?))
}

/// Names the bounce, so that a second delivery of the same call has no effect.
fn id(bounce: &Bounce, body: &[u8]) -> String {
    match &bounce.event_id {
        Some(id) => format!("bounce-{id}@webhook"),
        None => {
            let digest = Sha256::digest(body);
            let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
            format!("bounce-{hex}@webhook")
        }
    }
}
