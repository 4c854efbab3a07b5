use leptos::prelude::*;

use super::field::described_by;
use super::text_field::field;
use crate::any::CollectAny;

/// A labelled choice of one among many: `(stored value, words)`.
#[component]
pub fn SelectField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    choices: Vec<(String, String)>,
    value: RwSignal<String>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let has_help = help.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_help, error.with(Option::is_some))
    };
    // `selected` for the first paint and plain forms, `prop:value` once the browser's half runs.
    let first = value.get_untracked();
    let options = choices
        .into_iter()
        .map(|(stored, words)| {
            let selected = stored == first;
            view! { <option value=stored selected=selected>{words}</option> }
        })
        .collect_any();
    let select = view! {
        <select
            class="select"
            id=id.clone()
            name=name
            required=required
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || value.get()
            on:change=move |event| value.set(event_target_value(&event))
        >
            {options}
        </select>
    };
    field(id, label, help, error, optional, select)
}
