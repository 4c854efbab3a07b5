use leptos::prelude::*;

use super::{Icon, IconName};

/// A quick filter that is on or off.
#[component]
pub fn Chip(
    #[prop(into)] label: String,
    #[prop(into)] pressed: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
    #[prop(optional, into)] icon: Option<IconName>,
    /// How many it would leave.
    #[prop(optional, into)]
    count: MaybeProp<i64>,
    /// Draws the count in red.
    #[prop(optional)]
    overdue: bool,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class(overdue)
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            on:click=move |_| on_press.run(())
        >
            {face(icon, label, count)}
        </button>
    }
}

/// A quick filter that lives in the address: works without the browser's half, and can be shared.
#[component]
pub fn ChipLink(
    #[prop(into)] label: String,
    #[prop(into)] href: Signal<String>,
    #[prop(into)] current: Signal<bool>,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional, into)] count: MaybeProp<i64>,
    #[prop(optional)] overdue: bool,
) -> impl IntoView {
    view! {
        <a class=class(overdue) href=move || href.get() aria-current=move || current.get().then_some("true")>
            {face(icon, label, count)}
        </a>
    }
}

const fn class(overdue: bool) -> &'static str {
    if overdue { "chip chip--overdue" } else { "chip" }
}

fn face(icon: Option<IconName>, label: String, count: MaybeProp<i64>) -> impl IntoView {
    view! {
        {icon.map(|name| view! { <Icon name=name size=14/> })}
        {label}
        {move || count.get().map(|count| view! { <span class="chip__count">{count}</span> })}
    }
}
