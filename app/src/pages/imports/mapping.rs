use domain::view::import::MappingView;
use leptos::prelude::*;

use super::columns::Columns;
use super::options::{Draft, Options};
use super::preview::Preview;
use super::wizard::{Step, Wizard};
use crate::components::{Icon, IconName, Notice, NoticeKind};
use crate::layouts::{use_links, use_refresh};
use crate::pages::listing::grouped;
use crate::server_fns::imports::start_import;

/// The screen on which a person says what the columns are.
#[component]
pub fn Mapping(view: MappingView) -> impl IntoView {
    let (id, rows) = (view.id, view.rows);
    let draft = Draft::of(&view.choice);
    let (links, refresh) = (use_links(), use_refresh());
    let (problem, consent_error) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let start = Action::new(move |_: &()| {
        let choice = draft.choice();
        async move {
            match start_import(id, choice).await {
                // The page shows the progress from now on.
                Ok(()) => refresh.now(),
                Err(error) => problem.set(Some(error.to_string())),
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        if draft.consent.with_untracked(String::is_empty) {
            consent_error.set(Some(
                "Choose one. If it is not known, nothing is sent until a person decides.".to_owned(),
            ));
        } else {
            consent_error.set(None);
            start.dispatch(());
        }
    };
    let guessed = if view.remembered {
        "Check what each column is. The choices are those of your last file with these columns."
    } else {
        "Check what each column is. The guesses come from the headings."
    };
    let head = (view.file_name.clone(), view.summary.clone());
    let columns = view.columns.clone();
    let busy = start.pending();
    view! {
        <div class="page page--reading">
            <header class="page__head">
                <div><h1>"Import contacts"</h1><p>{format!("Into {}. {guessed}", view.brand)}</p></div>
            </header>
            <Wizard at=Step::Columns/>
            <form class="split" novalidate on:submit=submit>
                <div class="stack">
                    <div class="file">
                        <Icon name=IconName::File/>
                        <span><b>{head.0}</b><small>{head.1}</small></span>
                        <a class="button button--small push" href=move || links.to("/imports")>"Other file"</a>
                    </div>
                    <Columns columns=columns mapping=draft.mapping/>
                    <Preview id=id draft=draft rows=rows/>
                </div>
                <div class="split__side">
                    <Options view=view draft=draft consent_error=consent_error/>
                    {move || problem.get().map(|why| view! { <Notice kind=NoticeKind::Error>{why}</Notice> })}
                    <button
                        type="submit"
                        class="button button--primary button--wide"
                        disabled=move || busy.get()
                        aria-busy=move || busy.get().then_some("true")
                    >
                        {format!("Import {} {}", grouped(rows), if rows == 1 { "row" } else { "rows" })}
                    </button>
                </div>
            </form>
        </div>
    }
}
