use mail::deliver::{DeliveryError, Transport, ZeptoMail, ZeptoSettings};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{Kind, PATIENT, SHORT, Silence, crypto, kind, mail, nobody, silent};

fn transport(base: &str) -> ZeptoMail {
    crypto();
    let settings = ZeptoSettings { base: base.to_owned(), token: "zoho-enczapikey  wSsVR60 ".into() };
    ZeptoMail::new(settings, PATIENT).expect("a token")
}

/// The answer that the vendor documents for a mail that was taken.
fn taken() -> Value {
    json!({
        "data": [{ "code": "EM_104", "additional_info": [], "message": "Email request received" }],
        "message": "OK",
        "request_id": "13ef.6d65d1ae2a2ea4b0.m1.9c1d9b90",
        "object": "email"
    })
}

/// The shape the vendor documents for errors.
fn error(code: &str, sub: &str, target: &str, value: Option<&str>) -> Value {
    let mut detail = json!({ "code": sub, "message": "As documented", "target": target });
    if let Some(value) = value {
        detail["target_value"] = json!(value);
    }
    json!({ "error": {
        "code": code, "details": [detail], "message": "Invalid request", "request_id": "13ef.1"
    } })
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/v1.1/email")).respond_with(template).mount(&server).await;
    server
}

#[tokio::test]
async fn a_mail_goes_out_as_documented_with_the_headers_of_bulk_mail() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1.1/email"))
        .and(header("authorization", "Zoho-enczapikey wSsVR60"))
        .and(header("content-type", "application/json"))
        .and(header("accept", "application/json"))
        .respond_with(ResponseTemplate::new(201).set_body_json(taken()))
        .expect(1)
        .mount(&server)
        .await;
    let accepted = transport(&server.uri()).deliver(&mail()).await.expect("taken");
    assert_eq!(accepted.provider_id, "13ef.6d65d1ae2a2ea4b0.m1.9c1d9b90");
    let calls = server.received_requests().await.expect("recorded");
    let body: Value = serde_json::from_slice(&calls[0].body).expect("JSON");
    assert_eq!(
        body,
        json!({
            "from": { "address": "asha@codeteki.au", "name": "Asha Rao" },
            "to": [{ "email_address": { "address": "priya@sweets.example", "name": "Priya Sharma" } }],
            "reply_to": [{ "address": "replies@codeteki.au" }],
            "subject": "A question",
            "htmlbody": "<p>Hi Priya,</p>",
            "textbody": "Hi Priya,\n",
            "client_reference": "0199.deal-7@codeteki.au",
            "track_opens": false,
            "track_clicks": false,
            "mime_headers": {
                "List-Unsubscribe": "<https://codeteki.au/u/abc>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "In-Reply-To": "<first@codeteki.au>",
                "References": "<first@codeteki.au> <0199.deal-7@codeteki.au>",
                "Feedback-ID": "sales:codeteki:outreach:overture",
                "Auto-Submitted": "auto-generated",
                "X-Overture-Message-ID": "<0199.deal-7@codeteki.au>",
            },
        })
    );
}

#[tokio::test]
async fn each_documented_error_says_whose_fault_it_is() {
    let own = Kind::Permanent { recipient_fault: false };
    let address = Some("Priya@sweets.example");
    for (status, body, expected) in [
        (400, error("TM_3201", "GE_102", "subject", None), own),
        (400, error("TM_3301", "SM_101", "", None), own),
        (400, error("TM_3501", "LE_101", "", None), Kind::NotConfigured),
        (403, error("TM_3601", "SERR_156", "", None), Kind::NotConfigured),
        (400, error("TM_3601", "SM_133", "", None), Kind::NotConfigured),
        (400, error("TM_3601", "SMI_115", "", None), Kind::Transient(Some(4 * 3600))),
        (400, error("TM_3601", "AE_101", "", None), Kind::NotConfigured),
        (400, error("TM_4001", "SM_111", "from", None), Kind::NotConfigured),
        (400, error("TM_4001", "SM_128", "", None), Kind::NotConfigured),
        (401, error("TM_4001", "SERR_157", "", None), Kind::NotConfigured),
        (400, error("TM_4001", "SM_113", "to", address), Kind::Permanent { recipient_fault: true }),
        (400, error("TM_4001", "SM_113", "to", Some("other@sweets.example")), own),
        (400, error("TM_4001", "SM_113", "to", None), own),
        (400, error("TM_4001", "SM_113", "from", address), Kind::NotConfigured),
        (400, error("TM_4001", "SM_113", "cc", address), own),
        (400, error("TM_5001", "LE_102", "", None), Kind::NotConfigured),
        (400, error("TM_8001", "SM_129", "subject", None), own),
        (400, error("TM_9999", "XX_550", "to", None), own),
        (500, error("TM_9999", "XX_1", "", None), Kind::Transient(None)),
        (401, json!({ "message": "Unauthorized" }), Kind::NotConfigured),
        (503, json!({}), Kind::Transient(None)),
        (404, json!({}), Kind::NotConfigured),
        (504, json!({}), Kind::Unknown),
        (502, json!("bad gateway"), Kind::Unknown),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_json(&body)).await;
        let failed = transport(&server.uri()).deliver(&mail()).await.expect_err("refused");
        assert_eq!(kind(&failed), expected, "{status} {body} {failed}");
    }
}

