use leptos::prelude::*;

use super::modal::modal;

/// A question or a form in the middle of the page (from below on a phone). Its content stays in the document while
/// closed; wrap costly content in `<Show when=move || open.get()>`.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: Signal<String>,
    open: RwSignal<bool>,
    #[prop(optional)] wide: bool,
    /// Buttons, the primary one last.
    #[prop(optional)]
    foot: Option<Children>,
    children: Children,
) -> impl IntoView {
    modal(if wide { "dialog dialog--wide" } else { "dialog" }, id, title, open, children, foot)
}
