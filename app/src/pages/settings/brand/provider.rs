use domain::mailing::{DataCentre, Encryption, Provider, SecretName};
use domain::view::brands::{AccountEdit, AccountSettings, StoredSecret};
use leptos::prelude::*;

use crate::components::{Notice, NoticeKind, SelectField, TextField};
use crate::pages::settings::errors::Errors;
use crate::pages::settings::server_fields::{SecretField, Server, ServerFields, ServerIds};

/// The fields of all providers under somebody's hands.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub provider: RwSignal<Provider>,
    pub host: RwSignal<String>,
    pub port: RwSignal<String>,
    pub encryption: RwSignal<String>,
    pub username: RwSignal<String>,
    pub data_centre: RwSignal<String>,
    pub account_id: RwSignal<String>,
    pub client_id: RwSignal<String>,
    pub secrets: [(SecretName, RwSignal<String>); 5],
}

impl Fields {
    pub fn new(edit: &AccountEdit) -> Self {
        let empty = |name| (name, RwSignal::new(String::new()));
        Self {
            provider: RwSignal::new(edit.provider),
            host: RwSignal::new(edit.host.clone()),
            port: RwSignal::new(edit.port.clone()),
            encryption: RwSignal::new(edit.encryption.as_str().to_owned()),
            username: RwSignal::new(edit.username.clone()),
            data_centre: RwSignal::new(edit.data_centre.as_str().to_owned()),
            account_id: RwSignal::new(edit.account_id.clone()),
            client_id: RwSignal::new(edit.client_id.clone()),
            secrets: [
                empty(SecretName::SmtpPassword),
                empty(SecretName::ZeptoMailToken),
                empty(SecretName::ZeptoMailWebhook),
                empty(SecretName::ZohoClientSecret),
                empty(SecretName::ZohoRefreshToken),
            ],
        }
    }

    fn secret(&self, wanted: SecretName) -> RwSignal<String> {
        let found = self.secrets.iter().find(|(name, _)| *name == wanted);
        found.map_or_else(|| RwSignal::new(String::new()), |(_, typed)| *typed)
    }
}

/// The fields of the chosen provider.
#[component]
pub(super) fn ProviderFields(fields: Fields, account: AccountSettings, errors: Errors) -> impl IntoView {
    view! {
        {move || {
            match fields.provider.get() {
            Provider::Local => view! {
                <Notice>"Mails stay on the mailbox page, where you can open, click, answer or bounce each of them. Nothing leaves this machine."</Notice>
            }
            .into_any(),
            Provider::Smtp => smtp(fields, &account, errors).into_any(),
            Provider::ZeptoMail => zeptomail(fields, &account, errors).into_any(),
            Provider::ZohoMail => zoho(fields, &account, errors).into_any(),
        }
        }}
    }
}

fn smtp(fields: Fields, account: &AccountSettings, errors: Errors) -> impl IntoView {
    let ways = Encryption::ALL.iter().map(|way| (way.as_str().to_owned(), way.label().to_owned())).collect();
    let server = Server { host: fields.host, encryption: fields.encryption, port: fields.port };
    let ids = ServerIds { host: "account-host", encryption: "account-encryption", port: "account-port" };
    let overridden = account.overridden_by.clone().map(|variable| {
        view! { <Notice kind=NoticeKind::Info>{format!("The environment of the server sets {variable}, which counts for more than a password stored here.")}</Notice> }
    });
    view! {
        <ServerFields server=server ids=ids example="smtp.zoho.com.au" ways=ways errors=errors/>
        <div class="form__row">
            <TextField
                id="account-username"
                label="User name"
                value=fields.username
                autocomplete="off"
                error=errors.of("account-username")
                help="Empty: no sign-in."
                optional=true
            />
            {secret(fields, &account.stored, SecretName::SmtpPassword, "account-password", "For Zoho and Google an app password.", errors)}
        </div>
        {overridden}
    }
}

fn zeptomail(fields: Fields, account: &AccountSettings, errors: Errors) -> impl IntoView {
    let centres = centres(|centre| centre.zeptomail_host().is_some());
    view! {
        <Notice kind=NoticeKind::Warning>
            "ZeptoMail is sold for transactional mail: receipts, passwords, notices. Its terms don’t allow cold outreach, and an account can be closed for it. An SMTP account is the safer way for first contacts."
        </Notice>
        <div class="form__row">
            <SelectField
                id="account-data-centre"
                label="Data centre"
                choices=centres
                value=fields.data_centre
                error=errors.of("account-data-centre")
            />
            {secret(
                fields,
                &account.stored,
                SecretName::ZeptoMailToken,
                "account-token",
                "From the Mail Agent’s SMTP/API tab, with or without “Zoho-enczapikey”.",
                errors,
            )}
        </div>
        <div class="form__row">
            {secret(
                fields,
                &account.stored,
                SecretName::ZeptoMailWebhook,
                "account-webhook",
                "The authentication key of the webhook below. Without it, bounces and complaints aren’t heard.",
                errors,
            )}
            <div class="field">
                <span class="field__label">"Webhook address"</span>
                <code class="copy-line">{account.webhook_url.clone()}</code>
                <p class="field__help">"Enter it in the Mail Agent’s webhooks for hard bounce, soft bounce and feedback loop."</p>
            </div>
        </div>
    }
}

fn zoho(fields: Fields, account: &AccountSettings, errors: Errors) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Warning>
            "Zoho’s API can’t set mail headers: no List-Unsubscribe, so mail programs show no unsubscribe button, and large receivers count that against the sender. For outreach choose SMTP with smtp.zoho.com.au; the API stays the way to read the mailbox."
        </Notice>
        <div class="form__row">
            <SelectField
                id="account-data-centre"
                label="Data centre"
                choices=centres(|_| true)
                value=fields.data_centre
                error=errors.of("account-data-centre")
            />
            <TextField
                id="account-id"
                label="Account id"
                value=fields.account_id
                error=errors.of("account-id")
                help="A number of many digits: accountId in the answer to /api/accounts."
                required=true
            />
        </div>
        <div class="form__row">
            <TextField
                id="account-client-id"
                label="Client id"
                value=fields.client_id
                autocomplete="off"
                error=errors.of("account-client-id")
                help="From api-console.zoho: a self client."
                required=true
            />
            {secret(fields, &account.stored, SecretName::ZohoClientSecret, "account-client-secret", "", errors)}
            {secret(
                fields,
                &account.stored,
                SecretName::ZohoRefreshToken,
                "account-refresh-token",
                "Scopes: ZohoMail.messages.ALL, ZohoMail.accounts.READ, ZohoMail.folders.READ.",
                errors,
            )}
        </div>
    }
}

fn centres(which: impl Fn(DataCentre) -> bool) -> Vec<(String, String)> {
    let offered = DataCentre::ALL.iter().filter(|centre| which(**centre));
    offered.map(|centre| (centre.as_str().to_owned(), centre.label().to_owned())).collect()
}

/// A field that is written and never read: it says when the secret was stored.
fn secret(
    fields: Fields,
    stored: &[StoredSecret],
    name: SecretName,
    id: &'static str,
    about: &'static str,
    errors: Errors,
) -> impl IntoView {
    let known = stored.iter().find(|secret| secret.name == name);
    let stored = known.map(|secret| format!("Stored {}.", secret.at.text));
    let value = fields.secret(name);
    view! { <SecretField id=id label=name.label() value=value stored=stored about=about errors=errors/> }
}
