use domain::view::brands::{BrandLine, Sending};
use leptos::prelude::*;

use super::SettingsPage;
use super::brand::figures;
use crate::any::CollectAny;
use crate::components::{Badge, BadgeKind, Column, DataTable, IconName, Load};
use crate::layouts::{use_links, use_refresh};
use crate::server_fns::brands::brands;
use crate::wire::blocking;

/// The person's brands: whether their mail goes out, and how much of it.
#[component]
pub fn Brands() -> impl IntoView {
    let refresh = use_refresh();
    let list = blocking(move || refresh.track(), |_| brands());
    view! {
        <SettingsPage title="Brands">
            <header class="page__head">
                <div>
                    <h1>"Brands"</h1>
                    <p>"Who writes, how the mail leaves, how much and when. Each brand has its own sending account."</p>
                </div>
            </header>
            <Load resource=list let:list><Table list=list/></Load>
        </SettingsPage>
    }
    .into_any()
}

#[component]
fn Table(list: Vec<BrandLine>) -> impl IntoView {
    let columns = vec![
        Column::text("Brand"),
        Column::text("Mail"),
        Column::text("Sends with"),
        Column::number("Today"),
        Column::number("Waiting"),
    ];
    let rows = list.into_iter().map(line).collect_any();
    view! { <div class="panel"><DataTable caption="Brands" columns=columns inset=true>{rows}</DataTable></div> }
}

fn line(brand: BrandLine) -> impl IntoView {
    let links = use_links();
    let path = format!("/settings/brands/{}", brand.slug);
    let name = view! { <span class="brand-tag"><span class=format!("dot dot--{}", brand.slug)></span>{brand.name}</span> };
    let name = if brand.may_edit {
        view! { <a class="table__link" href=move || links.to(&path)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let provider = brand.provider.map_or("No sending account", |provider| provider.label());
    let waiting = if brand.today.waiting == 0 { "–".to_owned() } else { brand.today.waiting.to_string() };
    view! {
        <tr>
            <th scope="row" data-phone="title">{name}</th>
            <td class="grow" data-phone="sub"><State sending=brand.sending/></td>
            <td data-phone="end">{provider}</td>
            <td class="num nowrap">{figures(&brand.today)}</td>
            <td class="num">{waiting}</td>
        </tr>
    }
}

/// A badge, and the sentence behind it.
#[component]
pub(super) fn State(sending: Sending) -> impl IntoView {
    let (kind, icon, word, why) = match sending {
        Sending::Works => (BadgeKind::Good, IconName::Check, "Sends", None),
        Sending::Doubtful(why) => (BadgeKind::Warning, IconName::Alert, "Check", Some(why)),
        Sending::Stopped(why) => (BadgeKind::Bad, IconName::Ban, "Doesn’t send", Some(why)),
    };
    view! {
        <span class="brand-state">
            <Badge kind=kind icon=icon label=word/>
            {why.map(|why| view! { <span class="brand-state__why">{why}</span> })}
        </span>
    }
}
