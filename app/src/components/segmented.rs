use crate::any::CollectAny;
use leptos::prelude::*;

/// One choice of a [`Segmented`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What is stored, e.g. in the address.
    pub value: String,
    pub label: String,
}

impl Segment {
    /// A choice with its stored value and its word.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A choice of one among few, all visible.
#[component]
pub fn Segmented(
    /// What is chosen, for screen readers: "Show".
    #[prop(into)]
    label: String,
    choices: Vec<Segment>,
    value: RwSignal<String>,
) -> impl IntoView {
    let buttons = choices
        .into_iter()
        .map(|Segment { value: own, label }| {
            let chosen = own.clone();
            let pressed = move || {
                if value.with(|value| *value == own) { "true" } else { "false" }
            };
            view! {
                <button type="button" aria-pressed=pressed on:click=move |_| value.set(chosen.clone())>
                    {label}
                </button>
            }
        })
        .collect_any();
    view! { <div class="segmented" role="group" aria-label=label>{buttons}</div> }
}
