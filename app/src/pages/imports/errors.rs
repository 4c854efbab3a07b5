use crate::any::CollectAny;
use domain::view::import::ErrorLine;
use leptos::prelude::*;

/// Rows that can't be imported, with the reason.
#[component]
pub fn ErrorTable(errors: Vec<ErrorLine>) -> impl IntoView {
    let lines = errors
        .into_iter()
        .map(|error| {
            let column = if error.column.is_empty() { "The whole row".to_owned() } else { error.column };
            view! {
                <tr>
                    <th scope="row" class="num" data-phone="end">{error.row}</th>
                    <td data-phone="sub">{column}</td>
                    <td class="grow" data-phone="title">{error.reason}</td>
                </tr>
            }
        })
        .collect_any();
    view! {
        <div class="panel">
            <table class="table table--inset">
                <caption class="sr-only">"Errors"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num shrink">"Row"</th>
                        <th scope="col">"Column"</th>
                        <th scope="col" class="grow">"Reason"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}
