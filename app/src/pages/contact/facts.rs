use domain::pipeline::DealStatus;
use domain::view::contact::{ContactDeal, ContactView};
use domain::view::deal::ContactFacts;
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Notice, NoticeKind, StatusBadge, TierBadge};
use crate::layouts::use_links;
use crate::paths;

/// Left of the history: what stands in the way, the deals, the facts.
#[component]
pub(super) fn Side(view: ContactView) -> impl IntoView {
    let ContactView { brand_slug, brand_name, facts, added, deals, .. } = view;
    let held = (facts.consent.is_none() && facts.suppressed.is_none()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <b>"No consent basis."</b>
                " Nothing is sent until somebody records why we may write."
            </Notice>
        }
    });
    view! {
        <aside class="detail__side" aria-label="Facts">
            {held}
            <Deals deals=deals/>
            <div class="detail__facts"><Facts facts=facts brand_slug=brand_slug brand_name=brand_name added=added/></div>
        </aside>
    }
}

#[component]
fn Deals(deals: Vec<ContactDeal>) -> impl IntoView {
    let links = use_links();
    let count = deals.len().to_string();
    let lines = deals
        .into_iter()
        .map(|deal| {
            let path = paths::deal(deal.id);
            let badge = match deal.status {
                DealStatus::Active => view! { <TierBadge tier=deal.tier unverified=deal.unverified/> }.into_any(),
                status @ (DealStatus::Paused | DealStatus::Won | DealStatus::Lost) => {
                    view! { <StatusBadge of=status/> }.into_any()
                }
            };
            let when = deal.next.when.map(|when| format!(" {}", when.text)).unwrap_or_default();
            view! {
                <li>
                    <a href=move || links.to(&path)>
                        <span><b>{deal.pipeline}</b><small>{deal.stage} " · " {deal.next.what} {when}</small></span>
                        {badge}
                    </a>
                </li>
            }
        })
        .collect_any();
    let body = if count == "0" {
        view! { <div class="panel__body"><p class="muted">"No deal yet."</p></div> }.into_any()
    } else {
        view! { <ul class="link-list">{lines}</ul> }.into_any()
    };
    view! {
        <section class="panel">
            <header class="panel__head"><h2>"Deals"</h2><span class="meta">{count}</span></header>
            {body}
        </section>
    }
}

#[component]
fn Facts(facts: ContactFacts, brand_slug: String, brand_name: String, added: String) -> impl IntoView {
    let zone = if facts.place_is_brands { "the brand's zone" } else { "" };
    let consent = facts.consent.unwrap_or_else(|| "None recorded".to_owned());
    let tags = (!facts.tags.is_empty()).then(|| {
        let tags = facts.tags.into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_any();
        view! { <dt>"Tags"</dt><dd><span class="tags">{tags}</span></dd> }
    });
    let mail = format!("mailto:{}", facts.email);
    view! {
        <section class="facts__group">
            <div class="facts__head"><h2>"Contact"</h2></div>
            <dl class="facts">
                <dt>"Email"</dt>
                <dd><a href=mail>{facts.email}</a></dd>
                {line("Phone", facts.phone, "")}
                {website(facts.website)}
                {line("Role", facts.role, "")}
                {line("Time zone", facts.place, zone)}
                {line("Consent", consent, &facts.consent_detail)}
                {facts.suppressed.map(|reason| line("Do not mail", reason, ""))}
                <dt>"Brand"</dt>
                <dd><span class="brand-tag"><span class=format!("dot dot--{brand_slug}")></span>{brand_name}</span></dd>
                {line("Source", facts.source, "")}
                {line("Added", added, "")}
                {tags}
            </dl>
        </section>
    }
}

/// A fact with its detail; nothing for nothing.
fn line(label: &'static str, value: String, detail: &str) -> impl IntoView + use<> {
    let detail = (!detail.is_empty()).then(|| view! { " " <small>{detail.to_owned()}</small> });
    (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd>{value} {detail}</dd> })
}

/// Only web addresses become links: the rest came out of somebody's file.
fn website(address: String) -> Option<impl IntoView> {
    let bare =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).map(str::to_owned);
    (!address.is_empty()).then(|| {
        let shown = match bare {
            Some(bare) => {
                view! { <a href=address rel="noopener noreferrer nofollow" target="_blank">{bare}</a> }
                    .into_any()
            }
            None => address.into_any(),
        };
        view! { <dt>"Website"</dt><dd>{shown}</dd> }
    })
}
