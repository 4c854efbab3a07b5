use domain::view::template::TemplateVariable;
use leptos::prelude::*;

use super::state::Editor;
use crate::any::CollectAny;

/// What may be written into the text; a click puts it where the cursor is.
#[component]
pub(super) fn Variables(editor: Editor, variables: Vec<TemplateVariable>) -> impl IntoView {
    let (pieces, values): (Vec<_>, Vec<_>) = variables.into_iter().partition(|variable| variable.is_block);
    let list = |variables: Vec<TemplateVariable>| {
        variables
            .into_iter()
            .map(|TemplateVariable { name, meaning, insert, .. }| {
                let title = format!("Insert {name}");
                view! {
                    <li>
                        <button type="button" title=title on:click=move |_| editor.insert(&insert)>
                            <code>{name}</code>
                            <span>{meaning}</span>
                        </button>
                    </li>
                }
            })
            .collect_any()
    };
    view! {
        <details class="panel template-variables">
            <summary class="panel__body">"Values to insert"</summary>
            <ul>{list(values)}</ul>
        </details>
        <details class="panel template-variables">
            <summary class="panel__body">"Building blocks to insert"</summary>
            <ul>{list(pieces)}</ul>
        </details>
    }
}
