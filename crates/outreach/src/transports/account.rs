use database::brand::{self, Brand, MailAccount};
use database::mail_secret::{self, MailSecret};
use database::{Connection, Result as QueryResult};
use domain::BrandId;
use domain::mailing::{Encryption, Provider, SecretName};
use mail::deliver::{SmtpSettings, TlsMode, ZeptoSettings};
use mail::zoho::{ZohoCredentials, ZohoHosts};

use super::{Elsewhere, NotConfigured};
use crate::vault::Vault;
use crate::{Environment, Refused};

/// A brand's mail account with its sealed secrets.
#[derive(Debug, Clone)]
pub struct StoredAccount {
    pub settings: MailAccount,
    pub secrets: Vec<MailSecret>,
}

impl StoredAccount {
    /// The brand's account; `None`: it can't send.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(connection: &mut Connection, brand: BrandId) -> QueryResult<Option<Self>> {
        let Some(settings) = brand::mail_account(connection, brand).await? else {
            return Ok(None);
        };
        Ok(Some(Self { settings, secrets: mail_secret::of_brand(connection, brand).await? }))
    }

    /// A stored secret, as it was typed; empty: none is stored.
    ///
    /// # Errors
    /// When it can't be opened, in words.
    pub fn secret(&self, vault: &Vault, name: SecretName) -> Result<String, String> {
        let found = self.secrets.iter().find(|secret| secret.name == name);
        let Some(sealed) = found.and_then(|secret| secret.sealed.as_deref()) else {
            return Ok(String::new());
        };
        vault
            .open(&secret_place(self.settings.brand_id, name), sealed)
            .map_err(|_| format!("its stored {} can't be opened: enter it again", in_words(name)))
    }
}

/// The place a secret is sealed for: moved to another brand, it doesn't open.
pub fn secret_place(brand: BrandId, name: SecretName) -> String {
    format!("{brand}:{name}")
}

fn in_words(name: SecretName) -> &'static str {
    match name {
        SecretName::SmtpPassword => "password",
        SecretName::ZeptoMailToken => "Send Mail Token",
        SecretName::ZeptoMailWebhook => "webhook key",
        SecretName::ZohoClientSecret => "client secret",
        SecretName::ZohoRefreshToken => "refresh token",
        SecretName::ZohoAccessToken => "access token",
    }
}

/// Everything a transport is made from. Equal plans make equal transports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plan {
    Local,
    Smtp(SmtpSettings),
    ZeptoMail(ZeptoSettings),
    Zoho { hosts: ZohoHosts, account_id: String, credentials: ZohoCredentials },
}

/// What a brand's account comes to.
pub(super) fn plan(
    vault: &Vault,
    brand: &Brand,
    account: Option<&StoredAccount>,
    demo: bool,
    elsewhere: &Elsewhere,
) -> Result<Plan, NotConfigured> {
    let waits = |what: &str| NotConfigured(format!("{} {what}: its mails wait in the outbox.", brand.name));
    let account = account.ok_or_else(|| waits("has no mail account"))?;
    let incomplete = |what: &str| NotConfigured(format!("The mail account of {} {what}.", brand.name));
    let secret =
        |name| account.secret(vault, name).map_err(|why| incomplete(&format!("can't be used: {why}")));
    let settings = &account.settings;
    match settings.provider {
        Provider::Local if demo => Ok(Plan::Local),
        Provider::Local => Err(waits("uses the local mailbox, which exists in the demo only")),
        Provider::Smtp => {
            let stored = secret(SecretName::SmtpPassword);
            smtp(brand, settings, stored).map_err(|what| match what {
                Incomplete::Words(what) => incomplete(&what),
                Incomplete::Sealed(why) => why,
            })
        }
        Provider::ZeptoMail => {
            let token = secret(SecretName::ZeptoMailToken)?;
            if token.is_empty() {
                return Err(incomplete("needs its Send Mail Token"));
            }
            let zepto = match &elsewhere.zeptomail {
                Some(base) => ZeptoSettings { base: base.clone(), token },
                None => ZeptoSettings::new(settings.data_centre, token)
                    .map_err(|error| incomplete(&format!("can't be used: {}", error.reason())))?,
            };
            Ok(Plan::ZeptoMail(zepto))
        }
        Provider::ZohoMail => {
            let credentials = ZohoCredentials {
                client_id: settings.client_id.clone(),
                client_secret: secret(SecretName::ZohoClientSecret)?,
                refresh_token: secret(SecretName::ZohoRefreshToken)?,
            };
            let hosts = elsewhere.zoho.clone().unwrap_or_else(|| ZohoHosts::of(settings.data_centre));
            Ok(Plan::Zoho { hosts, account_id: settings.account_id.clone(), credentials })
        }
    }
}

enum Incomplete {
    Words(String),
    Sealed(NotConfigured),
}

fn smtp(
    brand: &Brand,
    account: &MailAccount,
    stored: Result<String, NotConfigured>,
) -> Result<Plan, Incomplete> {
    if account.host.is_empty() {
        return Err(Incomplete::Words("has no host".to_owned()));
    }
    let tls = match account.tls {
        Encryption::None => TlsMode::None,
        Encryption::Tls => TlsMode::Tls,
        Encryption::StartTls => TlsMode::StartTls,
    };
    let variable = password_variable(&brand.slug);
    let password = match std::env::var(&variable).unwrap_or_default() {
        given if !given.is_empty() => given,
        _ if account.username.is_empty() => String::new(),
        _ => stored.map_err(Incomplete::Sealed)?,
    };
    if !account.username.is_empty() && password.is_empty() {
        return Err(Incomplete::Words(format!(
            "needs its password: enter it in the settings, or set {variable}"
        )));
    }
    let port = u16::try_from(account.port).map_err(|_| Incomplete::Words("has no valid port".to_owned()))?;
    Ok(Plan::Smtp(SmtpSettings {
        host: account.host.clone(),
        port,
        tls,
        username: account.username.clone(),
        password,
    }))
}

/// `OVERTURE_SMTP_PASSWORD_<SLUG>`: counts for more than what is stored.
pub fn password_variable(slug: &str) -> String {
    format!("OVERTURE_SMTP_PASSWORD_{}", slug.to_ascii_uppercase().replace('-', "_"))
}

/// The keys ZeptoMail signs its calls with, of one brand or of all. A brand without one takes no calls.
///
/// # Errors
/// When the database fails.
pub async fn webhook_keys(
    environment: &Environment,
    slug: Option<&str>,
) -> Result<Vec<(Brand, String)>, Refused> {
    let brands = {
        let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
        brand::all(&mut connection).await?
    };
    let mut keys = Vec::new();
    for brand in brands.into_iter().filter(|brand| slug.is_none_or(|slug| brand.slug == slug)) {
        let mut scope = environment.database().brand(brand.id).await?;
        let secrets = mail_secret::of_brand(&mut scope, brand.id).await?;
        let name = SecretName::ZeptoMailWebhook;
        let sealed = secrets.into_iter().find(|secret| secret.name == name).and_then(|secret| secret.sealed);
        match sealed.map(|sealed| environment.vault().open(&secret_place(brand.id, name), &sealed)) {
            Some(Ok(key)) if !key.is_empty() => keys.push((brand, key)),
            Some(Err(error)) => tracing::warn!(brand = %brand.slug, %error, "no webhook can be checked"),
            Some(Ok(_)) | None => {}
        }
    }
    Ok(keys)
}
