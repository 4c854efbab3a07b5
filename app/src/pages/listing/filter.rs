use leptos::prelude::*;

use super::ListAddress;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Sheet};
use crate::layouts::{use_frame, use_links};

/// A choice of one value of the address; the first line takes the filter off.
#[component]
pub fn FilterSelect(
    /// The value's name in the address.
    name: &'static str,
    /// "Tier".
    label: &'static str,
    /// Words of the first line: "Any tier".
    any: &'static str,
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let address = ListAddress::here();
    let change = address.changer();
    let current = Memo::new(move |_| address.value(name));
    let first = current.get_untracked();
    let options = choices
        .into_iter()
        .map(|(value, words)| {
            let selected = value == first;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_any();
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select
                class="select"
                name=name
                prop:value=move || current.get()
                on:change=move |event| change(&[(name, &event_target_value(&event))])
            >
                <option value="">{any}</option>
                {options}
            </select>
        </label>
    }
}

/// A day of the address; none takes the filter off.
#[component]
pub fn FilterDay(
    /// The value's name in the address.
    name: &'static str,
    /// "From".
    label: &'static str,
) -> impl IntoView {
    let address = ListAddress::here();
    let change = address.changer();
    let current = Memo::new(move |_| address.value(name));
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="input"
                type="date"
                name=name
                value=current.get_untracked()
                prop:value=move || current.get()
                on:change=move |event| change(&[(name, &event_target_value(&event))])
            />
        </label>
    }
}

/// A button that opens the filters of a table beside it (from below on a phone), with how many are on.
#[component]
pub fn FilterMenu(
    /// Names in the address that count as filters here.
    names: &'static [&'static str],
    children: Children,
) -> impl IntoView {
    let address = ListAddress::here();
    let change = address.changer();
    let open = RwSignal::new(false);
    let active = Memo::new(move |_| names.iter().filter(|name| !address.value(name).is_empty()).count());
    let label = move || match active.get() {
        0 => "Filter".to_owned(),
        count => format!("Filter · {count}"),
    };
    let clear = move |_| {
        let none: Vec<(&'static str, &str)> = names.iter().map(|name| (*name, "")).collect();
        change(&none);
        open.set(false);
    };
    let foot: Children = Box::new(move || {
        view! {
            <button type="button" class="button" on:click=clear>"Take all off"</button>
            <button type="button" class="button button--primary" on:click=move |_| open.set(false)>"Done"</button>
        }
        .into_any()
    });
    view! {
        <button type="button" class="button button--small" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <Icon name=IconName::Filter/>
            {move || label()}
        </button>
        <Sheet id="filters" title="Filter" open=open foot=foot><div class="form">{children()}</div></Sheet>
    }
}

/// The active pipelines of the chosen brands: id and name, with the brand's name before it when there are several.
pub fn pipeline_choices() -> Vec<(String, String)> {
    let chosen = use_links().accent().get_untracked();
    let several = chosen == "all";
    let brands = use_frame()
        .with_untracked(|frame| frame.as_ref().map(|frame| frame.brands.clone()).unwrap_or_default());
    let mut choices = Vec::new();
    for brand in brands.into_iter().filter(|brand| several || brand.slug == chosen) {
        for pipeline in brand.pipelines {
            let words = if several { format!("{} · {}", brand.name, pipeline.name) } else { pipeline.name };
            choices.push((pipeline.id.to_string(), words));
        }
    }
    choices
}
