//! What ZeptoMail tells of mails that came back or were called spam. Signed with the brand's own key.

mod payload;
mod signature;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use domain::contact::EmailAddress;
use domain::reply::{DeliveryStatus, ReportType};
use mail::receive::Inbound;
use outreach::Environment;
use outreach::replies::receive;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::answer::{WebhookError, outcome, read};
use payload::{Call, Event, Kind};
use signature::Signature;

#[derive(Deserialize)]
pub struct Named {
    /// The brand's slug; the address in the settings has it.
    brand: Option<String>,
}

/// Bounces and complaints go the way of the reports that come by mail; opens and clicks are counted here already.
pub async fn zeptomail(
    State(environment): State<Environment>,
    Query(Named { brand }): Query<Named>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, WebhookError> {
    let header = headers.get("producer-signature").and_then(|value| value.to_str().ok());
    let signature = header.and_then(Signature::parse).ok_or(WebhookError::WrongSecret)?;
    let keys = outreach::transports::webhook_keys(&environment, brand.as_deref()).await?;
    // Every key is tried, so that the time taken says nothing.
    let signers = keys.into_iter().filter(|(_, key)| signature.is_by(key, &body)).map(|(brand, _)| brand);
    let signer = signers.fold(None, |found, brand| found.or(Some(brand)));
    let signer = signer.ok_or(WebhookError::WrongSecret)?;
    if !signature.is_fresh(environment.clock().now()) {
        return Err(WebhookError::WrongSecret);
    }
    let events = read::<Call>(&body)?.events();
    if events.is_empty() {
        return Err(WebhookError::Bad("The call has no event_message.".to_owned()));
    }
    let mut results = Vec::with_capacity(events.len());
    for event in events {
        results.push(match report(&event) {
            Ok(Some(mail)) => outcome(&receive(&environment, signer.id, &mail).await?).0,
            Ok(None) => json!({ "result": "ignored" }),
            Err(why) => json!({ "result": "not_understood", "reason": why }),
        });
    }
    Ok(Json(json!({ "results": results })))
}

/// The report that says the same; `None`: nothing follows from the event.
fn report(event: &Event) -> Result<Option<Inbound>, String> {
    let kind = match event.kind {
        Kind::HardBounce | Kind::SoftBounce => ReportType::DeliveryStatus,
        Kind::Complaint => ReportType::FeedbackReport,
        Kind::Other => return Ok(None),
    };
    let recipient = event.recipient.as_deref().ok_or("the event names no single recipient")?;
    let email = EmailAddress::parse(recipient).map_err(|error| error.to_string())?;
    let deliveries = match event.kind {
        Kind::HardBounce | Kind::SoftBounce => vec![delivery(event, &email)],
        Kind::Complaint | Kind::Other => Vec::new(),
    };
    Ok(Some(Inbound {
        message_id: Some(id(event, &email)),
        from: Some(format!("mailer-daemon@{}", email.domain())),
        subject: "Report of ZeptoMail".to_owned(),
        text: event.diagnostic.clone(),
        report: Some(kind),
        return_path_empty: true,
        deliveries,
        original_message_id: event.message_id.as_deref().map(|id| id.trim_matches(['<', '>']).to_owned()),
        original_recipient: Some(email.as_str().to_owned()),
        ..Inbound::default()
    }))
}

/// A code in the remote server's words says more than the vendor's kind: a hard bounce for policy isn't the address's.
fn delivery(event: &Event, email: &EmailAddress) -> DeliveryStatus {
    let status = match event.kind {
        Kind::SoftBounce => Some("4.2.2".to_owned()),
        Kind::HardBounce if domain::reply::bounce::enhanced_status(&event.diagnostic).is_some() => None,
        Kind::HardBounce | Kind::Complaint | Kind::Other => Some("5.1.1".to_owned()),
    };
    DeliveryStatus {
        recipient: email.as_str().to_owned(),
        action: "failed".to_owned(),
        status,
        diagnostic: Some(event.diagnostic.clone()).filter(|words| !words.is_empty()),
    }
}

/// Names the event, so that a call that is delivered again has no effect: one of a kind for each mail and recipient.
fn id(event: &Event, email: &EmailAddress) -> String {
    let named = [event.message_id.as_deref().unwrap_or_default(), &event.reference, &event.diagnostic];
    let mail = named.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let digest = Sha256::digest(format!("{:?}\n{}\n{mail}", event.kind, email.as_str()));
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("zeptomail-{hex}@webhook")
}
