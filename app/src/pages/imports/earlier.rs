use domain::import::ImportStatus;
use domain::view::import::ImportLine;
use leptos::prelude::*;

use super::counts::figure;
use crate::any::CollectAny;
use crate::components::{Column, DataTable, EmptyState, IconName, StatusBadge, Time};
use crate::layouts::use_links;
use crate::paths;

/// What was imported before, newest first.
#[component]
pub fn Earlier(imports: Vec<ImportLine>) -> impl IntoView {
    let content = if imports.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Import
                title="Nothing imported yet"
                text="Each file you import is listed here with its counts and errors."
                small=true
            />
        }
        .into_any()
    } else {
        let columns = vec![
            Column::text("File"),
            Column::text("Pipeline"),
            Column::number("Rows"),
            Column::number("New"),
            Column::number("Errors"),
            Column::text("By"),
            Column::text("When"),
        ];
        view! {
            <div class="panel">
                <DataTable caption="Earlier imports" columns=columns inset=true>
                    {imports.into_iter().map(line).collect_any()}
                </DataTable>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="section">
            <header class="section__head"><h2>"Earlier imports"</h2></header>
            {content}
        </section>
    }
}

fn line(import: ImportLine) -> impl IntoView {
    let links = use_links();
    let path = paths::import(import.id);
    let into = import
        .pipeline
        .map_or_else(|| import.brand.clone(), |pipeline| format!("{} · {pipeline}", import.brand));
    let badge = (import.status != ImportStatus::Done).then(|| view! { " " <StatusBadge of=import.status/> });
    view! {
        <tr>
            <th scope="row" data-phone="title">
                <a class="table__link" href=move || links.to(&path)>{import.file_name}</a>
                {badge}
            </th>
            <td data-phone="sub">{into}</td>
            <td class="num" data-phone="end">{figure(import.rows)}</td>
            <td class="num">{figure(import.created)}</td>
            <td class="num">{figure(import.errors)}</td>
            <td>{import.author.unwrap_or_else(|| "Command line".to_owned())}</td>
            <td class="num" data-phone="sub-end"><Time instant=import.instant text=import.at/></td>
        </tr>
    }
}
