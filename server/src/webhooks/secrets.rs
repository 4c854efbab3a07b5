use std::collections::BTreeMap;

use anyhow::bail;
use axum::extract::{FromRequestParts, Query};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use database::brand::{self, Brand};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::answer::WebhookError;
use crate::web::AppState;

/// `OVERTURE_WEBHOOK_SECRET_<SLUG>`.
const VARIABLE: &str = "OVERTURE_WEBHOOK_SECRET_";
/// Characters; anything shorter can be guessed.
const SHORTEST: usize = 16;

/// The secret of each brand's webhooks, by slug. Only digests are kept, so that comparing tells nothing of a secret, its
/// length included.
#[derive(Clone, Default)]
pub struct WebhookSecrets(BTreeMap<String, [u8; 32]>);

impl WebhookSecrets {
    /// Reads `OVERTURE_WEBHOOK_SECRET_<SLUG>` for every brand. A brand without one takes no webhooks.
    ///
    /// # Errors
    /// A secret of fewer than 16 characters.
    pub fn from_environment() -> anyhow::Result<Self> {
        let mut secrets = Self::default();
        for (name, value) in std::env::vars() {
            let Some(slug) = name.strip_prefix(VARIABLE).filter(|_| !value.is_empty()) else {
                continue;
            };
            if value.len() < SHORTEST {
                bail!("{name} has {} characters; it needs at least {SHORTEST}", value.len());
            }
            secrets = secrets.with(&slug.to_ascii_lowercase().replace('_', "-"), &value);
        }
        Ok(secrets)
    }

    /// With the secret of one brand more.
    #[must_use]
    pub fn with(mut self, slug: &str, secret: &str) -> Self {
        self.0.insert(slug.to_owned(), digest(secret));
        self
    }

    /// The brand a secret belongs to; with `wanted`, only that one. Every secret is compared, in constant time.
    fn brand_of(&self, secret: &str, wanted: Option<&str>) -> Option<&str> {
        let given = digest(secret);
        let mut found = None;
        for (slug, known) in &self.0 {
            if bool::from(known.ct_eq(&given)) && wanted.is_none_or(|wanted| wanted == slug) {
                found = Some(slug.as_str());
            }
        }
        found
    }
}

fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[derive(Deserialize)]
struct Wanted {
    brand: Option<String>,
}

/// The brand whose secret a call carries, in `X-Overture-Secret` or as a bearer token.
pub struct Authorised(pub Brand);

impl FromRequestParts<AppState> for Authorised {
    type Rejection = WebhookError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebhookError> {
        let wanted = Query::<Wanted>::try_from_uri(&parts.uri).ok().and_then(|Query(wanted)| wanted.brand);
        let secret = secret(&parts.headers).ok_or(WebhookError::WrongSecret)?;
        let slug = state.webhooks.brand_of(secret, wanted.as_deref()).ok_or(WebhookError::WrongSecret)?;
        let mut connection =
            state.environment.database().unscoped().await.map_err(database::QueryError::from)?;
        let brand = brand::by_slug(&mut connection, slug).await?.ok_or(WebhookError::WrongSecret)?;
        Ok(Self(brand))
    }
}

fn secret(headers: &HeaderMap) -> Option<&str> {
    let own = headers.get("x-overture-secret").and_then(|value| value.to_str().ok());
    let bearer = || headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ");
    own.or_else(bearer).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::WebhookSecrets;

    #[test]
    fn a_secret_opens_its_own_brand_only() {
        let secrets = WebhookSecrets::default()
            .with("codeteki", "secret-of-codeteki")
            .with("desifirms", "another-secret-1");
        assert_eq!(secrets.brand_of("secret-of-codeteki", None), Some("codeteki"));
        assert_eq!(secrets.brand_of("secret-of-codeteki", Some("codeteki")), Some("codeteki"));
        assert_eq!(secrets.brand_of("secret-of-codeteki", Some("desifirms")), None);
        assert_eq!(secrets.brand_of("secret-of-codetek", None), None);
        assert_eq!(WebhookSecrets::default().brand_of("", None), None);
    }
}
