use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use mail::zoho::{AccessTokens, ZohoCredentials, ZohoError, ZohoHosts, ZohoOAuth};
use serde_json::json;
use wiremock::matchers::{body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{PATIENT, SHORT, Silence, crypto, silent};

/// Hands out the tokens in order, the next one when the last is refused.
pub struct Tokens {
    left: Mutex<VecDeque<&'static str>>,
    rejected: Mutex<Vec<String>>,
}

impl Tokens {
    pub fn new(tokens: impl IntoIterator<Item = &'static str>) -> Self {
        Self { left: Mutex::new(tokens.into_iter().collect()), rejected: Mutex::default() }
    }

    pub fn rejected(&self) -> Vec<String> {
        self.rejected.lock().expect("not poisoned").clone()
    }
}

#[async_trait::async_trait]
impl AccessTokens for Tokens {
    async fn token(&self, rejected: Option<&str>) -> Result<String, ZohoError> {
        let mut left = self.left.lock().expect("not poisoned");
        if let Some(token) = rejected {
            self.rejected.lock().expect("not poisoned").push(token.to_owned());
            left.pop_front();
        }
        Ok((*left.front().expect("a token is left")).to_owned())
    }
}

fn oauth(base: &str, patience: Option<Duration>) -> ZohoOAuth {
    crypto();
    let hosts = ZohoHosts { accounts: base.to_owned(), mail: base.to_owned() };
    let credentials = ZohoCredentials {
        client_id: "1000.CLIENT".into(),
        client_secret: "secret & more".into(),
        refresh_token: " 1000.refresh ".into(),
    };
    ZohoOAuth::new(hosts, credentials, patience).expect("complete")
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/oauth/v2/token")).respond_with(template).mount(&server).await;
    server
}

#[tokio::test]
async fn the_refresh_token_buys_an_access_token() {
    for (answer, seconds) in [
        (json!({ "access_token": "1000.a", "expires_in": 3600, "token_type": "Bearer" }), 3600),
        (json!({ "access_token": "1000.a", "expires_in_sec": 1800, "expires_in": 1_800_000 }), 1800),
        (json!({ "access_token": "1000.a", "expires_in": 3_600_000 }), 3600),
        (json!({ "access_token": "1000.a" }), 3600),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/oauth/v2/token"))
            .and(header("content-type", "application/x-www-form-urlencoded"))
            .and(body_string_contains("grant_type=refresh_token"))
            .and(body_string_contains("refresh_token=1000.refresh"))
            .and(body_string_contains("client_secret=secret+%26+more"))
            .respond_with(ResponseTemplate::new(200).set_body_json(&answer))
            .expect(1)
            .mount(&server)
            .await;
        let granted = oauth(&server.uri(), PATIENT).refresh().await.expect("granted");
        assert_eq!((granted.token.as_str(), granted.life), ("1000.a", Duration::from_secs(seconds)));
        assert!(!format!("{granted:?}").contains("1000.a"));
    }
}

#[tokio::test]
async fn each_refusal_names_what_to_put_right() {
    let error = |name: &str| json!({ "error": name });
    for (status, answer, words) in [
        (200, error("invalid_code"), Some("revoked")),
        (200, error("invalid_client"), Some("client id")),
        (200, error("invalid_client_secret"), Some("client secret")),
        (400, error("unsupported"), Some("unsupported")),
        (
            400,
            json!({ "error": "Access Denied", "error_description":
                "You have made too many requests continuously. Please try again after some time." }),
            None,
        ),
        (500, json!({}), None),
        (200, json!("<html>"), None),
    ] {
        let server = answering(ResponseTemplate::new(status).set_body_json(&answer)).await;
        match (oauth(&server.uri(), PATIENT).refresh().await, words) {
            (Err(ZohoError::NotConfigured { reason }), Some(words)) => {
                assert!(reason.contains(words), "{answer}: {reason}");
            }
            (Err(ZohoError::Busy { .. }), None) => {}
            (other, _) => panic!("{status} {answer}: {other:?}"),
        }
    }
    let (base, _) = silent(Silence::Hang).await;
    let failed: ZohoError = oauth(&base, SHORT).refresh().await.expect_err("no answer");
    assert!(matches!(failed, ZohoError::Busy { .. }), "asking again does no harm: {failed}");
}

#[test]
fn incomplete_credentials_are_not_configured() {
    crypto();
    let hosts = ZohoHosts::of(domain::mailing::DataCentre::Australia);
    assert_eq!(hosts.accounts, "https://accounts.zoho.com.au");
    assert_eq!(hosts.mail, "https://mail.zoho.com.au");
    let credentials =
        ZohoCredentials { client_id: "1".into(), client_secret: "2".into(), refresh_token: " ".into() };
    let failed = ZohoOAuth::new(hosts, credentials, None).expect_err("incomplete");
    assert!(failed.reason().contains("refresh token"), "{failed}");
}
