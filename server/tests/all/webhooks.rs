use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::mailing::SuppressionReason;
use domain::pipeline::{DealStatus, StageKind};
use serde_json::{Value, json};
use test_support::Mailed;

use crate::browser::{Answer, OTHER_SECRET, SECRET, Server};

const ALL: [&str; 3] = ["/webhooks/reply", "/webhooks/bounce", "/webhooks/unsubscribe"];

async fn send(server: &Server, path: &str, secret: &str, body: impl Into<Body>) -> anyhow::Result<Answer> {
    let request =
        Request::post(path).header("x-overture-secret", secret).header("content-type", "application/json");
    server.call(request.body(body.into())?).await
}

async fn call(server: &Server, path: &str, body: &Value) -> anyhow::Result<(StatusCode, Value)> {
    let answer = send(server, path, SECRET, body.to_string()).await?;
    Ok((answer.status, serde_json::from_slice(&answer.bytes)?))
}

fn reply(mailed: &Mailed, id: &str, text: &str) -> Value {
    json!({
        "from_email": format!("Priya Sharma <{}>", mailed.contact.email),
        "to_email": "sales@codeteki.example",
        "subject": "Re: Following up",
        "body": text,
        "message_id": format!("<{id}>"),
        "in_reply_to": format!("<{}>", mailed.mail.message_id),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_secret_is_refused_before_the_body_is_looked_at() -> anyhow::Result<()> {
    let server = Server::new().await?;
    for path in ALL {
        for secret in ["", "wrong", &SECRET[..SECRET.len() - 1]] {
            let answer = send(&server, path, secret, "no JSON").await?;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path} {secret:?}");
        }
        let other_brand = send(&server, &format!("{path}?brand=codeteki"), OTHER_SECRET, "no JSON").await?;
        assert_eq!(other_brand.status, StatusCode::UNAUTHORIZED, "{path}");
        let bare = server.call(Request::post(path).body(Body::from("{}"))?).await?;
        assert_eq!(bare.status, StatusCode::UNAUTHORIZED, "{path}");
        let bearer = Request::post(path)
            .header("authorization", format!("Bearer {SECRET}"))
            .body(Body::from("no JSON"))?;
        assert_eq!(server.call(bearer).await?.status, StatusCode::BAD_REQUEST, "{path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_with_a_reason() -> anyhow::Result<()> {
    let server = Server::new().await?;
    for (path, body, said) in [
        ("/webhooks/reply", "{", "JSON"),
        ("/webhooks/reply", r#"{"body": "hi"}"#, "from_email"),
        ("/webhooks/reply", r#"{"from_email": "a@b.example"}"#, "body"),
        ("/webhooks/reply", r#"{"from_email": "nobody", "body": "hi"}"#, "from_email"),
        ("/webhooks/reply", r#"{"from_email": 7, "body": "hi"}"#, "string"),
        ("/webhooks/bounce", r#"{"email": "a@b.example"}"#, "type"),
        ("/webhooks/bounce", r#"{"email": "a@b.example", "type": "odd"}"#, "odd"),
        ("/webhooks/unsubscribe", r#"{"email": "a b@c.example"}"#, "address"),
        ("/webhooks/unsubscribe", "[]", "JSON"),
    ] {
        let answer = send(&server, path, SECRET, body).await?;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
        let error: Value = serde_json::from_slice(&answer.bytes)?;
        assert!(error["error"].as_str().unwrap_or_default().contains(said), "{body}: {error}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_moves_the_deal_once() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let other = server.mailed(server.test.brands.desifirms.id, "priya@sharma.example", "business").await?;
    let body = reply(&mailed, "r1@sharma.example", "Yes, I'm interested. Please send me the details.");
    let (status, said) = call(&server, "/webhooks/reply", &body).await?;
    assert_eq!(
        (status, &said["result"], &said["moved_to"]),
        (StatusCode::OK, &json!("received"), &json!("Responded"))
    );
    let (status, said) = call(&server, "/webhooks/reply?brand=codeteki", &body).await?;
    assert_eq!((status, &said["result"]), (StatusCode::OK, &json!("already_received")));
    let deal = server.deal(&mailed).await?;
    let stage = mailed.stages.iter().find(|stage| stage.id == deal.stage_id).map(|stage| stage.kind);
    assert_eq!((stage, deal.stage_visit), (Some(StageKind::Replied), mailed.deal.stage_visit + 1));
    server.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_comes_as_a_whole_mail_too() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let raw = format!(
        "From: {}\r\nMessage-ID: <raw@sharma.example>\r\nIn-Reply-To: <{}>\r\nSubject: Re: x\r\n\r\nSTOP\r\n",
        mailed.contact.email, mailed.mail.message_id
    );
    let request = Request::post("/webhooks/reply")
        .header("x-overture-secret", SECRET)
        .header("content-type", "message/rfc822")
        .body(Body::from(raw))?;
    assert_eq!(server.call(request).await?.status, StatusCode::OK);
    assert_eq!(server.deal(&mailed).await?.status, DealStatus::Lost);
    let reason = server.suppression(mailed.brand, &mailed.contact.email).await?;
    assert_eq!(reason, Some(SuppressionReason::Unsubscribed));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn automatic_headers_of_a_json_reply_are_heard() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let mut body = reply(&mailed, "ooo@sharma.example", "I am out of the office until 7 December 2026.");
    body["headers"] = json!({ "Auto-Submitted": "auto-replied" });
    let (_, said) = call(&server, "/webhooks/reply", &body).await?;
    assert_eq!((&said["intent"], &said["kind"]), (&json!("out_of_office"), &json!("auto_reply")));
    assert_eq!(server.deal(&mailed).await?.stage_id, mailed.deal.stage_id);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn bounces_are_hard_at_once_and_soft_at_the_third() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let brand = server.test.brands.codeteki.id;
    let hard = server.mailed(brand, "gone@sharma.example", "sales").await?;
    let body = json!({ "email": "gone@sharma.example", "type": "hard", "reason": "550 5.1.1 User unknown" });
    for expected in ["received", "already_received"] {
        let (status, said) = call(&server, "/webhooks/bounce", &body).await?;
        assert_eq!((status, &said["result"]), (StatusCode::OK, &json!(expected)));
    }
    assert_eq!(server.deal(&hard).await?.status, DealStatus::Lost);
    assert_eq!(server.suppression(brand, "gone@sharma.example").await?, Some(SuppressionReason::HardBounce));

    let soft = server.mailed(brand, "full@sharma.example", "sales").await?;
    for (round, status) in [(1, DealStatus::Active), (2, DealStatus::Active), (3, DealStatus::Lost)] {
        let body = json!({
            "email": "full@sharma.example", "type": "soft", "event_id": format!("event-{round}"),
            "message_id": soft.mail.message_id,
        });
        call(&server, "/webhooks/bounce", &body).await?;
        assert_eq!(server.deal(&soft).await?.status, status, "bounce {round}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unsubscribe_is_the_brand_s_own_and_idempotent() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya+y@sharma.example", "sales").await?;
    let other = server.mailed(server.test.brands.desifirms.id, "priya+y@sharma.example", "business").await?;
    let body = json!({ "email": "Priya+Y@Sharma.example", "reason": "spam_report", "source": "provider" });
    for expected in ["suppressed", "already_suppressed"] {
        let (status, said) = call(&server, "/webhooks/unsubscribe", &body).await?;
        assert_eq!((status, &said["result"]), (StatusCode::OK, &json!(expected)));
    }
    assert_eq!(server.deal(&mailed).await?.status, DealStatus::Lost);
    assert_eq!(
        server.suppression(mailed.brand, "priya+y@sharma.example").await?,
        Some(SuppressionReason::Complaint)
    );
    server.assert_untouched(&other).await
}
