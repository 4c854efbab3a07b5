use domain::import::{DuplicateMode, Field};
use domain::view::import::{ConsentAnswer, ImportChoice, MappingView};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{SelectField, TextField};

/// What a person is choosing.
#[derive(Clone, Copy)]
pub struct Draft {
    pub mapping: RwSignal<Vec<Field>>,
    pub duplicates: RwSignal<DuplicateMode>,
    /// Id; blank: no deals.
    pub pipeline: RwSignal<String>,
    /// Stored form of the answer; blank: not answered.
    pub consent: RwSignal<String>,
    evidence: RwSignal<String>,
    source: RwSignal<String>,
    tags: RwSignal<String>,
}

impl Draft {
    pub fn of(choice: &ImportChoice) -> Self {
        Self {
            mapping: RwSignal::new(choice.mapping.clone()),
            duplicates: RwSignal::new(choice.duplicates),
            pipeline: RwSignal::new(choice.pipeline.map(|id| id.to_string()).unwrap_or_default()),
            consent: RwSignal::new(
                choice.consent.map(|answer| answer.as_str().to_owned()).unwrap_or_default(),
            ),
            evidence: RwSignal::new(choice.evidence.clone()),
            source: RwSignal::new(choice.source.clone()),
            tags: RwSignal::new(choice.tags.clone()),
        }
    }

    /// What decides about rows; tracked, so that the preview follows it.
    pub fn rows_choice(self) -> ImportChoice {
        ImportChoice {
            mapping: self.mapping.get(),
            duplicates: self.duplicates.get(),
            pipeline: self.pipeline.with(|id| id.parse().ok()),
            consent: None,
            evidence: String::new(),
            source: String::new(),
            tags: String::new(),
        }
    }

    /// Everything, for the start.
    pub fn choice(self) -> ImportChoice {
        untrack(|| ImportChoice {
            consent: self.consent.with(|answer| answer.parse::<ConsentAnswer>().ok()),
            evidence: self.evidence.get(),
            source: self.source.get(),
            tags: self.tags.get(),
            ..self.rows_choice()
        })
    }
}

/// Pipeline, known contacts, consent, source and tags.
#[component]
pub fn Options(view: MappingView, draft: Draft, consent_error: RwSignal<Option<String>>) -> impl IntoView {
    let mut pipelines = vec![(String::new(), "No deals".to_owned())];
    pipelines.extend(view.pipelines.iter().map(|pipeline| (pipeline.id.to_string(), pipeline.name.clone())));
    let entries = StoredValue::new(view.pipelines);
    let where_deals_go = move || {
        let chosen = draft.pipeline.get();
        let entry = entries.with_value(|entries| {
            entries.iter().find(|entry| entry.id.to_string() == chosen).map(|entry| entry.entry.clone())
        });
        match entry {
            Some(entry) => format!("One deal per new contact, in {entry}."),
            None => "Contacts only; deals can be made later.".to_owned(),
        }
    };
    let mut answers = vec![(String::new(), "Choose…".to_owned())];
    answers.extend(
        ConsentAnswer::ALL.iter().map(|answer| (answer.as_str().to_owned(), answer.label().to_owned())),
    );
    view! {
        <section class="panel">
            <header class="panel__head"><h2>"Options"</h2></header>
            <div class="panel__body form">
                <div>
                    <SelectField id="pipeline" label="Create deals in" choices=pipelines value=draft.pipeline/>
                    <p class="field__help">{move || where_deals_go()}</p>
                </div>
                <fieldset class="stack stack--tight">
                    <legend class="field__label">"Known contacts"</legend>
                    {DuplicateMode::ALL.iter().map(|mode| radio(*mode, draft.duplicates)).collect_any()}
                </fieldset>
                <SelectField
                    id="consent"
                    label="Why may we write to them?"
                    choices=answers
                    value=draft.consent
                    error=Signal::derive(move || consent_error.get())
                    required=true
                    help="For rows that don’t say it themselves."
                />
                <TextField
                    id="evidence"
                    label="Where can that be checked?"
                    value=draft.evidence
                    optional=true
                    help="A web address or a note."
                />
                <TextField id="source" label="Source" value=draft.source optional=true/>
                <TextField id="tags" label="Tags" value=draft.tags optional=true help="Separated by commas, for every row."/>
            </div>
        </section>
    }
}

fn radio(mode: DuplicateMode, chosen: RwSignal<DuplicateMode>) -> impl IntoView {
    let checked = untrack(|| chosen.get()) == mode;
    view! {
        <label class="check">
            <input
                type="radio"
                name="duplicates"
                value=mode.as_str()
                checked=checked
                prop:checked=move || chosen.get() == mode
                on:change=move |_| chosen.set(mode)
            />
            <span class="check__text">{mode.label()}</span>
        </label>
    }
}
