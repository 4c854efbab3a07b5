use leptos::prelude::*;

use crate::layouts::Page;

/// What needs the person now.
#[component]
pub fn Today() -> impl IntoView {
    view! { <Page title="Today"><h1>"Today"</h1></Page> }.into_any()
}
