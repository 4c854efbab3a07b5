use leptos::prelude::*;

use super::destinations::{
    BOARD, CONTACTS, DEALS, DECISIONS, Destination, EMAILS, IMPORTS, INBOX, MAILBOX, SETTINGS, TODAY,
};
use super::{use_frame, use_links};
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Menu, MenuLink, MenuRule};

/// Navigation under the thumb, on a phone.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let demo =
        use_frame().with_untracked(|frame| frame.as_ref().is_some_and(|frame| frame.demo_clock.is_some()));
    let rest: &[Destination] = if demo {
        &[DEALS, MAILBOX, IMPORTS, EMAILS, DECISIONS, SETTINGS]
    } else {
        &[DEALS, IMPORTS, EMAILS, DECISIONS, SETTINGS]
    };
    let links = use_links();
    let more: Vec<_> = rest
        .iter()
        .map(|place| {
            let place = *place;
            view! { {move || view! { <MenuLink href=links.to(place.path) icon=place.icon>{place.label}</MenuLink> }} }
        })
        .collect();
    view! {
        <nav class="bottombar" aria-label="Main, phone">
            {[TODAY, INBOX, BOARD, CONTACTS].map(entry).collect_any()}
            <Menu
                id="more-menu"
                label="More"
                class="bottombar__more"
                face=|| view! { <Icon name=IconName::More size=20/> "More" }
            >
                {more}
                <MenuRule/>
                <MenuLink href=links.to("/settings/account") icon=IconName::Account>"Account"</MenuLink>
            </Menu>
        </nav>
    }
}

fn entry(place: Destination) -> impl IntoView {
    let links = use_links();
    view! {
        <a href=move || links.to(place.path) aria-current=move || links.is_at(place.path).then_some("page")>
            <Icon name=place.icon size=20/>
            {place.label}
        </a>
    }
}
