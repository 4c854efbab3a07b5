use anyhow::{Result, ensure};
use domain::Role;
use domain::mailing::{MessageState, Provider, TestOutcome};
use domain::view::brands::Sending;
use mail::zoho::ZohoHosts;
use outreach::outbox::deliver_due;
use outreach::settings::{brands, test_account};
use outreach::transports::Elsewhere;
use serde_json::json;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{ZEPTOMAIL, ZOHO, account, environment, person, save};
use crate::world::World;

async fn zeptomail(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1.1/email"))
        .and(header("authorization", "Zoho-enczapikey token-of-desifirms"))
        .respond_with(template)
        .mount(&server)
        .await;
    server
}

fn at(server: &MockServer) -> Elsewhere {
    Elsewhere { zeptomail: Some(server.uri()), ..Elsewhere::default() }
}

fn taken() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({
        "data": [{ "code": "EM_104", "message": "Email request received" }],
        "message": "OK", "request_id": "13ef.6d65", "object": "email"
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brands_account_never_serves_another_brand() -> Result<()> {
    let world = World::new().await?;
    let server = zeptomail(taken()).await;
    let environment = environment(&world, at(&server))?;
    let user = person(&world, &world.test.brands.desifirms, Role::Manager).await?;
    ensure!(
        save(&environment, &user, "desifirms", account(Provider::ZeptoMail, ZEPTOMAIL)).await?.is_empty()
    );
    let ours = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    let theirs = world.deal(world.codeteki(), "sales", "ben@brown.example").await?;
    outreach::autopilot::process_pending_deals(&environment).await?;
    let delivered = deliver_due(&environment).await?;
    ensure!(delivered.sent == 1 && delivered.problems.len() == 1, "{delivered:?}");
    ensure!(delivered.problems[0].contains("Codeteki has no mail account"));

    let sent = world.mails(&ours).await?.remove(0);
    ensure!(sent.state == MessageState::Sent && sent.provider_id.as_deref() == Some("13ef.6d65"));
    ensure!(world.mails(&theirs).await?[0].state == MessageState::Queued);
    let calls = server.received_requests().await.unwrap_or_default();
    ensure!(calls.len() == 1, "one mail, one call");
    let body: serde_json::Value = serde_json::from_slice(&calls[0].body)?;
    ensure!(body["to"][0]["email_address"]["address"] == "priya@sharma-sweets.example");
    ensure!(body["client_reference"] == sent.message_id.as_str());
    ensure!(body["mime_headers"]["List-Unsubscribe"].as_str().is_some_and(|url| url.contains("/u/")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_moved_to_another_brands_row_does_not_open() -> Result<()> {
    let world = World::new().await?;
    let server = zeptomail(taken()).await;
    let environment = environment(&world, at(&server))?;
    let user = person(&world, &world.test.brands.desifirms, Role::Manager).await?;
    ensure!(
        save(&environment, &user, "desifirms", account(Provider::ZeptoMail, ZEPTOMAIL)).await?.is_empty()
    );
    let (from, to) = (world.desifirms(), world.codeteki());
    let mut scope = world.test.database.scoped(&[from, to]).await?;
    let secrets = database::mail_secret::of_brand(&mut scope, from).await?;
    let settings = database::brand::mail_account(&mut scope, from).await?;
    for secret in secrets {
        let stolen = database::mail_secret::MailSecret { brand_id: to, ..secret };
        database::mail_secret::store(&mut scope, &stolen).await?;
    }
    if let Some(settings) = settings {
        let stolen = database::brand::MailAccount { brand_id: to, ..settings };
        database::brand::set_mail_account(&mut scope, &stolen).await?;
    }
    scope.commit().await?;
    world.deal(to, "sales", "ben@brown.example").await?;
    outreach::autopilot::process_pending_deals(&environment).await?;
    let delivered = deliver_due(&environment).await?;
    ensure!(delivered.sent == 0 && delivered.problems[0].contains("can't be opened"), "{delivered:?}");
    ensure!(server.received_requests().await.unwrap_or_default().is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_refuses_the_account_keeps_the_mail_and_its_reason() -> Result<()> {
    let world = World::new().await?;
    let refusal = json!({ "error": { "code": "TM_4001", "message": "Invalid",
        "details": [{ "code": "SM_111", "message": "Sender domain not verified", "target": "from" }] } });
    let server = zeptomail(ResponseTemplate::new(400).set_body_json(&refusal)).await;
    let environment = environment(&world, at(&server))?;
    let user = person(&world, &world.test.brands.desifirms, Role::Manager).await?;
    ensure!(
        save(&environment, &user, "desifirms", account(Provider::ZeptoMail, ZEPTOMAIL)).await?.is_empty()
    );
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    outreach::autopilot::process_pending_deals(&environment).await?;
    deliver_due(&environment).await?;
    let waiting = world.mails(&deal).await?.remove(0);
    ensure!(waiting.state == MessageState::Queued);
    ensure!(waiting.reason.as_deref().is_some_and(|why| why.contains("domain isn't verified")));
    ensure!(world.stage(&deal).await? == "business_found");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_never_says_what_became_of_a_mail_does_not_get_the_queue() -> Result<()> {
    let world = World::new().await?;
    let server = zeptomail(ResponseTemplate::new(504)).await;
    let environment = environment(&world, at(&server))?;
    let user = person(&world, &world.test.brands.desifirms, Role::Manager).await?;
    ensure!(
        save(&environment, &user, "desifirms", account(Provider::ZeptoMail, ZEPTOMAIL)).await?.is_empty()
    );
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    outreach::autopilot::process_pending_deals(&environment).await?;
    deliver_due(&environment).await?;
    deliver_due(&environment).await?;
    ensure!(world.mails(&deal).await?[0].state == MessageState::Unknown);
    ensure!(server.received_requests().await.unwrap_or_default().len() == 1, "never sent again by itself");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_test_is_kept_with_the_account_until_it_changes() -> Result<()> {
    let world = World::new().await?;
    let refusal = json!({ "error": { "code": "TM_4001", "message": "Invalid",
        "details": [{ "code": "SERR_157", "message": "Invalid API Token found" }] } });
    let server = zeptomail(ResponseTemplate::new(401).set_body_json(&refusal)).await;
    let environment = environment(&world, at(&server))?;
    let user = person(&world, &world.test.brands.desifirms, Role::Manager).await?;
    ensure!(
        save(&environment, &user, "desifirms", account(Provider::ZeptoMail, ZEPTOMAIL)).await?.is_empty()
    );
    let found = test_account(&environment, &user, "desifirms").await?;
    ensure!(found.outcome == TestOutcome::Failed, "{found:?}");
    ensure!(found.words.starts_with("ZeptoMail doesn't know the Send Mail Token"), "{}", found.words);
    let line = brands(&environment, &user).await?.remove(0);
    ensure!(matches!(&line.sending, Sending::Doubtful(why) if why.contains("Send Mail Token")), "{line:?}");
    world.pass(chrono::TimeDelta::minutes(1));
    ensure!(
        save(&environment, &user, "desifirms", account(Provider::ZeptoMail, ZEPTOMAIL)).await?.is_empty()
    );
    ensure!(brands(&environment, &user).await?[0].sending == Sending::Works);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_test_names_a_revoked_refresh_token() -> Result<()> {
    let world = World::new().await?;
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/oauth/v2/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "error": "invalid_code" })))
        .mount(&server)
        .await;
    let zoho = ZohoHosts { accounts: server.uri(), mail: server.uri() };
    let environment = environment(&world, Elsewhere { zoho: Some(zoho), ..Elsewhere::default() })?;
    let user = person(&world, &world.test.brands.codeteki, Role::Manager).await?;
    ensure!(save(&environment, &user, "codeteki", account(Provider::ZohoMail, ZOHO)).await?.is_empty());
    let found = test_account(&environment, &user, "codeteki").await?;
    ensure!(found.outcome == TestOutcome::Failed && found.words.contains("was revoked"), "{found:?}");
    Ok(())
}
