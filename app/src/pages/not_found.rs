use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::{EmptyState, IconName};

/// Shown for an address nothing lives at, and for what isn't the person's to see.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::server_context::request::respond_not_found();
    view! {
        <Title text="Not found"/>
        <main class="login" data-brand="all">
            <EmptyState
                icon=IconName::Search
                title="Nothing here"
                text="This page doesn't exist, or belongs to a brand you are no member of. Check the address, or start again from Today."
            >
                <a class="button button--primary" href="/" rel="external">"Go to Today"</a>
            </EmptyState>
        </main>
    }
    .into_any()
}
