use leptos::prelude::*;

use super::{Icon, IconName};
use crate::any::CollectAny;

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortOrder {
    Ascending,
    Descending,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    label: String,
    class: &'static str,
    hidden: bool,
    sort: Option<(String, Option<SortOrder>)>,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "", hidden: false, sort: None }
    }

    /// A column of numbers, aligned right; its cells carry the class `num`.
    pub fn number(label: impl Into<String>) -> Self {
        Self { class: "num", ..Self::text(label) }
    }

    /// A narrow column whose head only screen readers get: ticks and row actions.
    pub fn tools(label: impl Into<String>) -> Self {
        Self { class: "shrink", hidden: true, ..Self::text(label) }
    }

    /// Makes the head a link that sorts; `order` is how the table is sorted by it now.
    #[must_use]
    pub fn sorted_by(mut self, href: impl Into<String>, order: Option<SortOrder>) -> Self {
        self.sort = Some((href.into(), order));
        self
    }
}

/// A table with its `<thead>` and `<tbody>` (without which browsers rearrange the nodes and hydration fails). Children are
/// `<tr>`s; the first cell is `<th scope="row">` with the link.
#[component]
pub fn DataTable(
    /// What the table shows, for screen readers.
    #[prop(into)]
    caption: String,
    columns: Vec<Column>,
    /// 28 px rows.
    #[prop(optional)]
    compact: bool,
    /// Inside a panel or card: no page margins, the head doesn't stick.
    #[prop(optional)]
    inset: bool,
    /// Stays a table on a phone: for few narrow columns.
    #[prop(optional)]
    keep: bool,
    children: Children,
) -> impl IntoView {
    let mut class = "table".to_owned();
    for (wanted, name) in [(compact, " table--compact"), (inset, " table--inset"), (keep, " table--keep")] {
        if wanted {
            class.push_str(name);
        }
    }
    let heads = columns.into_iter().map(head).collect_any();
    view! {
        <div class="table-wrap">
            <table class=class>
                <caption class="sr-only">{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

fn head(column: Column) -> impl IntoView {
    let Column { label, class, hidden, sort } = column;
    let order = sort.as_ref().and_then(|(_, order)| *order);
    let aria_sort = order.map(|order| match order {
        SortOrder::Ascending => "ascending",
        SortOrder::Descending => "descending",
    });
    let face = match sort {
        Some((href, order)) => {
            let arrow = order.map(|order| match order {
                SortOrder::Ascending => IconName::ArrowUp,
                SortOrder::Descending => IconName::ArrowDown,
            });
            view! { <a class="table__sort" href=href>{label}{arrow.map(|name| view! { <Icon name=name size=12/> })}</a> }
                .into_any()
        }
        None if hidden => view! { <span class="sr-only">{label}</span> }.into_any(),
        None => label.into_any(),
    };
    view! { <th scope="col" class=class aria-sort=aria_sort>{face}</th> }
}
