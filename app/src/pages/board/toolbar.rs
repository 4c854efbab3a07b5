use std::time::Duration;

use domain::pipeline::PipelineMode;
use domain::view::board::{BoardFigures, BoardFilter};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use super::state::BoardState;
use crate::components::{ChipLink, IconName, StatusBadge, money};

/// Waits for a pause in typing.
const TYPING: Duration = Duration::from_millis(250);

/// The filter the address asks for.
pub fn use_filter() -> Memo<BoardFilter> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| BoardFilter::from_query(|name| query.get(name))))
}

/// Quick filters with their counts, and what the pipeline is worth.
#[component]
pub fn Toolbar(board: BoardState, mode: PipelineMode) -> impl IntoView {
    let filter = board.filter;
    let query = use_query_map();
    let path = use_location().pathname;
    let chip = move |name: &'static str,
                     label: &'static str,
                     icon: Option<IconName>,
                     count: fn(&BoardFigures) -> i64| {
        let on = Signal::derive(move || filter.with(|filter| filter.switches().contains(&(name, true))));
        let href = Signal::derive(move || {
            let mut query = query.get();
            query.remove(name);
            if !on.get() {
                query.insert(name, "1".to_owned());
            }
            format!("{}{}", path.get(), query.to_query_string())
        });
        let count = Signal::derive(move || Some(board.figures.with(count)));
        match icon {
            Some(icon) => {
                view! { <ChipLink label=label href=href current=on count=count icon=icon/> }.into_any()
            }
            None => {
                view! { <ChipLink label=label href=href current=on count=count overdue=name == "overdue"/> }
                    .into_any()
            }
        }
    };
    view! {
        <div class="toolbar" role="toolbar" aria-label="Filters">
            <div class="chips">
                {chip("due", "Due today", None, |figures| figures.due)}
                {chip("overdue", "Overdue", None, |figures| figures.overdue)}
                {chip("hot", "Hot", Some(IconName::Flame), |figures| figures.hot)}
                {chip("blocked", "Blocked", Some(IconName::Lock), |figures| figures.blocked)}
                {chip("mine", "Mine", Some(IconName::User), |figures| figures.mine)}
                <Search filter=filter/>
            </div>
            <div class="toolbar__end not-phone">
                <Worth board=board/>
                <span class="autopilot-mode" title="How far the autopilot goes by itself in this pipeline">
                    "Autopilot "<StatusBadge of=mode/>
                </span>
            </div>
        </div>
    }
}

#[component]
fn Worth(board: BoardState) -> impl IntoView {
    let sum = move |cents: i64| board.currency.with_value(|currency| money(cents, currency));
    view! {
        <span class="toolbar__figures">
            <b>{move || board.figures.with(|figures| figures.open).to_string()}</b>
            " open · "
            <b>{move || sum(board.figures.with(|figures| figures.value_cents))}</b>
            " · "
            {move || sum(board.figures.with(|figures| figures.weighted_cents))}
            " weighted"
        </span>
    }
}

/// Text to look for; in the address, so that it can be shared.
#[component]
fn Search(filter: Memo<BoardFilter>) -> impl IntoView {
    let query = use_query_map();
    let path = use_location().pathname;
    let navigate = StoredValue::new(use_navigate());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let look = move |text: String| {
        let mut query = query.get_untracked();
        query.remove("q");
        if !text.trim().is_empty() {
            query.insert("q", text.trim().to_owned());
        }
        let address = format!("{}{}", path.get_untracked(), query.to_query_string());
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        let _ = navigate.try_with_value(|navigate| navigate(&address, options));
    };
    let typed = move |text: String| {
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        timer.set_value(set_timeout_with_handle(move || look(text), TYPING).ok());
    };
    view! {
        <input
            class="input chips__search"
            type="search"
            name="q"
            placeholder="Name or company"
            aria-label="Show only deals with this name, company or address"
            autocomplete="off"
            value=filter.get_untracked().text
            on:input=move |event| typed(event_target_value(&event))
        />
    }
}
