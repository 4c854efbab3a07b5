use std::sync::Arc;

use mail::zoho::{ZohoError, ZohoInbox};
use serde_json::json;
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::oauth::Tokens;
use crate::zoho::{ACCOUNT, api};
use crate::{PATIENT, SHORT, Silence, silent};

fn inbox(base: &str) -> ZohoInbox {
    ZohoInbox::new(api(base, Arc::new(Tokens::new(["one", "two"])), PATIENT))
}

async fn answering(at: &str, data: serde_json::Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(format!("/api/accounts/{ACCOUNT}{at}")))
        .and(header("authorization", "Zoho-oauthtoken one"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "status": { "code": 200, "description": "success" }, "data": data
        })))
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn the_inbox_is_found_among_folders_of_the_same_type() {
    let server = answering(
        "/folders",
        json!([
            { "path": "/MyCustomFolder", "folderName": "MyCustomFolder", "folderType": "Inbox",
              "folderId": 9_999_000_009_001_u64 },
            { "path": "/Inbox", "isArchived": 1, "folderName": "Inbox", "imapAccess": true,
              "folderType": "Inbox", "folderId": "2560636000000008014" },
            { "path": "/Sent", "folderName": "Sent", "folderType": "Sent", "folderId": "2560636000000008018" },
        ]),
    )
    .await;
    let found = inbox(&server.uri()).inbox().await.expect("an inbox");
    assert_eq!(found.id, "2560636000000008014");
    let folders = inbox(&server.uri()).folders().await.expect("three");
    assert_eq!(folders[0].id, "9999000009001", "ids come as numbers too");
}

#[tokio::test]
async fn messages_are_listed_newest_first_with_their_times() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(format!("/api/accounts/{ACCOUNT}/messages/view")))
        .and(query_param("folderId", "2560636000000008014"))
        .and(query_param("start", "201"))
        .and(query_param("limit", "200"))
        .and(query_param("sortBy", "date"))
        .and(query_param("sortorder", "false"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "status": { "code": 200, "description": "success" },
            "data": [{
                "messageId": "1709876190693100009", "folderId": "2560636000000008014",
                "fromAddress": "priya@sweets.example", "subject": "Re: A question",
                "receivedTime": "1709876190649", "status": "1"
            }]
        })))
        .expect(1)
        .mount(&server)
        .await;
    let listed = inbox(&server.uri()).messages("2560636000000008014", 201, 5000).await.expect("one");
    assert_eq!(listed[0].id, "1709876190693100009");
    assert_eq!(listed[0].received_at.to_rfc3339(), "2024-03-08T05:36:30.649+00:00");
    assert_eq!(listed[0].from_address, "priya@sweets.example");
}

#[tokio::test]
async fn the_original_reads_as_a_mail() {
    let raw = "From: Priya <priya@sweets.example>\r\nMessage-ID: <r1@sweets.example>\r\n\
               In-Reply-To: <0199.deal-7@codeteki.au>\r\nSubject: Re: A question\r\n\r\nYes, please.\r\n";
    let server = answering(
        "/messages/1710915488416100001/originalmessage",
        json!({ "messageId": 1_711_540_357_880_100_000_u64, "content": raw }),
    )
    .await;
    let original = inbox(&server.uri()).original("1710915488416100001").await.expect("a mail");
    let read = mail::receive::parse(&original).expect("readable");
    assert_eq!(read.message_id.as_deref(), Some("r1@sweets.example"));
    assert_eq!(read.in_reply_to, ["0199.deal-7@codeteki.au"]);
}

#[tokio::test]
async fn the_content_is_read_from_its_folder() {
    let server =
        answering("/folders/256/messages/171/content", json!({ "messageId": 171, "content": "<p>Yes</p>" }))
            .await;
    assert_eq!(inbox(&server.uri()).content("256", "171").await.expect("content"), "<p>Yes</p>");
}

#[tokio::test]
async fn an_id_that_is_none_never_becomes_part_of_an_address() {
    let server = MockServer::start().await;
    for id in ["", "1/../../x", "1?x=y"] {
        let failed = inbox(&server.uri()).original(id).await.expect_err("no id");
        assert!(matches!(failed, ZohoError::Refused { .. }), "{failed}");
    }
    assert!(server.received_requests().await.expect("recorded").is_empty());
}

#[tokio::test]
async fn reading_without_an_answer_may_be_tried_again() {
    let (base, _) = silent(Silence::Hang).await;
    let inbox = ZohoInbox::new(api(&base, Arc::new(Tokens::new(["one"])), SHORT));
    let failed = inbox.folders().await.expect_err("no answer");
    assert!(matches!(failed, ZohoError::Busy { .. }), "{failed}");
}
