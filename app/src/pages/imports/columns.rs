use crate::any::CollectAny;
use domain::import::Field;
use domain::view::import::ColumnView;
use leptos::prelude::*;

/// What each column is and what it becomes.
#[component]
pub fn Columns(columns: Vec<ColumnView>, mapping: RwSignal<Vec<Field>>) -> impl IntoView {
    let lines =
        columns.into_iter().enumerate().map(|(index, column)| line(index, column, mapping)).collect_any();
    view! {
        <div class="panel">
            <table class="table table--inset mapping">
                <caption class="sr-only">"Columns and what they become"</caption>
                <thead>
                    <tr><th scope="col">"Column"</th><th scope="col">"First rows"</th><th scope="col">"Becomes"</th></tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

fn line(index: usize, column: ColumnView, mapping: RwSignal<Vec<Field>>) -> impl IntoView {
    let id = format!("column-{index}");
    let chosen = move || mapping.with(|mapping| mapping.get(index).copied().unwrap_or(Field::Ignore));
    let first = untrack(chosen);
    let options = Field::ALL
        .iter()
        .map(|field| view! { <option value=field.as_str() selected=*field == first>{field.label()}</option> })
        .collect_any();
    let choose = move |event| {
        if let Ok(field) = event_target_value(&event).parse::<Field>() {
            mapping.update(|mapping| {
                if let Some(place) = mapping.get_mut(index) {
                    *place = field;
                }
            });
        }
    };
    let samples = column.samples.join(" · ");
    let all_samples = samples.clone();
    view! {
        <tr>
            <th scope="row" class="mapping__header" data-phone="title">{column.header.clone()}</th>
            <td class="mapping__sample" data-phone="sub" title=all_samples>{samples}</td>
            <td data-phone="end">
                <label class="sr-only" for=id.clone()>{format!("{} becomes", column.header)}</label>
                <select
                    class="select"
                    id=id
                    data-ignored=move || (chosen() == Field::Ignore).then_some("")
                    prop:value=move || chosen().as_str()
                    on:change=choose
                >
                    {options}
                </select>
            </td>
        </tr>
    }
}
