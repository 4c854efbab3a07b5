use domain::ImportId;
use domain::import::DuplicateMode;
use domain::view::import::{PreviewRow, PreviewView};
use leptos::prelude::*;

use super::counts::count;
use super::errors::ErrorTable;
use super::options::Draft;
use crate::any::CollectAny;
use crate::components::{Column, DataTable, Load, Notice, NoticeKind};
use crate::error::AppError;
use crate::pages::listing::grouped;
use crate::server_fns::imports::preview_import;
use crate::wire::loading;

/// What would happen with the present choice; follows it.
#[component]
pub fn Preview(
    id: ImportId,
    draft: Draft,
    /// Rows of the file.
    rows: i64,
) -> impl IntoView {
    let choice = Memo::new(move |_| draft.rows_choice());
    let preview = loading(move || choice.get(), move |choice| preview_import(id, choice));
    let waiting = || view! { <p class="loading" role="status">"Checking the rows…"</p> };
    view! {
        <Load resource=preview waiting=waiting problem=problem let:preview>
            {outcome(preview, rows, draft.duplicates.get_untracked())}
        </Load>
    }
}

fn problem(error: AppError) -> AnyView {
    let (kind, why) = match error {
        AppError::Invalid(why) => (NoticeKind::Warning, why),
        error => (NoticeKind::Error, error.to_string()),
    };
    view! { <Notice kind=kind>{why}</Notice> }.into_any()
}

fn outcome(preview: PreviewView, rows: i64, mode: DuplicateMode) -> impl IntoView {
    let PreviewView { checked, counts, first, errors } = preview;
    let known = match mode {
        DuplicateMode::Skip => "skipped",
        DuplicateMode::FillBlanks => "blanks filled",
        DuplicateMode::Overwrite => "overwritten",
    };
    let scope = if checked < rows {
        format!("The first {} of {} rows", grouped(checked), grouped(rows))
    } else {
        format!("All {} rows", grouped(checked))
    };
    let has_errors = !errors.is_empty();
    view! {
        <section class="section" aria-live="polite">
            <header class="section__head"><h2>"What will happen"</h2><span class="meta">{scope}</span></header>
            <dl class="counts">
                {count("New contacts", counts.created, None)}
                {count("Known already", counts.updated + counts.skipped, Some(known))}
                {count("Never mail", counts.suppressed, Some("kept, not mailed"))}
                {count("Errors", counts.errors, Some("left out"))}
                {count("Deals", counts.deals, None)}
            </dl>
        </section>
        <FirstRows rows=first/>
        {has_errors.then(|| view! {
            <section class="section">
                <header class="section__head"><h2>"First errors"</h2></header>
                <ErrorTable errors=errors/>
            </section>
        })}
    }
}

/// The first rows as they would be stored.
#[component]
fn FirstRows(rows: Vec<PreviewRow>) -> impl IntoView {
    let columns = vec![
        Column::text("Email"),
        Column::text("Name"),
        Column::text("Company"),
        Column::text("Phone"),
        Column::text("Time zone"),
    ];
    let any = !rows.is_empty();
    any.then(|| {
        view! {
            <section class="section">
                <header class="section__head"><h2>"As they will be stored"</h2></header>
                <div class="panel">
                    <DataTable caption="The first rows as they will be stored" columns=columns inset=true>
                        {rows.into_iter().map(line).collect_any()}
                    </DataTable>
                </div>
            </section>
        }
    })
}

fn line(row: PreviewRow) -> impl IntoView {
    let cell = |text: String| {
        if text.is_empty() { view! { <span class="zero">"–"</span> }.into_any() } else { text.into_any() }
    };
    let zone = if row.time_zone.is_empty() { "The brand’s".to_owned() } else { row.time_zone };
    view! {
        <tr>
            <th scope="row" class="clip" data-phone="title">{row.email}</th>
            <td class="clip" data-phone="sub">{cell(row.name)}</td>
            <td class="clip" data-phone="end">{cell(row.company)}</td>
            <td class="nowrap">{cell(row.phone)}</td>
            <td class="nowrap" data-phone="sub-end">{zone}</td>
        </tr>
    }
}
