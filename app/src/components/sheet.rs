use leptos::prelude::*;

use super::modal::modal;

/// A panel from the right, from below on a phone: choices and details beside the page. See [`Dialog`](super::Dialog).
#[component]
pub fn Sheet(
    #[prop(into)] id: String,
    #[prop(into)] title: Signal<String>,
    open: RwSignal<bool>,
    /// Buttons, the primary one last.
    #[prop(optional)]
    foot: Option<Children>,
    children: Children,
) -> impl IntoView {
    modal("sheet", id, title, open, children, foot)
}
