use leptos::prelude::*;
use leptos_meta::Title;

/// Shown for an address nothing lives at, and for what isn't the person's to see.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <main class="empty">
            <h1>"Nothing here"</h1>
            <p>"This page doesn't exist, or belongs to a brand you are no member of."</p>
            <a class="button" href="/">"Go to Today"</a>
        </main>
    }
}
