use leptos::prelude::*;

use super::browser_memory::THEME;
use super::theme::Theme;
use super::{use_frame, use_links};
use crate::any::CollectAny;
use crate::components::{Avatar, Icon, IconName, Menu, MenuLink, MenuRule};
use crate::wire::sent;

/// The person: account, theme, sign-out.
#[component]
pub(super) fn AccountMenu() -> impl IntoView {
    let name = use_frame()
        .with_untracked(|frame| frame.as_ref().map(|frame| frame.person.clone()))
        .unwrap_or_default();
    let links = use_links();
    let theme = RwSignal::new(Theme::of_cookie(sent(stored_theme).as_deref()));
    let shown = name.clone();
    view! {
        <Menu
            id="account-menu"
            label=name
            class="nav-item"
            face=move || view! { <Avatar name=shown.clone()/> <span>{shown}</span> }
        >
            <MenuLink href=links.to("/settings/account") icon=IconName::Account>"Account"</MenuLink>
            <MenuRule/>
            {Theme::ALL.map(|choice| theme_line(choice, theme)).collect_any()}
            <MenuRule/>
            <form method="post" action="/session/end">
                <button type="submit" class="menu__item" role="menuitem"><Icon name=IconName::LogOut/>"Sign out"</button>
            </form>
        </Menu>
    }
}

fn theme_line(choice: Theme, theme: RwSignal<Theme>) -> impl IntoView {
    let icon = match choice {
        Theme::System => IconName::Monitor,
        Theme::Light => IconName::Sun,
        Theme::Dark => IconName::Moon,
    };
    view! {
        <button
            type="button"
            class="menu__item"
            role="menuitemradio"
            aria-checked=move || if theme.get() == choice { "true" } else { "false" }
            on:click=move |_| {
                choice.apply();
                theme.set(choice);
            }
        >
            <Icon name=icon/>
            {choice.label()}
        </button>
    }
}

#[cfg(feature = "ssr")]
fn stored_theme() -> Option<String> {
    crate::server_context::request::cookie(THEME)
}

#[cfg(not(feature = "ssr"))]
fn stored_theme() -> Option<String> {
    let root = document().document_element()?;
    // Reached only without a server-rendered page; the document says what the cookie said.
    let _ = THEME;
    root.get_attribute("data-theme")
}
