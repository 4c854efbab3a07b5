use std::time::Duration;

use domain::import::ImportStatus;
use domain::view::import::{ImportView, ProgressView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::counts::count;
use super::errors::ErrorTable;
use super::wizard::{Step, Wizard};
use crate::components::{Icon, IconName, Notice, NoticeKind};
use crate::effect::effect;
use crate::layouts::use_links;
use crate::pages::listing::grouped;
use crate::paths;
use crate::server_fns::imports::{import, start_import_again};

/// How often a running import is asked how far it is.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// A started import: how far it is, what it came to, what went wrong.
#[component]
pub fn Progress(view: ProgressView) -> impl IntoView {
    let file_name = view.file_name.clone();
    let about = view.about.clone();
    let state = RwSignal::new(view);
    keep_asking(state);
    let status = Memo::new(move |_| state.with(|state| state.status));
    view! {
        <div class="page page--reading">
            <header class="page__head"><div><h1>{file_name}</h1><p>{about}</p></div></header>
            <Wizard at=Step::Import/>
            <div class="stack stack--loose">
                {move || match status.get() {
                    ImportStatus::Uploaded | ImportStatus::Queued | ImportStatus::Running => bar(state).into_any(),
                    ImportStatus::Done => finished(state).into_any(),
                    ImportStatus::Failed => stopped(state).into_any(),
                }}
                {move || figures(state)}
                {move || errors(state)}
            </div>
        </div>
    }
}

/// Asks again and again until the import has ended; not while the page is out of sight.
fn keep_asking(state: RwSignal<ProgressView>) {
    let timer = StoredValue::new(None::<IntervalHandle>);
    effect(move || {
        let handle = set_interval_with_handle(
            move || {
                let Some((id, status)) = state.try_with_untracked(|state| (state.id, state.status)) else {
                    return;
                };
                let ended = matches!(status, ImportStatus::Done | ImportStatus::Failed);
                if ended || document().hidden() {
                    return;
                }
                spawn_local(async move {
                    // An answer that doesn't come is asked for again.
                    if let Ok(ImportView::Progress(view)) = import(id).await {
                        let _ = state.try_set(*view);
                    }
                });
            },
            ASK_EVERY,
        );
        timer.set_value(handle.ok());
    });
    on_cleanup(move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    });
}

fn bar(state: RwSignal<ProgressView>) -> impl IntoView {
    let done = move || state.with(|state| state.done.min(state.total));
    let total = move || state.with(|state| state.total);
    let words = move || match state.with(|state| state.status) {
        ImportStatus::Queued => "Waiting for a worker",
        ImportStatus::Uploaded | ImportStatus::Running | ImportStatus::Done | ImportStatus::Failed => {
            "Importing rows"
        }
    };
    let of = move || format!("{} of {}", grouped(done()), grouped(total()));
    view! {
        <section class="panel">
            <div class="panel__body progress">
                <div class="progress__words"><span>{move || words()}</span><b>{move || of()}</b></div>
                <progress value=move || done().to_string() max=move || total().max(1).to_string() aria-label="Rows imported">{move || of()}</progress>
                <p class="meta">"You can leave this page; the import goes on."</p>
            </div>
        </section>
    }
}

fn finished(state: RwSignal<ProgressView>) -> impl IntoView {
    let links = use_links();
    let (board, done) = state.with_untracked(|state| (state.board.clone(), state.done));
    let open = board.map(|(id, name)| {
        let path = paths::board(&id.to_string());
        view! { <a class="button button--primary" href=move || links.to(&path)>{format!("Open {name}")}</a> }
    });
    view! {
        <Notice kind=NoticeKind::Good>
            {format!("All {} rows are done.", grouped(done))}
        </Notice>
        <div class="row">
            {open}
            <a class="button" href=move || links.to("/imports")>"Import another file"</a>
        </div>
    }
}

fn stopped(state: RwSignal<ProgressView>) -> impl IntoView {
    let (id, why) = state.with_untracked(|state| (state.id, state.failure.clone().unwrap_or_default()));
    let problem = RwSignal::new(None::<String>);
    let again = Action::new(move |_: &()| async move {
        match start_import_again(id).await {
            Ok(()) => state.update(|state| state.status = ImportStatus::Queued),
            Err(error) => problem.set(Some(error.to_string())),
        }
    });
    let busy = again.pending();
    view! {
        <Notice kind=NoticeKind::Error>{move || problem.get().unwrap_or_else(|| why.clone())}</Notice>
        <div class="row">
            <button type="button" class="button button--primary" disabled=move || busy.get() on:click=move |_| { again.dispatch(()); }>
                "Start again where it stopped"
            </button>
        </div>
    }
}

fn figures(state: RwSignal<ProgressView>) -> impl IntoView {
    let counts = state.with(|state| state.counts);
    view! {
        <dl class="counts">
            {count("Contacts created", counts.created, None)}
            {count("Deals created", counts.deals, None)}
            {count("Known, changed", counts.updated, None)}
            {count("Known, skipped", counts.skipped, None)}
            {count("Never mail", counts.suppressed, None)}
            {count("Errors", counts.errors, None)}
        </dl>
    }
}

fn errors(state: RwSignal<ProgressView>) -> impl IntoView {
    let (id, errors) = state.with(|state| (state.id, state.errors.clone()));
    let any = !errors.is_empty();
    any.then(|| {
        view! {
            <section class="section">
                <header class="section__head">
                    <h2>"Rows with errors"</h2>
                    <a class="button button--small push" href=format!("/imports/{id}/errors.csv") download="" rel="external">
                        <Icon name=IconName::Download/>
                        "Download as CSV"
                    </a>
                </header>
                <ErrorTable errors=errors/>
            </section>
        }
    })
}
