use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION};
use reqwest::{Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;

use super::answer;
use super::{AccessTokens, ZohoError, ZohoHosts};
use crate::http::{self, Lost};

/// Calls in the name of one account.
#[derive(Clone)]
pub struct ZohoApi {
    client: Client,
    hosts: ZohoHosts,
    account_id: String,
    tokens: Arc<dyn AccessTokens>,
}

impl ZohoApi {
    /// For an account, by its numeric id. `patience` is how long an answer may take, if not the usual time.
    ///
    /// # Errors
    /// [`ZohoError::NotConfigured`] when the id is none.
    pub fn new(
        hosts: ZohoHosts,
        account_id: &str,
        tokens: Arc<dyn AccessTokens>,
        patience: Option<Duration>,
    ) -> Result<Self, ZohoError> {
        let not_configured = |reason| ZohoError::NotConfigured { reason };
        let account_id = account_id.trim().to_owned();
        if account_id.is_empty() || !account_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(not_configured(
                "the account id is a number of many digits, not an address".to_owned(),
            ));
        }
        let client = http::client(patience).map_err(not_configured)?;
        Ok(Self { client, hosts, account_id, tokens })
    }

    /// The account's numeric id.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    /// Calls `/api/accounts` plus `path`. A refused access token is replaced once; then the call, which was certainly not
    /// carried out, is made again.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        with: impl Fn(RequestBuilder) -> RequestBuilder + Send + Sync,
    ) -> Result<T, ZohoError> {
        let token = self.tokens.token(None).await?;
        let first = self.once(&method, path, &with, &token).await?;
        if !answer::refuses_token(&first) {
            return answer::read(&first);
        }
        let other = self.tokens.token(Some(&token)).await?;
        let second = self.once(&method, path, &with, &other).await?;
        if answer::refuses_token(&second) {
            return Err(ZohoError::NotConfigured {
                reason: "Zoho refuses a fresh access token: check the scopes of the refresh token".to_owned(),
            });
        }
        answer::read(&second)
    }

    async fn once(
        &self,
        method: &Method,
        path: &str,
        with: &(impl Fn(RequestBuilder) -> RequestBuilder + Send + Sync),
        token: &str,
    ) -> Result<http::Answer, ZohoError> {
        let request = self
            .client
            .request(method.clone(), format!("{}/api/accounts{path}", self.hosts.mail))
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, format!("Zoho-oauthtoken {token}"));
        http::send(with(request)).await.map_err(|lost| match lost {
            Lost::Before(reason) => ZohoError::Busy { reason, retry_after: None },
            Lost::After(reason) => ZohoError::Lost { reason },
        })
    }
}

impl std::fmt::Debug for ZohoApi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ZohoApi").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}
