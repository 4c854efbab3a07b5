use domain::view::listing::ListQuery;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use crate::components::{Column, SortOrder};

/// The address of a table: it holds every filter, so that a view can be shared and the back button works.
#[derive(Clone, Copy)]
pub struct ListAddress {
    path: Memo<String>,
    query: Memo<ParamsMap>,
}

/// Where a page begins: forgotten whenever a filter or the order changes.
const PLACE: [&str; 3] = ["after", "before", "row"];

impl ListAddress {
    /// The current address.
    pub fn here() -> Self {
        Self { path: use_location().pathname, query: use_query_map() }
    }

    /// What the server is asked for.
    pub fn list_query(self) -> ListQuery {
        self.query.with(|query| ListQuery::from_query(|name| query.get(name)))
    }

    /// A value of the query; empty when it isn't there.
    pub fn value(self, name: &str) -> String {
        self.query.with(|query| query.get(name).unwrap_or_default())
    }

    /// This address with some values changed (empty: taken out), from its first page.
    pub fn with(self, changes: &[(&'static str, &str)]) -> String {
        self.query.with(|query| self.path.with(|path| changed(path, query, changes)))
    }

    /// A column's head: a link that sorts by it, falling when it is sorted by rising already.
    pub fn sorted(self, column: Column, name: &'static str, by_default: Option<SortOrder>) -> Column {
        let current = self.value("sort");
        let (sorted_by, falling) =
            current.strip_prefix('-').map_or((current.as_str(), false), |name| (name, true));
        let order = match (sorted_by, falling) {
            ("", _) => by_default,
            (by, false) if by == name => Some(SortOrder::Ascending),
            (by, true) if by == name => Some(SortOrder::Descending),
            _ => None,
        };
        let next = match order {
            Some(SortOrder::Ascending) => format!("-{name}"),
            Some(SortOrder::Descending) | None => name.to_owned(),
        };
        column.sorted_by(self.with(&[("sort", &next)]), order)
    }

    /// Goes to this address with some values changed. Only in the browser; take the function while building the view.
    pub fn changer(self) -> impl Fn(&[(&'static str, &str)]) + Clone {
        let navigate = use_navigate();
        move |changes: &[(&'static str, &str)]| {
            let to = untrack(|| self.with(changes));
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    }
}

fn changed(path: &str, query: &ParamsMap, changes: &[(&'static str, &str)]) -> String {
    let mut query = query.clone();
    for name in PLACE.iter().chain(changes.iter().map(|(name, _)| name)) {
        query.remove(name);
    }
    for (name, value) in changes.iter().filter(|(_, value)| !value.is_empty()) {
        query.insert(*name, (*value).to_owned());
    }
    format!("{path}{}", query.to_query_string())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{ParamsMap, changed};

    #[test]
    fn a_changed_filter_starts_at_the_first_page() {
        let mut query = ParamsMap::new();
        for (name, value) in [("status", "won"), ("after", "0198"), ("row", "51"), ("brand", "all")] {
            query.insert(name, value.to_owned());
        }
        assert_eq!(changed("/deals", &query, &[("status", "lost")]), "/deals?brand=all&status=lost");
        assert_eq!(changed("/deals", &query, &[("status", "")]), "/deals?brand=all");
        assert_eq!(
            changed("/deals", &query, &[("after", "0199"), ("row", "101")]),
            "/deals?status=won&brand=all&after=0199&row=101"
        );
    }
}
