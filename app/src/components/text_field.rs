use leptos::prelude::*;

use super::Field;
use super::field::described_by;

/// A labelled single-line input bound to a signal; with `name` it takes part in a plain form as well.
#[component]
pub fn TextField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] name: Option<String>,
    /// `email`, `password`, `number`, `date`, `search`, `url` …
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] placeholder: Option<String>,
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
    let input = view! {
        <input
            class="input"
            id=id.clone()
            name=name
            type=kind
            autocomplete=autocomplete
            placeholder=placeholder
            required=required
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            value=value.get_untracked()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    };
    field(id, label, help, error, optional, input)
}

/// [`Field`] for a control that is built already: `Option` props can't be handed on through the macro.
pub(super) fn field(
    id: String,
    label: String,
    help: Option<String>,
    error: MaybeProp<String>,
    optional: bool,
    control: impl IntoView + 'static,
) -> impl IntoView {
    let children: Children = Box::new(move || control.into_any());
    match help {
        Some(help) => {
            view! { <Field id=id label=label help=help error=error optional=optional children=children/> }
                .into_any()
        }
        None => {
            view! { <Field id=id label=label error=error optional=optional children=children/> }.into_any()
        }
    }
}
