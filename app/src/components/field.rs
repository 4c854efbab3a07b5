use leptos::prelude::*;

use super::{Icon, IconName};
use crate::any::CollectAny;

/// Errors of a form: which control (its id), and what to change.
pub type FieldErrors = Vec<(String, String)>;

/// A label above, help below, the error beside it. The control (children) carries `id`, and `aria-describedby` from
/// [`described_by`]; [`TextField`](super::TextField), [`TextArea`](super::TextArea) and
/// [`SelectField`](super::SelectField) do all of that.
#[component]
pub fn Field(
    /// The control's id.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// Says "optional" after the label.
    #[prop(optional)]
    optional: bool,
    children: Children,
) -> impl IntoView {
    let help_id = format!("{id}-help");
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
                {optional.then(|| view! { <span class="field__optional">" optional"</span> })}
            </label>
            {children()}
            {help.map(|help| view! { <p class="field__help" id=help_id>{help}</p> })}
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="field__error" id=error_id.clone()>
                                <Icon name=IconName::Alert size=14/>
                                {error}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// Value of `aria-describedby` for the control `id`.
pub(super) fn described_by(id: &str, has_help: bool, has_error: bool) -> Option<String> {
    match (has_help, has_error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-help")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-error {id}-help")),
    }
}

/// All errors of a form on top of it, each a link to its control. Nothing while there are none.
#[component]
pub fn ErrorSummary(
    #[prop(into)] errors: Signal<FieldErrors>,
    /// "The contact was not saved".
    #[prop(into)]
    title: String,
) -> impl IntoView {
    view! {
        {move || {
            errors.with(|errors| {
                (!errors.is_empty()).then(|| {
                    let lines = errors
                        .iter()
                        .map(|(id, text)| view! { <li><a href=format!("#{id}")>{text.clone()}</a></li> })
                        .collect_any();
                    view! {
                        <div class="error-summary" role="alert" tabindex="-1">
                            <h2><Icon name=IconName::Alert/>{title.clone()}</h2>
                            <ul>{lines}</ul>
                        </div>
                    }
                })
            })
        }}
    }
}
