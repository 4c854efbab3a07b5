use domain::view::deal::DealView;
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Avatar, money};
use crate::layouts::use_links;
use crate::paths;

/// What is known about the contact and the deal.
#[component]
pub fn Facts(view: DealView) -> impl IntoView {
    view! { <div class="detail__facts"><ContactGroup view=view.clone()/><DealGroup view=view/></div> }
}

#[component]
fn ContactGroup(view: DealView) -> impl IntoView {
    let links = use_links();
    let contact = view.contact;
    let open = untrack(|| links.to(&paths::contact(contact.id)));
    let zone = if contact.place_is_brands { "the brand's zone" } else { "" };
    let consent = contact.consent.unwrap_or_else(|| "None recorded".to_owned());
    let website = (!contact.website.is_empty()).then(|| {
        let shown = contact.website.trim_start_matches("https://").trim_start_matches("http://").to_owned();
        // Only web addresses become links: the rest came out of somebody's file.
        if contact.website.starts_with("http://") || contact.website.starts_with("https://") {
            view! { <a href=contact.website.clone() rel="noopener noreferrer nofollow" target="_blank">{shown}</a> }.into_any()
        } else {
            shown.into_any()
        }
    });
    let mail = format!("mailto:{}", contact.email);
    view! {
        <section class="facts__group">
            <div class="facts__head"><h2>"Contact"</h2><a class="button button--quiet button--small" href=open>"Open"</a></div>
            <dl class="facts">
                <dt>"Email"</dt>
                <dd><a href=mail>{contact.email}</a></dd>
                {text("Phone", contact.phone)}
                {website.map(|website| view! { <dt>"Website"</dt><dd>{website}</dd> })}
                {text("Role", contact.role)}
                {detailed("Time zone", contact.place, zone.to_owned())}
                {detailed("Consent", consent, contact.consent_detail)}
            </dl>
        </section>
    }
}

#[component]
fn DealGroup(view: DealView) -> impl IntoView {
    let value = view.value_cents.map_or_else(|| "–".to_owned(), |cents| money(cents, &view.currency));
    let owner_name = view.owner_name.clone();
    let owner = if owner_name.is_empty() {
        "Nobody".into_any()
    } else {
        view! { <span class="row"><Avatar name=owner_name.clone()/>{owner_name}</span> }.into_any()
    };
    let tags = (!view.contact.tags.is_empty()).then(|| {
        let tags =
            view.contact.tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_any();
        view! { <dt>"Tags"</dt><dd><span class="tags">{tags}</span></dd> }
    });
    view! {
        <section class="facts__group">
            <div class="facts__head"><h2>"Deal"</h2></div>
            <dl class="facts">
                <dt>"Value"</dt>
                <dd><span class="num">{value}</span></dd>
                {detailed("Probability", format!("{} %", view.probability), "of the stage".to_owned())}
                {view.lost_reason.map(|reason| text("Lost", reason))}
                {view.expected_close_text.map(|date| text("Closes", date))}
                <dt>"Owner"</dt>
                <dd>{owner}</dd>
                {text("Source", view.contact.source)}
                {tags}
            </dl>
        </section>
    }
}

/// A line; nothing for nothing.
fn text(label: &'static str, value: String) -> impl IntoView {
    (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd>{value}</dd> })
}

fn detailed(label: &'static str, value: String, detail: String) -> impl IntoView {
    let detail = (!detail.is_empty()).then(|| view! { <small>{detail}</small> });
    view! { <dt>{label}</dt><dd>{value}" "{detail}</dd> }
}
