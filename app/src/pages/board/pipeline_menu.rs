use domain::view::frame::BrandEntry;
use leptos::prelude::*;

use super::page::address;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Menu, MenuLink};
use crate::layouts::{use_frame, use_links};

/// The name of the pipeline in the top bar, and the others of the brands in sight below it.
#[component]
pub fn PipelineMenu(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] current: Signal<String>,
) -> impl IntoView {
    let (frame, links) = (use_frame(), use_links());
    let entries = move || {
        let chosen = links.brand().get();
        let brands = frame.with(|frame| frame.as_ref().map(|frame| frame.brands.clone()).unwrap_or_default());
        let several = brands.len() > 1;
        brands
            .into_iter()
            .filter(|brand| chosen.is_empty() || chosen == "all" || brand.slug == chosen)
            .map(|brand| view! { <OfBrand brand=brand several=several current=current/> })
            .collect_any()
    };
    let face = move || view! { <span>{move || title.get()}</span><Icon name=IconName::ChevronDown size=14/> };
    view! {
        <div class="topbar__title">
            <Menu id="pipeline-menu" label="Pipeline" class="topbar__switch" face=face>
                {move || entries().into_any()}
            </Menu>
        </div>
    }
}

#[component]
fn OfBrand(brand: BrandEntry, several: bool, current: Signal<String>) -> impl IntoView {
    let (frame, links) = (use_frame(), use_links());
    let title = several.then(|| view! { <p class="menu__title">{brand.name}</p> });
    let slug = brand.slug;
    let lines = brand
        .pipelines
        .into_iter()
        .map(|pipeline| {
            let address = frame.with_untracked(|frame| frame.as_ref().map(|frame| address(frame, &pipeline)));
            let id = pipeline.id.to_string();
            let chosen = Signal::derive(move || current.get() == id);
            let href = untrack(|| links.to(&address.unwrap_or_default()));
            view! { <MenuLink href=href chosen=chosen>{pipeline.name}</MenuLink> }
        })
        .collect_any();
    view! { <div data-brand-group=slug>{title}{lines}</div> }
}
