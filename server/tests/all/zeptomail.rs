use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::BrandId;
use domain::mailing::{SecretName, SuppressionReason};
use domain::pipeline::DealStatus;
use hmac::{Hmac, KeyInit, Mac};
use outreach::transports::secret_place;
use serde_json::{Value, json};
use sha2::Sha256;
use test_support::Mailed;

use crate::browser::Server;

const KEY: &str = "the webhook key of codeteki";
const OTHER_KEY: &str = "the webhook key of desi firms";

/// A server whose brands have each stored their key.
async fn server() -> anyhow::Result<Server> {
    let server = Server::new().await?;
    for (brand, key) in [(server.test.brands.codeteki.id, KEY), (server.test.brands.desifirms.id, OTHER_KEY)]
    {
        let name = SecretName::ZeptoMailWebhook;
        let sealed = Some(server.environment.vault().seal(&secret_place(brand, name), key)?);
        let stored_at = server.test.clock.now();
        let secret =
            database::mail_secret::MailSecret { brand_id: brand, name, sealed, expires_at: None, stored_at };
        let mut scope = server.environment.database().brand(brand).await?;
        database::mail_secret::store(&mut scope, &secret).await?;
        scope.commit().await?;
    }
    Ok(server)
}

fn signature(key: &str, time: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length");
    mac.update(format!("{time}{body}").as_bytes());
    format!("ts={time};s={};s-algorithm=HmacSHA256", STANDARD.encode(mac.finalize().into_bytes()))
}

async fn send(server: &Server, path: &str, signed: &str, body: &str) -> anyhow::Result<(StatusCode, Value)> {
    let request = Request::post(path)
        .header("producer-signature", signed)
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))?;
    let answer = server.call(request).await?;
    Ok((answer.status, serde_json::from_slice(&answer.bytes).unwrap_or_default()))
}

/// A call that is signed now, with Codeteki's key.
async fn call(server: &Server, body: &Value) -> anyhow::Result<(StatusCode, Value)> {
    let body = body.to_string();
    let signed = signature(KEY, server.test.clock.now().timestamp_millis(), &body);
    send(server, "/webhooks/zeptomail?brand=codeteki", &signed, &body).await
}

/// A bounce as the vendor documents it.
fn bounce(kind: &str, mailed: &Mailed, diagnostic: &str) -> Value {
    json!({
        "event_name": [kind],
        "event_message": [{
            "email_info": {
                "email_reference": format!("ref-{}@bounce-zem.codeteki.au", mailed.mail.id),
                "client_reference": mailed.mail.message_id,
                "is_smtp_trigger": false,
                "subject": "A question",
                "from": { "address": "sales@codeteki.au", "name": "Codeteki" },
                "to": [{ "email_address": { "address": mailed.contact.email, "name": "Priya" } }],
                "processed_time": "2026-11-22T23:00:00+11:00"
            },
            "event_data": [{
                "details": [{
                    "reason": "Bounced", "bounced_recipient": mailed.contact.email,
                    "time": "2026-11-22T23:00:05+11:00", "diagnostic_message": diagnostic
                }],
                "object": kind
            }],
            "request_id": "13ef.1"
        }],
        "mailagent_key": "2ebf2b15a1d1",
        "webhook_request_id": "ec32af49"
    })
}

async fn suppressed(
    server: &Server,
    brand: BrandId,
    email: &str,
) -> anyhow::Result<Option<SuppressionReason>> {
    server.suppression(brand, email).await
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_brands_own_fresh_signature_is_taken() -> anyhow::Result<()> {
    let server = server().await?;
    let brand = server.test.brands.codeteki.id;
    let mailed = server.mailed(brand, "gone@sharma.example", "sales").await?;
    let body = bounce("hardbounce", &mailed, "550 5.1.1 user unknown").to_string();
    let now = server.test.clock.now().timestamp_millis();
    let path = "/webhooks/zeptomail?brand=codeteki";
    for (path, signed) in [
        (path, String::new()),
        (path, signature("a guessed key, long enough", now, &body)),
        (path, signature(OTHER_KEY, now, &body)),
        (path, signature(KEY, now, "another body")),
        (path, signature(KEY, now - 6 * 60 * 1000, &body)),
        (path, signature(KEY, now + 6 * 60 * 1000, &body)),
        ("/webhooks/zeptomail?brand=desifirms", signature(KEY, now, &body)),
        ("/webhooks/zeptomail?brand=nobody", signature(KEY, now, &body)),
    ] {
        let (status, _) = send(&server, path, &signed, &body).await?;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path} {signed}");
    }
    server.assert_untouched(&mailed).await?;
    for bad in ["{", "{}", r#"{"event_message": 7}"#] {
        let (status, said) = send(&server, path, &signature(KEY, now, bad), bad).await?;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(said["error"].is_string(), "{bad}: {said}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hard_bounce_ends_the_contact_once_and_in_its_brand_only() -> anyhow::Result<()> {
    let server = server().await?;
    let (brand, other) = (server.test.brands.codeteki.id, server.test.brands.desifirms.id);
    let mailed = server.mailed(brand, "gone@sharma.example", "sales").await?;
    let elsewhere = server.mailed(other, "gone@sharma.example", "business").await?;
    let body = bounce("hardbounce", &mailed, "smtp; 550 5.1.1 The account does not exist");
    for expected in ["received", "already_received"] {
        let (status, said) = call(&server, &body).await?;
        assert_eq!((status, &said["results"][0]["result"]), (StatusCode::OK, &json!(expected)), "{said}");
    }
    assert_eq!(server.deal(&mailed).await?.status, DealStatus::Lost);
    assert_eq!(suppressed(&server, brand, "gone@sharma.example").await?, Some(SuppressionReason::HardBounce));
    server.assert_untouched(&elsewhere).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bounce_for_policy_never_blames_the_address() -> anyhow::Result<()> {
    let server = server().await?;
    let brand = server.test.brands.codeteki.id;
    let mailed = server.mailed(brand, "priya@sharma.example", "sales").await?;
    call(&server, &bounce("hardbounce", &mailed, "550 5.7.1 message rejected, our policy 550")).await?;
    assert_eq!(suppressed(&server, brand, "priya@sharma.example").await?, None);
    assert_eq!(server.deal(&mailed).await?.status, DealStatus::Active);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_soft_bounce_counts_once_for_a_mail() -> anyhow::Result<()> {
    let server = server().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "full@sharma.example", "sales").await?;
    for _ in 0..4 {
        call(&server, &bounce("softbounce", &mailed, "452 4.2.2 mailbox full")).await?;
    }
    assert_eq!(server.deal(&mailed).await?.status, DealStatus::Active);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feedback_loop_is_a_complaint_and_opens_are_ignored() -> anyhow::Result<()> {
    let server = server().await?;
    let brand = server.test.brands.codeteki.id;
    let mailed = server.mailed(brand, "angry@sharma.example", "sales").await?;
    let (status, said) = call(&server, &bounce("email_open", &mailed, "")).await?;
    assert_eq!((status, &said["results"][0]["result"]), (StatusCode::OK, &json!("ignored")));
    server.assert_untouched(&mailed).await?;
    let body = json!({
        "event_name": ["feedback_loop"],
        "event_message": [{ "to": [{ "email_address": { "address": "Angry@sharma.example" } }] }]
    });
    call(&server, &body).await?;
    assert_eq!(suppressed(&server, brand, "angry@sharma.example").await?, Some(SuppressionReason::Complaint));
    assert_eq!(server.deal(&mailed).await?.status, DealStatus::Lost);
    Ok(())
}
