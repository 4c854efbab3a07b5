//! ZeptoMail's API (`POST /v1.1/email`).

mod answer;
mod request;

use std::time::Duration;

use domain::mailing::DataCentre;
use reqwest::header::{ACCEPT, AUTHORIZATION};
use reqwest::{Client, RequestBuilder};

use super::{Accepted, DeliveryError, Transport};
use crate::http;
use crate::message::Outgoing;

/// The word before the token; people paste it with and without.
const SCHEME: &str = "Zoho-enczapikey";

/// A Mail Agent of ZeptoMail.
#[derive(Clone, PartialEq, Eq)]
pub struct ZeptoSettings {
    /// Where the API is, without a trailing slash: `https://api.zeptomail.com.au`.
    pub base: String,
    /// Send Mail Token, with or without its scheme. Never shown or logged.
    pub token: String,
}

impl ZeptoSettings {
    /// The settings of an agent in a region.
    ///
    /// # Errors
    /// [`DeliveryError::NotConfigured`] where ZeptoMail has no data centre.
    pub fn new(region: DataCentre, token: impl Into<String>) -> Result<Self, DeliveryError> {
        let host = region.zeptomail_host().ok_or_else(|| DeliveryError::NotConfigured {
            reason: format!("ZeptoMail has no data centre in this region: {}", region.label()),
        })?;
        Ok(Self { base: format!("https://{host}"), token: token.into() })
    }
}

/// Delivers through ZeptoMail.
#[derive(Debug)]
pub struct ZeptoMail {
    client: Client,
    settings: ZeptoSettings,
}

impl ZeptoMail {
    /// For an agent. `patience` is how long an answer may take, if not the usual time.
    ///
    /// # Errors
    /// [`DeliveryError::NotConfigured`] without a usable token.
    pub fn new(settings: ZeptoSettings, patience: Option<Duration>) -> Result<Self, DeliveryError> {
        let not_configured = |reason| DeliveryError::NotConfigured { reason };
        let token = bare(&settings.token).to_owned();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(not_configured("the Send Mail Token is missing or damaged".to_owned()));
        }
        let client = http::client(patience).map_err(not_configured)?;
        Ok(Self { client, settings: ZeptoSettings { token, ..settings } })
    }

    /// Whether ZeptoMail knows the token. Nothing is sent: the call has no sender, recipient or content, which is what
    /// ZeptoMail then complains about. Whether the sender's domain is verified only a mail can show.
    ///
    /// # Errors
    /// Why no mail could be sent.
    pub async fn test_connection(&self) -> Result<(), DeliveryError> {
        match http::send(self.call(&serde_json::json!({}))).await {
            Ok(answer) => answer::token_is_known(&answer),
            Err(http::Lost::Before(reason) | http::Lost::After(reason)) => {
                Err(DeliveryError::Transient { reason, retry_after: None })
            }
        }
    }

    fn call(&self, body: &serde_json::Value) -> RequestBuilder {
        self.client
            .post(format!("{}/v1.1/email", self.settings.base))
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, format!("{SCHEME} {}", self.settings.token))
            .json(body)
    }
}

#[async_trait::async_trait]
impl Transport for ZeptoMail {
    async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError> {
        let accepted = match http::send(self.call(&request::body(mail)?)).await {
            Ok(answer) => answer::read(&answer, &mail.to.address)?,
            Err(http::Lost::Before(reason)) => {
                return Err(DeliveryError::Transient { reason, retry_after: None });
            }
            Err(http::Lost::After(reason)) => return Err(DeliveryError::Unknown { reason }),
        };
        tracing::debug!(message_id = %mail.message_id, "accepted by ZeptoMail");
        Ok(accepted)
    }
}

impl std::fmt::Debug for ZeptoSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ZeptoSettings").field("base", &self.base).finish_non_exhaustive()
    }
}

/// The token without its scheme.
fn bare(token: &str) -> &str {
    let token = token.trim();
    match token.split_once(char::is_whitespace) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case(SCHEME) => rest.trim(),
        None if token.eq_ignore_ascii_case(SCHEME) => "",
        Some(_) | None => token,
    }
}
