use domain::view::listing::ListPage;
use leptos::prelude::*;

use super::{ListAddress, counted, grouped};

/// Rows of a page, as the server cuts them.
const PAGE: i64 = 50;

/// Which rows are shown, and links to those before and after.
#[component]
pub fn Pager(
    first_row: i64,
    last_row: i64,
    /// How many rows there are, in words.
    total: String,
    #[prop(into)] previous: MaybeProp<String>,
    #[prop(into)] next: MaybeProp<String>,
) -> impl IntoView {
    let address = ListAddress::here();
    let place = format!("{}–{} of {}", grouped(first_row), grouped(last_row), total);
    let back = previous.get_untracked().map(|before| {
        let row = (first_row - PAGE).max(1);
        let to = if row == 1 {
            address.with(&[])
        } else {
            address.with(&[("before", &before), ("row", &row.to_string())])
        };
        view! { <a class="button button--small" rel="prev" href=to>"Previous"</a> }
    });
    let on = next.get_untracked().map(|after| {
        let to = address.with(&[("after", &after), ("row", &(last_row + 1).to_string())]);
        view! { <a class="button button--small" rel="next" href=to>"Next"</a> }
    });
    view! {
        <nav class="pager" aria-label="Pages">
            <span>{place}</span>
            <span class="push row">{back} {on}</span>
        </nav>
    }
}

impl<T> From<&ListPage<T>> for PagerProps {
    fn from(page: &ListPage<T>) -> Self {
        Self {
            first_row: page.first_row,
            last_row: page.last_row(),
            total: counted(page),
            previous: page.previous.map(|id| id.to_string()).into(),
            next: page.next.map(|id| id.to_string()).into(),
        }
    }
}
