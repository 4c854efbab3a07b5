use domain::view::brands::{BrandEdit, TrackingEdit};
use leptos::prelude::*;

use super::section::Section;
use crate::pages::settings::errors::Errors;

/// What is recorded of readers.
#[component]
pub(super) fn Tracking(slug: String, edit: TrackingEdit) -> impl IntoView {
    let errors = Errors::new();
    let (opens, clicks) = (RwSignal::new(edit.opens), RwSignal::new(edit.clicks));
    let edit = Callback::new(move |()| {
        BrandEdit::Tracking(TrackingEdit { opens: opens.get_untracked(), clicks: clicks.get_untracked() })
    });
    view! {
        <Section title="Tracking" slug=slug errors=errors edit=edit>
            <div class="stack">
                {switch("brand-opens", "Opens", "A pixel in each mail. Without it every contact looks as if they never read.", opens)}
                {switch("brand-clicks", "Clicks", "Links go by way of this server, to the stored address only.", clicks)}
            </div>
            <p class="field__help">"Holds for mails written from now on. Your own previews never count."</p>
        </Section>
    }
}

fn switch(id: &'static str, label: &'static str, help: &'static str, value: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                id=id
                checked=value.get_untracked()
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <span><b>{label}</b> <small class="field__help">{help}</small></span>
        </label>
    }
}
