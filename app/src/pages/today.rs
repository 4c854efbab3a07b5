use leptos::prelude::*;
use leptos_meta::Title;

/// What needs the person now.
#[component]
pub fn Today() -> impl IntoView {
    view! { <Title text="Today"/><h1>"Today"</h1> }
}
