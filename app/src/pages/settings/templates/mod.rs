//! The gallery of mail templates, and the editor of one.

mod addressee;
mod card;
mod editor;
mod preview;
mod source;
mod state;
mod test_dialog;
mod variables;
mod versions;

pub use editor::Template;

use domain::view::template::{TemplateFamily, TemplateGallery};
use leptos::prelude::*;

use super::SettingsPage;
use crate::any::CollectAny;
use crate::components::{EmptyState, IconName, Load};
use crate::layouts::{use_links, use_refresh};
use crate::pages::listing::{ListAddress, SearchBox};
use crate::server_fns::templates::templates;
use crate::wire::blocking;
use card::Card;

/// Every template of the chosen brands, by family.
#[component]
pub fn Templates() -> impl IntoView {
    let (links, refresh, address) = (use_links(), use_refresh(), ListAddress::here());
    let gallery = blocking(
        move || (links.brand().get(), address.value("q"), refresh.track()),
        |(brand, text, _)| templates(brand, text),
    );
    view! {
        <SettingsPage title="Templates">
            <header class="page__head">
                <div>
                    <h1>"Templates"</h1>
                    <p>"What the autopilot and people send. Each is shown for a sample contact; looking counts as nothing."</p>
                </div>
            </header>
            <SearchBox label="Search templates" placeholder="Name, subject or stage"/>
            <Load resource=gallery let:gallery><Families gallery=gallery/></Load>
        </SettingsPage>
    }
    .into_any()
}

#[component]
fn Families(gallery: TemplateGallery) -> impl IntoView {
    let links = use_links();
    if gallery.shown == 0 {
        let (title, text) = if gallery.total == 0 {
            ("No templates", "Put designed mails into email_templates and run the command server seed.")
        } else {
            ("No template passes", "No name, subject or stage contains what you search for.")
        };
        let all = (gallery.total > 0)
            .then(|| view! { <a class="button" href=move || links.to("/settings/templates")>"Show all templates"</a> });
        return view! { <EmptyState icon=IconName::File title=title text=text>{all}</EmptyState> }.into_any();
    }
    gallery.families.into_iter().map(family).collect_any().into_any()
}

fn family(family: TemplateFamily) -> impl IntoView {
    let TemplateFamily { brand_slug, brand_name, name, cards } = family;
    let count = match cards.len() {
        1 => "1 template".to_owned(),
        more => format!("{more} templates"),
    };
    let slug = brand_slug.clone();
    let cards = cards.into_iter().map(|card| view! { <Card brand=slug.clone() card=card/> }).collect_any();
    view! {
        <section class="section">
            <header class="section__head">
                <h2>{name}</h2>
                <span class="brand-tag"><span class=format!("dot dot--{brand_slug}")></span>{brand_name}</span>
                <span class="meta">{count}</span>
            </header>
            <ul class="template-cards">{cards}</ul>
        </section>
    }
}
