use domain::mailing::{Provider, SecretName};
use domain::view::brands::{AccountEdit, AccountSettings, BrandEdit};
use leptos::prelude::*;

use super::provider::{Fields, ProviderFields};
use super::section::Section;
use super::test::ConnectionTest;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, use_toasts};
use crate::layouts::use_refresh;
use crate::pages::settings::errors::Errors;

/// How mail leaves: a card for each provider, and the fields of the chosen one.
#[component]
pub(super) fn Account(slug: String, account: AccountSettings) -> impl IntoView {
    let errors = Errors::new();
    let fields = Fields::new(&account.edit);
    let edit = Callback::new(move |()| BrandEdit::Account(fields.edit()));
    let cards = Provider::ALL
        .iter()
        .filter(|provider| account.is_demo || **provider != Provider::Local)
        .map(|provider| card(*provider, fields.provider))
        .collect_any();
    let exists = account.exists;
    let (toasts, refresh) = (use_toasts(), use_refresh());
    // What is stored, and the test, have changed: the page is read anew.
    let on_saved = Callback::new(move |()| {
        toasts.good("Sending account saved. Test the connection before mails go out.");
        refresh.now();
    });
    let (test_slug, test) = (slug.clone(), account.test.clone());
    let of = errors.of("account-provider");
    view! {
        <Section title="Sending account" slug=slug errors=errors edit=edit on_saved=on_saved>
            <fieldset class="field" id="account-provider">
                <legend class="sr-only">"Provider"</legend>
                <div class="provider-cards">{cards}</div>
                {move || of.get().map(|error| view! { <p class="field__error"><Icon name=IconName::Alert size=14/>{error}</p> })}
            </fieldset>
            <ProviderFields fields=fields account=account errors=errors/>
        </Section>
        {exists.then(|| view! { <ConnectionTest slug=test_slug test=test/> })}
    }
}

fn card(provider: Provider, chosen: RwSignal<Provider>) -> impl IntoView {
    let about = match provider {
        Provider::Local => "Mails stay on a page of this application. For the demo.",
        Provider::Smtp => "Any mail server. Every header that bulk mail needs: recommended for outreach.",
        Provider::ZeptoMail => "By API. Fast, but sold for mails that somebody has asked for.",
        Provider::ZohoMail => "By API. Reads the mailbox too, but can’t set headers.",
    };
    view! {
        <label class="provider-card">
            <input
                type="radio"
                name="account-provider"
                value=provider.as_str()
                checked=chosen.get_untracked() == provider
                prop:checked=move || chosen.get() == provider
                on:change=move |_| chosen.set(provider)
            />
            <span><b>{provider.label()}</b> <small>{about}</small></span>
        </label>
    }
}

impl Fields {
    /// What is in the fields now.
    fn edit(&self) -> AccountEdit {
        let secrets = self
            .secrets
            .iter()
            .map(|(name, typed)| (*name, typed.get_untracked()))
            .filter(|(_, typed): &(SecretName, String)| !typed.trim().is_empty())
            .collect();
        AccountEdit {
            provider: self.provider.get_untracked(),
            host: self.host.get_untracked(),
            port: self.port.get_untracked(),
            encryption: self
                .encryption
                .get_untracked()
                .parse()
                .unwrap_or(domain::mailing::Encryption::StartTls),
            username: self.username.get_untracked(),
            data_centre: self
                .data_centre
                .get_untracked()
                .parse()
                .unwrap_or(domain::mailing::DataCentre::Australia),
            account_id: self.account_id.get_untracked(),
            client_id: self.client_id.get_untracked(),
            secrets,
        }
    }
}
