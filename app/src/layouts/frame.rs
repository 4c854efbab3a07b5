use leptos::prelude::*;
use leptos_router::components::Outlet;

use super::bottom_bar::BottomBar;
use super::browser_memory::{SIDEBAR, remember};
use super::clock_control::provide_clock;
use super::sidebar::Sidebar;
use super::{provide_links, provide_refresh};
use crate::wire::sent;

/// Sidebar, page and, on a phone, the bottom bar. The page brings its own top bar: see [`Page`](super::Page).
#[component]
pub fn Frame() -> impl IntoView {
    let links = provide_links();
    provide_refresh();
    provide_clock();
    let folded = RwSignal::new(sent(sidebar_is_folded));
    let fold = move |()| {
        folded.update(|folded| *folded = !*folded);
        remember(SIDEBAR, if folded.get_untracked() { "folded" } else { "" });
    };
    view! {
        <div
            class="frame"
            data-brand=move || links.accent().get()
            data-sidebar=move || folded.get().then_some("folded")
        >
            <a class="skip" href="#main" rel="external">"Skip to content"</a>
            <Sidebar folded=folded on_fold=fold/>
            <Outlet/>
            <BottomBar/>
        </div>
    }
}

#[cfg(feature = "ssr")]
fn sidebar_is_folded() -> bool {
    crate::server_context::request::cookie(SIDEBAR).as_deref() == Some("folded")
}

#[cfg(not(feature = "ssr"))]
fn sidebar_is_folded() -> bool {
    false
}
