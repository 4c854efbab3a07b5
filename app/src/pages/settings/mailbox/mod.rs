//! The mailbox a brand's replies arrive in.

mod account;
mod failures;
mod health;
mod test;

use domain::view::mailboxes::MailboxView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::SettingsPage;
use crate::components::{Load, Notice};
use crate::layouts::{Crumb, use_refresh};
use crate::server_fns::mailboxes::mailbox;
use crate::wire::blocking;

/// How it goes with a brand's mailbox, and its settings.
#[component]
pub fn MailboxSettings() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let view = blocking(move || (slug.get(), refresh.track()), |(slug, _)| mailbox(slug));
    view! { <Load resource=view let:view><Content view=view/></Load> }.into_any()
}

#[component]
fn Content(view: MailboxView) -> impl IntoView {
    let MailboxView { slug, brand_name, edit, password_stored, zoho_blocked, health, failures } = view;
    let brand = Crumb::new(brand_name.clone(), format!("/settings/brands/{slug}"));
    let exists = health.is_some();
    let state = match health {
        Some(health) => view! { <health::Health slug=slug.clone() health=health/> }.into_any(),
        None => view! {
            <Notice>
                {format!("{brand_name} has no mailbox yet: replies are heard only through the webhook. Enter the account that the answers to its mails go to.")}
            </Notice>
        }
        .into_any(),
    };
    let test = exists.then(|| view! { <test::ConnectionTest slug=slug.clone()/> });
    view! {
        <SettingsPage title="Mailbox" above=vec![Crumb::new("Brands", "/settings/brands"), brand]>
            <header class="page__head">
                <div>
                    <h1>{format!("Mailbox of {brand_name}")}</h1>
                    <p>"Replies, bounces and complaints that arrive here stop the outreach to whoever wrote. Nothing in the mailbox is changed: no mail is marked as read, moved or deleted."</p>
                </div>
            </header>
            {state}
            <failures::Failures slug=slug.clone() failures=failures/>
            <account::Account slug=slug edit=edit password_stored=password_stored zoho_blocked=zoho_blocked/>
            {test}
        </SettingsPage>
    }
}
