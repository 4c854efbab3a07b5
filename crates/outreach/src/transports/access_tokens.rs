use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use database::Database;
use database::clock::Clock;
use database::mail_secret::{self, MailSecret};
use domain::BrandId;
use domain::mailing::SecretName;
use mail::zoho::{AccessTokens, ZohoCredentials, ZohoError, ZohoOAuth};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::secret_place;
use crate::Environment;
use crate::vault::Vault;

/// A token is given up this long before its hour ends, so that it doesn't end on the way.
const EARLY: TimeDelta = TimeDelta::minutes(5);
/// After a refusal Zoho is left alone this long.
const PAUSE: Duration = Duration::from_secs(20);

/// A brand's access token, shared by all processes: Zoho gives few in a minute and forgets old ones.
///
/// It lies sealed in the database. Whoever finds it used up locks its row, fetches another and stores it; the others
/// wait for the lock and find the new one. That is the one call to a provider inside a transaction: the row is this
/// token's alone, and the call is short.
pub(super) struct SharedTokens {
    database: Database,
    clock: Clock,
    vault: Vault,
    brand: BrandId,
    /// Includes the credentials, so that a token fetched with others doesn't open.
    place: String,
    oauth: ZohoOAuth,
    /// Held while a token is fetched, so that a process waits with one connection.
    last: Mutex<Last>,
}

/// What this process knows of the token.
#[derive(Default)]
struct Last {
    known: Option<Known>,
    /// Why Zoho gave none, and when: asking on would only make it refuse longer.
    failed: Option<(Instant, ZohoError)>,
}

#[derive(Clone)]
struct Known {
    token: String,
    until: DateTime<Utc>,
}

impl SharedTokens {
    pub fn new(
        environment: &Environment,
        brand: BrandId,
        credentials: &ZohoCredentials,
        oauth: ZohoOAuth,
    ) -> Self {
        let ZohoCredentials { client_id, client_secret, refresh_token } = credentials;
        let digest = Sha256::digest(format!("{client_id}\n{client_secret}\n{refresh_token}"));
        let mark: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self {
            database: environment.database().clone(),
            clock: environment.clock().clone(),
            vault: environment.vault().clone(),
            brand,
            place: format!("{}:{mark}", secret_place(brand, SecretName::ZohoAccessToken)),
            oauth,
            last: Mutex::default(),
        }
    }

    fn is_good(&self, known: &Known, rejected: Option<&str>) -> bool {
        known.until - EARLY > self.clock.now() && rejected != Some(known.token.as_str())
    }

    fn open(&self, stored: &MailSecret) -> Option<Known> {
        let token = self.vault.open(&self.place, stored.sealed.as_deref()?).ok()?;
        Some(Known { token, until: stored.expires_at? })
    }

    /// The stored token, renewed if it has to be.
    async fn stored(&self, rejected: Option<&str>) -> anyhow::Result<Result<Known, ZohoError>> {
        let now = self.clock.now();
        let mut transaction = self.database.brand(self.brand).await?;
        let row = mail_secret::lock(&mut transaction, self.brand, SecretName::ZohoAccessToken, now).await?;
        if let Some(known) = self.open(&row).filter(|known| self.is_good(known, rejected)) {
            return Ok(Ok(known));
        }
        let granted = match self.oauth.refresh().await {
            Ok(granted) => granted,
            Err(error) => return Ok(Err(error)),
        };
        let known = Known { until: now + TimeDelta::from_std(granted.life)?, token: granted.token };
        let renewed = MailSecret {
            sealed: Some(self.vault.seal(&self.place, &known.token)?),
            expires_at: Some(known.until),
            stored_at: now,
            ..row
        };
        mail_secret::store(&mut transaction, &renewed).await?;
        transaction.commit().await?;
        Ok(Ok(known))
    }
}

#[async_trait::async_trait]
impl AccessTokens for SharedTokens {
    async fn token(&self, rejected: Option<&str>) -> Result<String, ZohoError> {
        let mut last = self.last.lock().await;
        if let Some(known) = last.known.as_ref().filter(|known| self.is_good(known, rejected)) {
            return Ok(known.token.clone());
        }
        if let Some((at, error)) = &last.failed
            && at.elapsed() < PAUSE
        {
            return Err(error.clone());
        }
        let fresh = self.stored(rejected).await.unwrap_or_else(|error| {
            tracing::error!(error = format!("{error:#}"), "the access token can't be stored");
            Err(ZohoError::Busy { reason: "the database doesn't answer".to_owned(), retry_after: None })
        });
        match fresh {
            Ok(known) => {
                let token = known.token.clone();
                *last = Last { known: Some(known), failed: None };
                Ok(token)
            }
            Err(error) => {
                last.failed = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }
}
