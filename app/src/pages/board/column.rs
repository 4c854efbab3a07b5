use domain::DealId;
use domain::pipeline::StageKind;
use domain::view::board::{CardView, NextView};
use leptos::{html, prelude::*};

use super::card::Card;
use super::state::{BoardState, Column};
use super::watch::on_sight;
use crate::components::{Icon, IconName, TierShare, money, use_toasts};

/// The address of a column within the page.
pub fn anchor(key: &str) -> String {
    format!("stage-{key}")
}

/// One stage with its cards.
#[component]
pub fn ColumnView(column: Column, board: BoardState) -> impl IntoView {
    let key = column.key.get_value();
    let name = column.name.get_value();
    let heading = format!("h-{key}");
    view! {
        <li
            class="column"
            class:column--folded=move || column.folded.get()
            class:column--target=move || board.over.get() == Some(column.stage)
            id=anchor(&key)
            data-stage=key
            data-stage-id=column.stage.to_string()
            aria-labelledby=heading
        >
            <Head column=column board=board heading=heading.clone()/>
            <ol class="column__cards" tabindex="0" aria-label=name>
                <Slot column=column board=board/>
                <For each=move || column.cards.get() key=face let:card>
                    <li><Card card=card board=board/></li>
                </For>
                <Foot column=column board=board/>
            </ol>
        </li>
    }
}

/// What makes a card the same card. Without the deal changing times pass, and then its words change, and its mails are
/// opened, and then its tier does.
fn face(card: &CardView) -> (DealId, i64, String) {
    let NextView { what, when, .. } = &card.next;
    let when = when.as_ref().map_or("", |when| if when.overdue { "overdue" } else { when.text.as_str() });
    (card.id, card.version, format!("{} {} {what} {when}", card.tier, card.unverified))
}

/// Where the card in hand would land: on top, because arrivals are.
#[component]
fn Slot(column: Column, board: BoardState) -> impl IntoView {
    let lands = move || {
        let comes = board.held.get().is_some_and(|held| {
            column.cards.with_untracked(|cards| !cards.iter().any(|card| card.id == held))
        });
        board.over.get() == Some(column.stage) && comes
    };
    view! { {move || lands().then(|| view! { <li class="deal-slot" aria-hidden="true"></li> }.into_any())} }
}

#[component]
fn Head(column: Column, board: BoardState, heading: String) -> impl IntoView {
    let name = column.name.get_value();
    let ending = match column.kind {
        StageKind::Won => Some(("column__icon--won", IconName::Won)),
        StageKind::Lost => Some(("column__icon--lost", IconName::Lost)),
        StageKind::Entry | StageKind::Outreach | StageKind::Replied | StageKind::Progress => None,
    };
    let count = move || column.figures.with(|figures| figures.count);
    view! {
        <header class="column__head">
            <div class="column__title">
                {ending.map(|(class, icon)| view! { <span class=class><Icon name=icon size=14/></span> })}
                <h2 id=heading>{name.clone()}</h2>
                <span class="column__count" title=move || format!("{} deals in this stage", count())>{move || count().to_string()}</span>
                <span class="column__tools"><Fold column=column name=name/></span>
            </div>
            <Sums column=column board=board/>
        </header>
    }
}

#[component]
fn Sums(column: Column, board: BoardState) -> impl IntoView {
    let currency = board.currency;
    let sum = move |cents: i64| currency.with_value(|currency| money(cents, currency));
    let value = move || sum(column.figures.with(|figures| figures.value_cents));
    let weighted = move || format!("{} weighted", sum(column.figures.with(|figures| figures.weighted_cents)));
    view! {
        <div class="column__sums">
            <b title="Sum of values">{move || value()}</b>
            <span title="Values × probability of the stage">{move || weighted()}</span>
        </div>
        {move || view! { <TierShare counts=column.figures.with(|figures| figures.tiers.clone())/> }}
    }
}

#[component]
fn Fold(column: Column, name: String) -> impl IntoView {
    let folded = column.folded;
    view! {
        <button
            type="button"
            class="column__tool column__tool--fold"
            aria-label=move || format!("{} {name}", fold_word(folded.get()))
            title=move || fold_word(folded.get())
            aria-expanded=move || if folded.get() { "false" } else { "true" }
            on:click=move |_| {
                folded.update(|folded| *folded = !*folded);
                super::watch::remember_fold(column);
            }
        >
            {move || {
                let icon = if folded.get() { IconName::Expand } else { IconName::Collapse };
                view! { <Icon name=icon size=14/> }
            }}
        </button>
    }
}

const fn fold_word(folded: bool) -> &'static str {
    if folded { "Unfold" } else { "Fold" }
}

/// The end of a column: loads the next cards when it comes into sight, says so when there are none.
#[component]
fn Foot(column: Column, board: BoardState) -> impl IntoView {
    let toasts = use_toasts();
    let end = NodeRef::<html::Li>::new();
    on_sight(end, move || board.load_more(column, toasts));
    let left = move || {
        let loaded = column.cards.with(Vec::len);
        column.figures.with(|figures| figures.count) - i64::try_from(loaded).unwrap_or(0)
    };
    let words = move || {
        if column.loading.get() { "Loading…".to_owned() } else { format!("Show {} more", left().max(1)) }
    };
    let empty = move || {
        if board.filter.with(|filter| filter.is_empty()) {
            "No deal is in this stage."
        } else {
            "No deal here passes the filter."
        }
    };
    view! {
        {move || column.cards.with(Vec::is_empty).then(|| view! { <li class="column__empty">{move || empty()}</li> }.into_any())}
        <Show when=move || column.next.with(Option::is_some)>
            <li class="column__more" node_ref=end>
                <button
                    type="button"
                    class="button button--quiet button--small button--wide"
                    on:click=move |_| board.load_more(column, toasts)
                >
                    {move || words()}
                </button>
            </li>
        </Show>
    }
}
