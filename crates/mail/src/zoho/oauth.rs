use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;

use super::{ZohoCredentials, ZohoError, ZohoHosts};
use crate::deliver::tidy;
use crate::http;

/// Zoho says an hour; a token is given up a little before.
const USUAL_LIFE: Duration = Duration::from_secs(3600);
/// Zoho gives ten tokens in ten minutes, then none for a while.
const TOO_MANY: Duration = Duration::from_secs(10 * 60);

/// Where access tokens come from.
#[async_trait::async_trait]
pub trait AccessTokens: Send + Sync {
    /// A token to call with. `rejected` is the one the API has just refused: another is wanted.
    ///
    /// # Errors
    /// Why there is none.
    async fn token(&self, rejected: Option<&str>) -> Result<String, ZohoError>;
}

/// An access token, fresh from Zoho.
#[derive(Clone, PartialEq, Eq)]
pub struct Granted {
    /// Never shown or logged.
    pub token: String,
    /// How long Zoho takes it.
    pub life: Duration,
}

/// Exchanges the refresh token for an access token.
#[derive(Debug, Clone)]
pub struct ZohoOAuth {
    client: Client,
    hosts: ZohoHosts,
    credentials: ZohoCredentials,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Token {
    access_token: Option<String>,
    /// Seconds; older data centres mean milliseconds.
    expires_in: Option<u64>,
    expires_in_sec: Option<u64>,
    error: Option<String>,
    error_description: Option<String>,
}

impl ZohoOAuth {
    /// For an account. `patience` is how long an answer may take, if not the usual time.
    ///
    /// # Errors
    /// [`ZohoError::NotConfigured`] when something is missing.
    pub fn new(
        hosts: ZohoHosts,
        credentials: ZohoCredentials,
        patience: Option<Duration>,
    ) -> Result<Self, ZohoError> {
        for (value, name) in [
            (&credentials.client_id, "client id"),
            (&credentials.client_secret, "client secret"),
            (&credentials.refresh_token, "refresh token"),
        ] {
            if value.trim().is_empty() {
                return Err(ZohoError::NotConfigured { reason: format!("the {name} is missing") });
            }
        }
        let client = http::client(patience).map_err(|reason| ZohoError::NotConfigured { reason })?;
        Ok(Self { client, hosts, credentials })
    }

    /// Asks for an access token, once.
    ///
    /// # Errors
    /// [`ZohoError`]; never `Lost`, as asking again does no harm.
    pub async fn refresh(&self) -> Result<Granted, ZohoError> {
        let form = [
            ("refresh_token", self.credentials.refresh_token.trim()),
            ("client_id", self.credentials.client_id.trim()),
            ("client_secret", self.credentials.client_secret.trim()),
            ("grant_type", "refresh_token"),
        ];
        let request = self.client.post(format!("{}/oauth/v2/token", self.hosts.accounts)).form(&form);
        match http::send(request).await {
            Ok(answer) => read(&answer),
            Err(http::Lost::Before(reason) | http::Lost::After(reason)) => {
                Err(ZohoError::Busy { reason, retry_after: None })
            }
        }
    }
}

/// Zoho reports most errors with a status of 200.
fn read(answer: &http::Answer) -> Result<Granted, ZohoError> {
    let token: Token = serde_json::from_slice(&answer.body).unwrap_or_default();
    if let Some(access) = token.access_token.filter(|token| !token.is_empty()) {
        let seconds = token.expires_in_sec.or(token.expires_in.map(|time| match time {
            0..=86_400 => time,
            milliseconds => milliseconds / 1000,
        }));
        return Ok(Granted { token: access, life: seconds.map_or(USUAL_LIFE, Duration::from_secs) });
    }
    let not_configured = |reason: &str| Err(ZohoError::NotConfigured { reason: reason.to_owned() });
    let described = token.error_description.unwrap_or_default();
    match token.error.as_deref() {
        Some("invalid_code" | "invalid_grant") => {
            not_configured("the refresh token was revoked, or it belongs to another region")
        }
        Some("invalid_client") => {
            not_configured("Zoho doesn't know the client id: check it, and that the region is right")
        }
        Some("invalid_client_secret") => not_configured("the client secret is wrong"),
        Some(_) if described.contains("too many requests") || answer.status == 429 => Err(ZohoError::Busy {
            reason: "Zoho gives no more access tokens for the moment".to_owned(),
            retry_after: Some(answer.retry_after.unwrap_or(TOO_MANY)),
        }),
        Some(error) if answer.status < 500 => Err(ZohoError::NotConfigured {
            reason: tidy(&format!("Zoho gives no access token: {error} {described}")),
        }),
        Some(_) | None => Err(ZohoError::Busy {
            reason: format!("Zoho answered {} instead of giving an access token", answer.status),
            retry_after: answer.retry_after,
        }),
    }
}

impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Granted").field("life", &self.life).finish_non_exhaustive()
    }
}
