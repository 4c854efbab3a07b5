use domain::view::ai::{AiEdit, AiSaved};
use leptos::prelude::*;

use crate::components::{Button, ErrorSummary, Notice, NoticeKind, TextField, use_toasts};
use crate::layouts::use_refresh;
use crate::pages::settings::errors::Errors;
use crate::pages::settings::server_fields::SecretField;
use crate::server_fns::ai::save_ai_account;

/// What is under somebody's hands.
#[derive(Clone, Copy)]
struct Fields {
    enabled: RwSignal<bool>,
    base_url: RwSignal<String>,
    model: RwSignal<String>,
    key: RwSignal<String>,
    daily_calls: RwSignal<String>,
    errors: Errors,
}

impl Fields {
    fn new(edit: AiEdit) -> Self {
        Self {
            enabled: RwSignal::new(edit.enabled),
            base_url: RwSignal::new(edit.base_url),
            model: RwSignal::new(edit.model),
            key: RwSignal::new(String::new()),
            daily_calls: RwSignal::new(edit.daily_calls),
            errors: Errors::new(),
        }
    }

    /// What is in the fields now.
    fn edit(self) -> AiEdit {
        AiEdit {
            enabled: self.enabled.get_untracked(),
            base_url: self.base_url.get_untracked(),
            model: self.model.get_untracked(),
            key: self.key.get_untracked(),
            daily_calls: self.daily_calls.get_untracked(),
        }
    }
}

/// The settings of the account.
#[component]
pub(super) fn Account(slug: String, edit: AiEdit, key_stored: bool) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let fields = Fields::new(edit);
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        let (slug, edit) = (slug.clone(), fields.edit());
        leptos::task::spawn_local(async move {
            let outcome = save_ai_account(slug, edit).await;
            let _ = busy.try_set(false);
            let _ = problem.try_set(None);
            match outcome {
                Ok(AiSaved::At(time)) => {
                    toasts.good(format!("AI saved {time}."));
                    refresh.now();
                }
                Ok(AiSaved::Errors(found)) => {
                    let _ = fields.errors.0.try_set(found);
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    view! {
        <section class="panel">
            <header class="panel__head"><h2>"Account"</h2></header>
            <form class="panel__body form" novalidate on:submit=save>
                <ErrorSummary errors=fields.errors.0 title="The AI was not saved"/>
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                {enabled(fields)}
                {server(fields)}
                {access(fields, key_stored)}
                <div class="form__foot"><Button submit=true busy=busy>"Save"</Button></div>
            </form>
        </section>
    }
}

fn enabled(fields: Fields) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                id="ai-enabled"
                checked=fields.enabled.get_untracked()
                prop:checked=move || fields.enabled.get()
                on:change=move |event| fields.enabled.set(event_target_checked(&event))
            />
            <span class="check__text"><b>"Ask this AI"</b><small>"While it is off, rules alone read the replies."</small></span>
        </label>
    }
}

fn server(fields: Fields) -> impl IntoView {
    view! {
        <div class="form__row">
            <TextField
                id="ai-base-url"
                label="Base URL"
                kind="url"
                value=fields.base_url
                placeholder="https://api.openai.com/v1"
                error=fields.errors.of("ai-base-url")
                help="Of a server that speaks OpenAI’s chat completions. With http only on this machine or a private address."
                required=true
            />
            <TextField
                id="ai-model"
                label="Model"
                value=fields.model
                autocomplete="off"
                error=fields.errors.of("ai-model")
                help="As the server spells it. A small one will do."
                required=true
            />
        </div>
    }
}

fn access(fields: Fields, key_stored: bool) -> impl IntoView {
    let (stored, about) = if key_stored {
        (Some("Stored, and shown to nobody.".to_owned()), "It is forgotten when the base URL changes.")
    } else {
        (None, "A local server may go without.")
    };
    view! {
        <div class="form__row">
            <SecretField id="ai-key" label="Key" value=fields.key stored=stored about=about errors=fields.errors/>
            <TextField
                id="ai-daily-calls"
                label="Calls a day"
                value=fields.daily_calls
                error=fields.errors.of("ai-daily-calls")
                help="One for each reply asked about, and each test. Used up, the rules alone read until midnight."
                required=true
            />
        </div>
    }
}
