use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Icon, IconName};

/// Steps of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    File,
    Columns,
    Import,
}

/// Where one is among the three steps.
#[component]
pub fn Wizard(at: Step) -> impl IntoView {
    let steps = [(Step::File, "1", "File"), (Step::Columns, "2", "Columns"), (Step::Import, "3", "Import")];
    let lines = steps
        .map(|(step, number, label)| {
            let done = step < at;
            let face = if done {
                view! { <Icon name=IconName::Check size=12/> }.into_any()
            } else {
                number.into_any()
            };
            view! {
                <li class=done.then_some("wizard__done") aria-current=(step == at).then_some("step")>
                    <span class="wizard__step" aria-hidden="true">{face}</span>
                    <span>{label}</span>
                </li>
            }
        })
        .collect_any();
    view! { <ol class="wizard" aria-label="Steps">{lines}</ol> }
}
