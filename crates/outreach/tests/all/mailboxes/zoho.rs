use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use database::brand::{self, MailAccount};
use database::mail_secret::{self, MailSecret};
use domain::mailing::{MailboxKind, Provider, SecretName};
use domain::pipeline::StageKind;
use domain::view::mailboxes::MailboxEdit;
use mail::zoho::ZohoHosts;
use outreach::mailboxes::Checked;
use outreach::transports::{Elsewhere, Transports, secret_place};
use serde_json::{Value, json};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{INTERESTED, Postroom, received};
use crate::mailroom::{letter, reply};

const ACCOUNT: &str = "6000000000293";
const FOLDER: &str = "2560636000000008014";

fn success(data: &Value) -> ResponseTemplate {
    let status = json!({ "code": 200, "description": "success" });
    ResponseTemplate::new(200).set_body_json(json!({ "status": status, "data": data }))
}

async fn answers(server: &MockServer, at: &str, data: Value) {
    Mock::given(method("GET"))
        .and(path(format!("/api/accounts/{ACCOUNT}{at}")))
        .respond_with(success(&data))
        .mount(server)
        .await;
}

/// Mails in the inbox, newest first, as Zoho lists them.
async fn holds(server: &MockServer, mails: &[(&str, DateTime<Utc>, String)]) {
    server.reset().await;
    let granted = json!({ "access_token": "one", "expires_in": 3600, "token_type": "Bearer" });
    Mock::given(method("POST"))
        .and(path("/oauth/v2/token"))
        .respond_with(ResponseTemplate::new(200).set_body_json(granted))
        .mount(server)
        .await;
    answers(
        server,
        "/folders",
        json!([{ "path": "/Inbox", "folderName": "Inbox", "folderType": "Inbox", "folderId": FOLDER }]),
    )
    .await;
    let list: Vec<Value> = mails
        .iter()
        .rev()
        .map(|(id, at, _)| {
            json!({ "messageId": id, "folderId": FOLDER, "receivedTime": at.timestamp_millis().to_string() })
        })
        .collect();
    Mock::given(method("GET"))
        .and(path(format!("/api/accounts/{ACCOUNT}/messages/view")))
        .and(query_param("folderId", FOLDER))
        .respond_with(success(&json!(list)))
        .mount(server)
        .await;
    for (id, _, raw) in mails {
        let content = raw.replace('\n', "\r\n");
        answers(server, &format!("/messages/{id}/originalmessage"), json!({ "content": content })).await;
    }
}

/// Gives Codeteki an account at Zoho Mail.
async fn open_account(post: &Postroom) -> Result<()> {
    let (brand, now) = (post.room.codeteki(), post.room.now());
    let account = MailAccount {
        provider: Provider::ZohoMail,
        account_id: ACCOUNT.to_owned(),
        client_id: "1000.CLIENT".to_owned(),
        ..MailAccount::local(brand, now)
    };
    let mut scope = post.room.test.database.brand(brand).await?;
    brand::set_mail_account(&mut scope, &account).await?;
    for name in [SecretName::ZohoClientSecret, SecretName::ZohoRefreshToken] {
        let sealed = Some(post.environment().vault().seal(&secret_place(brand, name), "secret")?);
        let secret = MailSecret { brand_id: brand, name, sealed, expires_at: None, stored_at: now };
        mail_secret::store(&mut scope, &secret).await?;
    }
    Ok(scope.commit().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn zohos_api_is_read_as_any_mailbox() -> Result<()> {
    let mut post = Postroom::new().await?;
    let server = MockServer::start().await;
    let hosts = ZohoHosts { accounts: server.uri(), mail: server.uri() };
    let elsewhere = Elsewhere { zoho: Some(hosts), ..Elsewhere::default() };
    let transports = Transports::by_account(false).with_vendors_at(elsewhere);
    post.room.environment = crate::environment_with(&post.room.test, transports)?;
    open_account(&post).await?;
    post.save("codeteki", MailboxEdit { kind: MailboxKind::Zoho, ..post.edit("codeteki") }).await?;

    let brand = post.room.codeteki();
    let mailed = post.room.mailed(brand, "tara@rao.example", "sales").await?;
    let at = |minutes| post.room.now() - TimeDelta::minutes(minutes);
    let old = ("100", at(60 * 24 * 30), reply(&mailed, "old@rao.example", "STOP"));
    let first = ("101", at(20), reply(&mailed, "one@rao.example", INTERESTED));
    holds(&server, &[old.clone(), first.clone()]).await;
    assert_eq!(post.check(brand).await?, received(1));
    assert_eq!(post.room.stage(&mailed).await?.1, StageKind::Replied);
    let mailbox = post.mailbox(brand).await?;
    assert_eq!((mailbox.validity, mailbox.position), (FOLDER.parse().ok(), first.1.timestamp_millis()));

    // One that arrived in the same millisecond, and was listed late, isn't lost; the first has no second effect.
    let twin = ("102", first.1, letter("x@rao.example", "two@rao.example", &[], "Hello", "A mail"));
    holds(&server, &[old, first, twin]).await;
    let looked = post.check(brand).await?;
    assert_eq!(looked, Checked { mailboxes: 1, received: 1, known: 1, ..Checked::default() });
    assert_eq!(post.mailbox(brand).await?.backlog, 0);
    Ok(())
}
