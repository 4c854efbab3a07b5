use anyhow::{Result, ensure};
use database::brand::Brand;
use domain::Role;
use domain::mailing::Provider;
use mail::deliver::{Accepted, DeliveryError, Transport};
use mail::message::{Mailbox, Outgoing};
use mail::zoho::ZohoHosts;
use outreach::Environment;
use outreach::transports::{Elsewhere, StoredAccount};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{ZOHO, account, environment, person, save, stored};
use crate::world::World;

fn mail() -> Outgoing {
    Outgoing {
        message_id: "one@codeteki.au".into(),
        from: Mailbox::new("Asha", "asha@codeteki.au"),
        reply_to: None,
        to: Mailbox::new("", "priya@sweets.example"),
        subject: "A question".into(),
        html: "<p>Hi Priya,</p>".into(),
        text: "Hi Priya,\n".into(),
        in_reply_to: None,
        references: vec![],
        list_unsubscribe_url: None,
        list_unsubscribe_mailto: None,
        feedback_id: None,
        auto_submitted: false,
        return_path: None,
        date: chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("in range"),
    }
}

/// Zoho, giving `tokens` one after the other, and taking mails with `good` only.
async fn zoho(tokens: &[&str], good: &str) -> MockServer {
    let server = MockServer::start().await;
    for token in tokens {
        Mock::given(method("POST"))
            .and(path("/oauth/v2/token"))
            .respond_with(
                ResponseTemplate::new(200)
                    .set_body_json(json!({ "access_token": token, "expires_in": 3600 }))
                    // Long enough for the others to ask meanwhile.
                    .set_delay(Duration::from_millis(200)),
            )
            .up_to_n_times(1)
            .expect(1)
            .mount(&server)
            .await;
    }
    let messages = "/api/accounts/6000000000293/messages";
    Mock::given(method("POST"))
        .and(path(messages))
        .and(header("authorization", format!("Zoho-oauthtoken {good}")))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "status": { "code": 200, "description": "success" }, "data": { "messageId": "171" }
        })))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path(messages))
        .respond_with(ResponseTemplate::new(401).set_body_json(json!({
            "status": { "code": 401 }, "data": { "errorCode": "INVALID_OAUTHTOKEN" }
        })))
        .with_priority(9)
        .mount(&server)
        .await;
    server
}

/// An environment of its own: another process.
fn process(world: &World, server: &MockServer) -> Result<Environment> {
    let zoho = ZohoHosts { accounts: server.uri(), mail: server.uri() };
    environment(world, Elsewhere { zoho: Some(zoho), ..Elsewhere::default() })
}

async fn transport(environment: &Environment, brand: &Brand) -> Result<Arc<dyn Transport>> {
    let mut scope = environment.database().brand(brand.id).await?;
    let account = StoredAccount::load(&mut scope, brand.id).await?;
    Ok(environment.transports().for_brand(environment, brand, account.as_ref())?)
}

async fn deliver(transport: Arc<dyn Transport>) -> Result<Accepted, DeliveryError> {
    transport.deliver(&mail()).await
}

async fn configured(world: &World, server: &MockServer) -> Result<()> {
    let user = person(world, &world.test.brands.codeteki, Role::Manager).await?;
    let edit = account(Provider::ZohoMail, ZOHO);
    ensure!(save(&process(world, server)?, &user, "codeteki", edit).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_processes_fetch_one_access_token() -> Result<()> {
    let world = World::new().await?;
    let server = zoho(&["shared"], "shared").await;
    configured(&world, &server).await?;
    let brand = &world.test.brands.codeteki;
    let (one, two) = (process(&world, &server)?, process(&world, &server)?);
    let (first, second) = (transport(&one, brand).await?, transport(&two, brand).await?);
    let (a, b, c) = tokio::join!(deliver(first.clone()), deliver(second), deliver(first));
    ensure!([&a, &b, &c].iter().all(|sent| sent.is_ok()), "{a:?} {b:?} {c:?}");
    ensure!(!stored(&world, brand.id).await?.contains("shared"), "the access token is sealed too");
    server.verify().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_renewed_once_for_two_senders() -> Result<()> {
    let world = World::new().await?;
    let server = zoho(&["old", "new"], "new").await;
    configured(&world, &server).await?;
    let brand = &world.test.brands.codeteki;
    let (one, two) = (process(&world, &server)?, process(&world, &server)?);
    let (first, second) = (transport(&one, brand).await?, transport(&two, brand).await?);
    let (a, b) = tokio::join!(deliver(first), deliver(second));
    ensure!(a.is_ok() && b.is_ok(), "{a:?} {b:?}");
    server.verify().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_past_its_hour_is_replaced_before_it_is_used() -> Result<()> {
    let world = World::new().await?;
    let server = zoho(&["first", "second"], "first").await;
    configured(&world, &server).await?;
    let environment = process(&world, &server)?;
    let transport = transport(&environment, &world.test.brands.codeteki).await?;
    deliver(transport.clone()).await?;
    world.pass(chrono::TimeDelta::minutes(58));
    // The stand-in takes only the first, which shows that the second was fetched.
    ensure!(deliver(transport).await.is_err());
    let calls = server.received_requests().await.unwrap_or_default();
    let tokens = calls.iter().filter(|call| call.url.path().ends_with("/token")).count();
    ensure!(tokens >= 2, "{tokens}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_credentials_forget_the_token_of_before() -> Result<()> {
    let world = World::new().await?;
    let server = zoho(&["before", "after"], "before").await;
    configured(&world, &server).await?;
    let brand = &world.test.brands.codeteki;
    let environment = process(&world, &server)?;
    deliver(transport(&environment, brand).await?).await?;
    let user = person(&world, brand, Role::Manager).await?;
    let other = [(domain::mailing::SecretName::ZohoRefreshToken, "another-refresh-token")];
    ensure!(save(&environment, &user, "codeteki", account(Provider::ZohoMail, &other)).await?.is_empty());
    // The stand-in takes only the first, which shows that another was fetched.
    ensure!(deliver(transport(&environment, brand).await?).await.is_err());
    Ok(())
}
