use std::sync::Arc;

use mail::deliver::{Transport, ZohoTransport};
use mail::zoho::{ZohoApi, ZohoHosts};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::oauth::Tokens;
use crate::{Kind, PATIENT, SHORT, Silence, crypto, kind, mail, nobody, silent};

pub const ACCOUNT: &str = "6000000000293";

pub fn api(base: &str, tokens: Arc<Tokens>, patience: Option<std::time::Duration>) -> ZohoApi {
    crypto();
    let hosts = ZohoHosts { accounts: base.to_owned(), mail: base.to_owned() };
    ZohoApi::new(hosts, ACCOUNT, tokens, patience).expect("an account id")
}

fn transport(base: &str) -> ZohoTransport {
    ZohoTransport::new(api(base, Arc::new(Tokens::new(["one", "two", "three"])), PATIENT))
}

fn taken() -> Value {
    json!({
        "status": { "code": 200, "description": "success" },
        "data": {
            "subject": "A question", "messageId": "1710915488416100001",
            "fromAddress": "asha@codeteki.au", "mailFormat": "html"
        }
    })
}

/// Zoho's answer to an access token that is past its hour.
fn refused_token() -> Value {
    json!({
        "data": { "errorCode": "INVALID_OAUTHTOKEN" },
        "status": { "code": 401, "description": "Unauthorized" }
    })
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("/api/accounts/{ACCOUNT}/messages")))
        .respond_with(template)
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn a_mail_goes_out_as_documented() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("/api/accounts/{ACCOUNT}/messages")))
        .and(header("authorization", "Zoho-oauthtoken one"))
        .respond_with(ResponseTemplate::new(200).set_body_json(taken()))
        .expect(1)
        .mount(&server)
        .await;
    let accepted = transport(&server.uri()).deliver(&mail()).await.expect("taken");
    assert_eq!(accepted.provider_id, "1710915488416100001");
    let calls = server.received_requests().await.expect("recorded");
    let body: Value = serde_json::from_slice(&calls[0].body).expect("JSON");
    assert_eq!(
        body,
        json!({
            "fromAddress": "Asha Rao <asha@codeteki.au>",
            "toAddress": "priya@sweets.example",
            "subject": "A question",
            "content": "<p>Hi Priya,</p>",
            "mailFormat": "html",
            "encoding": "UTF-8",
            "replyTo": "replies@codeteki.au",
        })
    );
}

#[tokio::test]
async fn a_senders_name_never_becomes_a_second_address() {
    let server = answering(ResponseTemplate::new(200).set_body_json(taken())).await;
    let mut tricky = mail();
    tricky.from.name = "Rao, \"A\" <x@y.example>\r\nBcc: z@y.example".into();
    transport(&server.uri()).deliver(&tricky).await.expect("taken");
    let calls = server.received_requests().await.expect("recorded");
    let body: Value = serde_json::from_slice(&calls[0].body).expect("JSON");
    assert_eq!(body["fromAddress"], "\"Rao, 'A' <x@y.example> Bcc: z@y.example\" <asha@codeteki.au>");
}

#[tokio::test]
async fn each_answer_says_what_became_of_the_mail() {
    let own = Kind::Permanent { recipient_fault: false };
    let error = |code: u16, more: &str| json!({ "status": { "code": code, "description": "Invalid Input" }, "data": { "moreInfo": more } });
    for (status, body, expected) in [
        (400, error(400, "Invalid value for toAddress 550 user unknown"), own),
        (200, error(400, "fromAddress is not allowed"), own),
        (200, json!({ "status": { "code": "500", "description": "Internal Error" } }), Kind::Transient(None)),
        (403, error(403, "IP not allowed"), Kind::NotConfigured),
        (404, error(404, "URL_RULE_NOT_CONFIGURED"), Kind::NotConfigured),
        (500, error(500, "Internal Error"), Kind::Transient(None)),
        (503, json!({}), Kind::Transient(None)),
        (500, json!("oops"), Kind::Unknown),
        (502, json!("bad gateway"), Kind::Unknown),
        (504, json!({}), Kind::Unknown),
        (200, json!("welcome"), Kind::Unknown),
        (200, json!({ "status": { "code": 200 } }), Kind::Unknown),
        (200, json!({ "status": { "code": 200 }, "data": { "messageId": null } }), Kind::Unknown),
        (200, json!({ "status": { "code": 200 }, "data": { "messageId": "" } }), Kind::Unknown),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_json(&body)).await;
        let failed = transport(&server.uri()).deliver(&mail()).await.expect_err("not taken");
        assert_eq!(kind(&failed), expected, "{status} {body} {failed}");
    }
}

