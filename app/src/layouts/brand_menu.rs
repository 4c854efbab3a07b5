use domain::view::frame::BrandEntry;
use leptos::prelude::*;

use super::{use_frame, use_links};
use crate::any::CollectAny;
use crate::components::{Icon, IconName};

/// The brand the person looks at and, for members of several, links to the others.
#[component]
pub(super) fn BrandMenu() -> impl IntoView {
    let frame = use_frame();
    view! {
        {move || {
            let brands = frame.with(|frame| frame.as_ref().map(|frame| frame.brands.clone()).unwrap_or_default());
            match brands.as_slice() {
                [] => ().into_any(),
                [only] => view! { <div class="brand-switch">{face(&only.slug, &only.name)}</div> }.into_any(),
                _ => view! { <Choice brands=brands/> }.into_any(),
            }
        }}
    }
}

#[component]
fn Choice(brands: Vec<BrandEntry>) -> impl IntoView {
    let links = use_links();
    let mut choices: Vec<(String, String)> =
        brands.into_iter().map(|brand| (brand.slug, brand.name)).collect();
    choices.push(("all".to_owned(), "All brands".to_owned()));
    let chosen = {
        let choices = choices.clone();
        move || {
            let accent = links.accent().get();
            choices.iter().find(|(slug, _)| *slug == accent).map(|(slug, name)| face(slug, name))
        }
    };
    let lines = choices
        .into_iter()
        .map(|(slug, name)| {
            let (own, target) = (slug.clone(), slug.clone());
            view! {
                <a
                    class="menu__item"
                    role="menuitemradio"
                    aria-checked=move || if links.accent().with(|accent| *accent == own) { "true" } else { "false" }
                    href=move || format!("{}?brand={target}", links.path().with(|path| overview_of(path)))
                >
                    <span class="brand-mark brand-mark--small" data-brand=slug.clone() aria-hidden="true">
                        {mark(&slug, &name)}
                    </span>
                    {name}
                </a>
            }
        })
        .collect_any();
    view! {
        <button type="button" class="brand-switch" popovertarget="brand-menu" aria-haspopup="menu" title="Change brand">
            {move || chosen()}
            <Icon name=IconName::ChevronsUpDown/>
        </button>
        <div class="menu" id="brand-menu" popover="auto" role="menu" aria-label="Brand">{lines}</div>
    }
}

fn face(slug: &str, name: &str) -> impl IntoView + use<> {
    view! {
        <span class="brand-mark" aria-hidden="true">{mark(slug, name)}</span>
        <span class="brand-switch__name">{name.to_owned()}</span>
    }
}

/// Up to two letters: capitals of the words, or the first two letters of a single one.
fn mark(slug: &str, name: &str) -> String {
    if slug == "all" {
        return "All".to_owned();
    }
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    match (words.next(), words.next()) {
        (Some(first), Some(second)) => {
            [first, second].iter().flat_map(|letter| letter.to_uppercase()).collect()
        }
        (Some(_), None) => name.trim().chars().take(2).flat_map(char::to_uppercase).collect(),
        (None, _) => "?".to_owned(),
    }
}

/// Where another brand is shown from here: a single deal, contact or board belongs to one brand, so its list.
fn overview_of(path: &str) -> String {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match parts.next() {
        None => "/".to_owned(),
        Some("settings") => path.to_owned(),
        Some(first) => format!("/{first}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{mark, overview_of};

    #[test]
    fn a_brand_has_two_letters() {
        for (slug, name, letters) in [
            ("desifirms", "Desi Firms", "DF"),
            ("codeteki", "Codeteki", "CO"),
            ("all", "All brands", "All"),
            ("x", " ", "?"),
        ] {
            assert_eq!(mark(slug, name), letters);
        }
    }

    #[test]
    fn changing_the_brand_leaves_single_records() {
        for (path, overview) in [
            ("/", "/"),
            ("/deals/0198", "/deals"),
            ("/board/sales", "/board"),
            ("/settings/jobs", "/settings/jobs"),
        ] {
            assert_eq!(overview_of(path), overview);
        }
    }
}
