use domain::reply::Intent;
use domain::view::inbox::Choice;
use leptos::prelude::*;

use super::triage::Triage;
use crate::any::CollectAny;
use crate::components::{Icon, Status};

/// What the person may say, each with its key and what follows from it.
#[component]
pub(super) fn Choices(choices: Vec<Choice>, guess: Intent, triage: Triage) -> impl IntoView {
    let buttons = choices
        .into_iter()
        .map(|choice| {
            let (_, icon) = choice.intent.look();
            let intent = choice.intent;
            let class = if intent == guess { "choice choice--guess" } else { "choice" };
            let is_final =
                choice.is_final.then(|| view! { <span class="choice__final">" Can’t be taken back."</span> });
            view! {
                <button
                    type="button"
                    class=class
                    data-intent=intent.as_str()
                    aria-keyshortcuts=choice.key.to_string()
                    disabled=move || triage.busy.get()
                    on:click=move |_| triage.says(intent)
                >
                    <span class="choice__name"><Icon name=icon/> {intent.label()}</span>
                    <kbd class="key" aria-hidden="true">{choice.key.to_string()}</kbd>
                    <span class="choice__effect">{choice.effect}{is_final}</span>
                </button>
            }
        })
        .collect_any();
    view! { <div class="choices">{buttons}</div> }
}
