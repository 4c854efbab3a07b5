use domain::StageId;
use domain::pipeline::StageKind;
use domain::view::settings::{StageEdit, StageSettings};
use leptos::prelude::*;

/// The fields of a stage under somebody's hands.
#[derive(Clone)]
pub(super) struct StageFields {
    id: StageId,
    name: String,
    kind: StageKind,
    step: Option<i16>,
    template: String,
    deals: i64,
    days: RwSignal<String>,
    subject_b: RwSignal<String>,
    probability: RwSignal<String>,
}

impl StageFields {
    pub fn new(stage: &StageSettings) -> Self {
        Self {
            id: stage.id,
            name: stage.name.clone(),
            kind: stage.kind,
            step: stage.step,
            template: stage.template.clone(),
            deals: stage.deals,
            days: RwSignal::new(stage.days.to_string()),
            subject_b: RwSignal::new(stage.subject_b.clone()),
            probability: RwSignal::new(stage.probability.to_string()),
        }
    }

    /// What is in the fields now.
    pub fn edit(&self) -> StageEdit {
        StageEdit {
            stage: self.id,
            days: self.days.get_untracked(),
            subject_b: self.subject_b.get_untracked(),
            probability: self.probability.get_untracked(),
        }
    }
}

/// A stage: its days, subject B and probability can be changed.
#[component]
pub(super) fn StageRow(fields: StageFields, may_edit: bool) -> impl IntoView {
    let StageFields { name, kind, step, template, deals, days, subject_b, probability, .. } = fields;
    let kind_words = match step {
        Some(step) => format!("{} {step}", kind.label()),
        None => kind.label().to_owned(),
    };
    let days_field = if kind.is_closed() {
        view! { <span class="faint num">"–"</span> }.into_any()
    } else {
        number(format!("Days of {name}"), days, may_edit).into_any()
    };
    let mail = if template.is_empty() {
        view! { <span class="faint">"No mail"</span> }.into_any()
    } else {
        let label = format!("Subject B of {name}");
        view! {
            <span class="stack stack--tight">
                <span>{template}</span>
                <input
                    class="input input--small"
                    aria-label=label
                    placeholder="One subject for all"
                    maxlength="200"
                    disabled=!may_edit
                    value=subject_b.get_untracked()
                    prop:value=move || subject_b.get()
                    on:input=move |event| subject_b.set(event_target_value(&event))
                />
            </span>
        }
        .into_any()
    };
    let count = if deals == 1 { "1 deal".to_owned() } else { format!("{deals} deals") };
    view! {
        <li class="stage-row">
            <span></span>
            <span><b>{name.clone()}</b> " " <small class="faint num">{count}</small></span>
            <span>{kind_words}</span>
            {days_field}
            {mail}
            {number(format!("Probability of {name}, per cent"), probability, may_edit)}
            <span></span>
        </li>
    }
}

fn number(label: String, value: RwSignal<String>, may_edit: bool) -> impl IntoView {
    view! {
        <input
            class="input num"
            aria-label=label
            inputmode="numeric"
            maxlength="3"
            disabled=!may_edit
            value=value.get_untracked()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}
