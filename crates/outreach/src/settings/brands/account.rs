use chrono::{DateTime, Utc};
use database::Connection;
use database::brand::{Brand, MailAccount};
use database::mail_secret::{self, MailSecret};
use domain::mailing::{Encryption, Provider, SecretName};
use domain::view::brands::{AccountEdit, AccountSettings, StoredSecret, TestLine};

use super::fields::Errors;
use crate::board::Reader;
use crate::listings::plain_when;
use crate::transports::{StoredAccount, password_variable, secret_place};
use crate::{Environment, Refused};

/// Characters; the longest token of a vendor has a few hundred.
const LONGEST_SECRET: usize = 2000;
/// Characters; a shorter key can be guessed, and whoever has it can stop mail to anybody.
const SHORTEST_KEY: usize = 16;

/// The mail account as the page shows it.
pub(super) fn view(
    environment: &Environment,
    brand: &Brand,
    stored: Option<StoredAccount>,
    reader: &Reader,
) -> AccountSettings {
    let exists = stored.is_some();
    let variable = password_variable(&brand.slug);
    let stored = stored.unwrap_or_else(|| StoredAccount {
        settings: MailAccount { provider: Provider::Smtp, ..MailAccount::local(brand.id, reader.now) },
        secrets: Vec::new(),
    });
    let settings = stored.settings;
    let test = settings.tested_at.zip(settings.test_outcome).map(|(at, outcome)| TestLine {
        outcome,
        words: settings.test_words,
        at: plain_when(at, reader),
    });
    AccountSettings {
        edit: AccountEdit {
            provider: settings.provider,
            host: settings.host,
            port: settings.port.to_string(),
            encryption: settings.tls,
            username: settings.username,
            data_centre: settings.data_centre,
            account_id: settings.account_id,
            client_id: settings.client_id,
            secrets: Vec::new(),
        },
        exists,
        stored: stored
            .secrets
            .into_iter()
            .filter(|secret| secret.name != SecretName::ZohoAccessToken)
            .map(|secret| StoredSecret { name: secret.name, at: plain_when(secret.stored_at, reader) })
            .collect(),
        overridden_by: std::env::var(&variable).is_ok_and(|given| !given.is_empty()).then_some(variable),
        test,
        is_demo: environment.is_demo(),
        webhook_url: format!("{}/webhooks/zeptomail?brand={}", environment.public_url(), brand.slug),
    }
}

/// An account as it will be stored.
pub(super) struct NewAccount {
    settings: MailAccount,
    typed: Vec<(SecretName, String)>,
}