#[tokio::test]
async fn words_that_only_look_like_a_bounce_never_blame_the_address() {
    let body = json!({ "error": { "code": "TM_4001", "message": "invalid email address 550 user unknown",
        "details": [{ "code": "SM_113", "message": "550 no such user", "target": "from" }] } });
    let server = answering(ResponseTemplate::new(400).set_body_json(&body)).await;
    let failed = transport(&server.uri()).deliver(&mail()).await.expect_err("refused");
    assert_eq!(kind(&failed), Kind::NotConfigured);
}

#[tokio::test]
async fn the_providers_own_waiting_time_is_heard() {
    for body in [json!({}), error("TM_9001", "RL_1", "", None), error("TM_3601", "XX_1", "", None)] {
        let template = ResponseTemplate::new(429).insert_header("retry-after", "90").set_body_json(&body);
        let server = answering(template).await;
        let failed = transport(&server.uri()).deliver(&mail()).await.expect_err("too fast");
        assert_eq!(kind(&failed), Kind::Transient(Some(90)), "{body}");
    }
}

#[tokio::test]
async fn a_success_that_is_none_is_unclear() {
    for template in [
        ResponseTemplate::new(200).set_body_string("<html>welcome to the hotel's network</html>"),
        ResponseTemplate::new(201).set_body_json(json!({ "message": "OK" })),
        ResponseTemplate::new(200).set_body_json(json!({ "message": "OK", "request_id": "  " })),
        ResponseTemplate::new(200),
    ] {
        let server = answering(template).await;
        let failed = transport(&server.uri()).deliver(&mail()).await.expect_err("no id");
        assert_eq!(kind(&failed), Kind::Unknown, "{failed}");
    }
}

#[tokio::test]
async fn silence_after_the_call_is_unclear_and_the_call_is_made_once() {
    for (how, patience) in [(Silence::Hang, SHORT), (Silence::Close, PATIENT)] {
        crypto();
        let (base, calls) = silent(how).await;
        let settings = ZeptoSettings { base, token: "wSsVR60".into() };
        let transport = ZeptoMail::new(settings, patience).expect("a token");
        let failed = transport.deliver(&mail()).await.expect_err("no answer");
        assert_eq!(kind(&failed), Kind::Unknown, "{failed}");
        assert_eq!(*calls.borrow(), 1);
    }
}

#[tokio::test]
async fn nobody_listening_may_be_tried_again() {
    let failed = transport(&nobody().await).deliver(&mail()).await.expect_err("nobody there");
    assert_eq!(kind(&failed), Kind::Transient(None), "{failed}");
}

#[tokio::test]
async fn the_connection_test_sends_nothing_and_names_what_is_wrong() {
    let known =
        answering(ResponseTemplate::new(400).set_body_json(error("TM_3201", "GE_102", "from", None))).await;
    transport(&known.uri()).test_connection().await.expect("the token is known");
    let calls = known.received_requests().await.expect("recorded");
    assert_eq!(calls[0].body, b"{}", "nothing that could be a mail");
    for (status, body, words) in [
        (401, error("TM_4001", "SERR_157", "", None), "Send Mail Token"),
        (403, error("TM_3601", "SERR_156", "", None), "IP addresses"),
        (404, json!({}), "region"),
        (400, json!({ "oops": true }), "wasn't ZeptoMail's answer"),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_json(&body)).await;
        let failed = transport(&server.uri()).test_connection().await.expect_err("wrong");
        assert!(matches!(failed, DeliveryError::NotConfigured { .. }), "{failed}");
        assert!(failed.to_string().contains(words), "{failed}");
    }
}

#[tokio::test]
async fn a_mail_with_a_line_break_in_an_address_never_leaves() {
    let server = answering(ResponseTemplate::new(201).set_body_json(taken())).await;
    let mut broken = mail();
    broken.to.address = "x@y.example\r\nBcc: z@y.example".into();
    let failed = transport(&server.uri()).deliver(&broken).await.expect_err("no address");
    assert_eq!(kind(&failed), Kind::Permanent { recipient_fault: true });
    assert!(server.received_requests().await.expect("recorded").is_empty());
}

#[test]
fn a_missing_or_damaged_token_is_not_configured() {
    crypto();
    for token in ["", "  ", "Zoho-enczapikey ", "two words here", "line\nbreak"] {
        let settings = ZeptoSettings { base: "https://api.zeptomail.example".into(), token: token.into() };
        let failed = ZeptoMail::new(settings, None).expect_err("no token");
        assert!(matches!(failed, DeliveryError::NotConfigured { .. }), "{token:?}");
    }
}