#[tokio::test]
async fn the_providers_own_waiting_time_is_heard() {
    let template = ResponseTemplate::new(429).insert_header("retry-after", "600");
    let server = answering(template).await;
    let failed = transport(&server.uri()).deliver(&mail()).await.expect_err("too fast");
    assert_eq!(kind(&failed), Kind::Transient(Some(600)));
}

#[tokio::test]
async fn a_refused_access_token_is_replaced_once_and_the_call_made_again() {
    for status in [401, 404] {
        let server = MockServer::start().await;
        for (token, template) in [
            ("one", ResponseTemplate::new(status).set_body_json(refused_token())),
            ("two", ResponseTemplate::new(200).set_body_json(taken())),
        ] {
            Mock::given(method("POST"))
                .and(header("authorization", format!("Zoho-oauthtoken {token}")))
                .respond_with(template)
                .expect(1)
                .mount(&server)
                .await;
        }
        let tokens = Arc::new(Tokens::new(["one", "two", "three"]));
        let transport = ZohoTransport::new(api(&server.uri(), tokens.clone(), PATIENT));
        transport.deliver(&mail()).await.expect("taken the second time");
        assert_eq!(tokens.rejected(), ["one"]);
    }
}

#[tokio::test]
async fn a_token_refused_twice_is_a_matter_for_the_settings() {
    let server = answering(ResponseTemplate::new(401).set_body_json(refused_token())).await;
    let failed = transport(&server.uri()).deliver(&mail()).await.expect_err("refused");
    assert_eq!(kind(&failed), Kind::NotConfigured, "{failed}");
    assert_eq!(server.received_requests().await.expect("recorded").len(), 2);
}

#[tokio::test]
async fn silence_after_the_call_is_unclear_and_the_call_is_made_once() {
    for (how, patience) in [(Silence::Hang, SHORT), (Silence::Close, PATIENT)] {
        let (base, calls) = silent(how).await;
        let transport = ZohoTransport::new(api(&base, Arc::new(Tokens::new(["one", "two"])), patience));
        let failed = transport.deliver(&mail()).await.expect_err("no answer");
        assert_eq!(kind(&failed), Kind::Unknown, "{failed}");
        assert_eq!(*calls.borrow(), 1);
    }
    let failed = transport(&nobody().await).deliver(&mail()).await.expect_err("nobody there");
    assert_eq!(kind(&failed), Kind::Transient(None), "{failed}");
}

#[tokio::test]
async fn the_connection_test_reads_the_account_and_checks_the_sender() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/api/accounts"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "status": { "code": "200", "description": "success" },
            "data": [{
                "accountId": ACCOUNT, "primaryEmailAddress": "team@codeteki.au",
                "sendMailDetails": [{ "fromAddress": "Sales@codeteki.au", "status": "true" }]
            }]
        })))
        .mount(&server)
        .await;
    let transport = transport(&server.uri());
    transport.test_connection("team@codeteki.au").await.expect("its own address");
    transport.test_connection("sales@codeteki.au").await.expect("an alias");
    let failed = transport.test_connection("sales@desifirms.com.au").await.expect_err("not its own");
    assert!(failed.reason().contains("may not send as sales@desifirms.com.au"), "{failed}");
}
