//! Addresses that keep the brand the person looks at.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::use_frame;

/// Builds addresses inside the application. Take it from [`use_links`].
#[derive(Clone, Copy)]
pub struct Links {
    /// The brand in the address: a slug, `all`, or empty when none was chosen.
    brand: Memo<String>,
    path: Memo<String>,
    /// The brand whose accent colours the frame: a slug, or `all`.
    accent: Memo<String>,
}

impl Links {
    /// `path` with the chosen brand: `/deals?status=won` becomes `/deals?status=won&brand=desifirms`.
    pub fn to(self, path: &str) -> String {
        self.brand.with(|brand| with_brand(path, brand))
    }

    /// The brand filter for server functions: a slug, `all` or empty.
    pub fn brand(self) -> Memo<String> {
        self.brand
    }

    /// A slug, or `all`: what `data-brand` says.
    pub fn accent(self) -> Memo<String> {
        self.accent
    }

    /// The address without its query.
    pub fn path(self) -> Memo<String> {
        self.path
    }

    /// Whether the page at `place` or one below it is open.
    pub fn is_at(self, place: &str) -> bool {
        self.path.with(|path| is_below(path, place))
    }
}

/// Reads the address; called once by the frame.
pub fn provide_links() -> Links {
    let query = use_query_map();
    let path = use_location().pathname;
    let frame = use_frame();
    let brand = Memo::new(move |_| query.with(|query| query.get("brand").unwrap_or_default()));
    let accent = Memo::new(move |_| {
        let chosen = brand.get();
        frame.with(|frame| match frame.as_ref().map(|frame| frame.brands.as_slice()) {
            Some([only]) => only.slug.clone(),
            Some(brands) if brands.iter().any(|entry| entry.slug == chosen) => chosen,
            Some(_) | None => "all".to_owned(),
        })
    });
    let links = Links { brand, path, accent };
    provide_context(links);
    links
}

/// The links of the current frame.
pub fn use_links() -> Links {
    expect_context::<Links>()
}

fn with_brand(path: &str, brand: &str) -> String {
    // What follows the question mark of an address typed by hand is not trusted.
    if brand.is_empty() || !brand.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return path.to_owned();
    }
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}brand={brand}")
}

fn is_below(path: &str, place: &str) -> bool {
    if place == "/" {
        return path == "/";
    }
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{is_below, with_brand};

    #[test]
    fn the_brand_stays_in_the_address() {
        for (path, brand, expected) in [
            ("/deals", "codeteki", "/deals?brand=codeteki"),
            ("/deals?status=won", "all", "/deals?status=won&brand=all"),
            ("/deals", "", "/deals"),
            ("/deals", "x&next=//evil", "/deals"),
        ] {
            assert_eq!(with_brand(path, brand), expected);
        }
    }

    #[test]
    fn a_page_is_below_its_place() {
        for (path, place, expected) in [
            ("/deals/1", "/deals", true),
            ("/dealsx", "/deals", false),
            ("/", "/", true),
            ("/deals", "/", false),
        ] {
            assert_eq!(is_below(path, place), expected, "{path} {place}");
        }
    }
}