/// Reads what was typed against what is stored.
pub(super) fn read(
    environment: &Environment,
    brand: &Brand,
    before: Option<&StoredAccount>,
    edit: &AccountEdit,
    now: DateTime<Utc>,
    errors: &mut Errors,
) -> NewAccount {
    let base = before.map_or_else(|| MailAccount::local(brand.id, now), |before| before.settings.clone());
    let mut settings = MailAccount {
        provider: edit.provider,
        updated_at: now,
        tested_at: None,
        test_outcome: None,
        test_words: String::new(),
        ..base
    };
    let typed: Vec<(SecretName, String)> = edit
        .secrets
        .iter()
        .map(|(name, secret)| (*name, secret.trim().to_owned()))
        .filter(|(name, secret)| !secret.is_empty() && *name != SecretName::ZohoAccessToken)
        .collect();
    for (name, secret) in &typed {
        if secret.chars().count() > LONGEST_SECRET || secret.contains(|c: char| c.is_control()) {
            errors.add(control(*name), "That is too long, or has line breaks in it: copy it again.");
        }
        if *name == SecretName::ZeptoMailWebhook && secret.chars().count() < SHORTEST_KEY {
            errors.add(control(*name), format!("Use a key of at least {SHORTEST_KEY} characters."));
        }
    }
    let is_stored = |name| before.is_some_and(|before| before.secrets.iter().any(|known| known.name == name));
    let is_typed = |name| typed.iter().any(|(typed, _)| *typed == name);
    let has = |name| is_typed(name) || is_stored(name);
    match edit.provider {
        Provider::Local => {
            if !environment.is_demo() {
                errors.add("account-provider", "The local mailbox exists in the demo only.");
            }
        }
        Provider::Smtp => {
            smtp(edit, &mut settings, errors);
            let elsewhere = before.is_some_and(|before| {
                let known = &before.settings;
                (&known.host, known.port, known.tls, &known.username)
                    != (&settings.host, settings.port, settings.tls, &settings.username)
            });
            // Otherwise whoever may change the host could have the stored password sent to a server of their own.
            if elsewhere && is_stored(SecretName::SmtpPassword) && !is_typed(SecretName::SmtpPassword) {
                errors.add(
                    "account-password",
                    "Enter the password again: the one that is stored belongs to the settings before.",
                );
            }
        }
        Provider::ZeptoMail => {
            settings.data_centre = edit.data_centre;
            if edit.data_centre.zeptomail_host().is_none() {
                errors.add("account-data-centre", "ZeptoMail has no data centre there.");
            }
            if !has(SecretName::ZeptoMailToken) {
                errors.add("account-token", "Copy the Send Mail Token of the Mail Agent here.");
            }
        }
        Provider::ZohoMail => {
            settings.data_centre = edit.data_centre;
            settings.account_id = errors.line("account-id", &edit.account_id, 1, 30);
            if !settings.account_id.bytes().all(|byte| byte.is_ascii_digit()) {
                errors.add("account-id", "The account id has digits only.");
            }
            settings.client_id = errors.line("account-client-id", &edit.client_id, 1, 200);
            if !has(SecretName::ZohoClientSecret) {
                errors.add("account-client-secret", "This is needed.");
            }
            if !has(SecretName::ZohoRefreshToken) {
                errors.add("account-refresh-token", "This is needed.");
            }
        }
    }
    NewAccount { settings, typed }
}

fn smtp(edit: &AccountEdit, settings: &mut MailAccount, errors: &mut Errors) {
    settings.host = errors.line("account-host", &edit.host, 1, 253).to_lowercase();
    let named =
        settings.host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':'));
    if !named {
        errors.add("account-host", "Give a host name such as smtp.zoho.com.au, without http.");
    }
    settings.port = errors.number("account-port", &edit.port, 1, 65535);
    settings.tls = edit.encryption;
    settings.username = errors.line("account-username", &edit.username, 0, 254);
    let here = matches!(settings.host.as_str(), "localhost" | "127.0.0.1" | "::1");
    if edit.encryption == Encryption::None && !here && !settings.username.is_empty() {
        errors.add(
            "account-encryption",
            "The password would go over the network in the clear: choose STARTTLS or TLS.",
        );
    }
}

/// The id of a secret's field.
fn control(name: SecretName) -> &'static str {
    match name {
        SecretName::SmtpPassword => "account-password",
        SecretName::ZeptoMailToken => "account-token",
        SecretName::ZeptoMailWebhook => "account-webhook",
        SecretName::ZohoClientSecret => "account-client-secret",
        SecretName::ZohoRefreshToken => "account-refresh-token",
        SecretName::ZohoAccessToken => "account-provider",
    }
}

impl NewAccount {
    /// Stores the account, its secrets sealed. An access token of before is forgotten.
    pub async fn store(self, environment: &Environment, connection: &mut Connection) -> Result<(), Refused> {
        let (brand, now) = (self.settings.brand_id, self.settings.updated_at);
        database::brand::set_mail_account(connection, &self.settings).await?;
        for (name, secret) in &self.typed {
            let sealed = Some(environment.vault().seal(&secret_place(brand, *name), secret)?);
            let secret =
                MailSecret { brand_id: brand, name: *name, sealed, expires_at: None, stored_at: now };
            mail_secret::store(connection, &secret).await?;
        }
        mail_secret::forget(connection, brand, SecretName::ZohoAccessToken).await?;
        Ok(())
    }

    /// The secrets that were typed, for the record: their names only.
    pub fn typed(&self) -> Vec<SecretName> {
        self.typed.iter().map(|(name, _)| *name).collect()
    }
}
