use leptos::prelude::*;

/// The product's mark, as in `public/favicon.svg`, in the colours of the theme.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 64 64" aria-hidden="true">
            <rect class="logo__tile" width="64" height="64" rx="15"></rect>
            <path class="logo__ring" d="M35.2 17.8A14.5 14.5 0 1 0 46.5 32"></path>
            <circle class="logo__dot" cx="43.1" cy="22.6" r="4.6"></circle>
        </svg>
    }
}
