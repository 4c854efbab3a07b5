//! The settings pages.

mod account;
mod ai;
mod brand;
mod brands;
mod connection;
mod errors;
mod job_tables;
mod jobs;
mod mailbox;
mod password;
mod pipeline;
mod pipelines;
mod server_fields;
mod sessions;
mod stage_row;
mod templates;

pub use account::Account;
pub use ai::AiSettings;
pub use brand::Brand;
pub use brands::Brands;
pub use jobs::Jobs;
pub use mailbox::MailboxSettings;
pub use pipeline::Pipeline;
pub use pipelines::Pipelines;
pub use templates::{Template, Templates};

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::any::CollectAny;
use crate::layouts::{Crumb, Page, use_links};

/// `/settings` alone: the first of them.
#[component]
pub fn Settings() -> impl IntoView {
    let links = use_links();
    view! { <Redirect path=untrack(|| links.to("/settings/pipelines"))/> }.into_any()
}

const PLACES: [(&str, &str); 5] = [
    ("/settings/brands", "Brands"),
    ("/settings/pipelines", "Pipelines"),
    ("/settings/templates", "Templates"),
    ("/settings/jobs", "Jobs"),
    ("/settings/account", "Account"),
];

/// A settings page beside the list of all of them.
#[component]
fn SettingsPage(
    #[prop(into)] title: String,
    /// Places between the settings and this page.
    #[prop(optional)]
    above: Vec<Crumb>,
    children: Children,
) -> impl IntoView {
    let links = use_links();
    let mut crumbs = vec![Crumb::new("Settings", "/settings")];
    crumbs.extend(above);
    let places = PLACES
        .map(|(path, label)| {
            view! {
                <a href=move || links.to(path) aria-current=move || links.is_at(path).then_some("page")>{label}</a>
            }
        })
        .collect_any();
    view! {
        <Page title=title crumbs=crumbs>
            <div class="settings">
                <nav class="settings__nav" aria-label="Settings">{places}</nav>
                <div class="settings__main">{children()}</div>
            </div>
        </Page>
    }
}
