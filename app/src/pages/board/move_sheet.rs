use domain::pipeline::StageKind;
use leptos::prelude::*;

use super::state::{BoardState, Column, Question};
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Sheet, use_toasts};

/// "Move to…": every stage as a row that a thumb can hit. The equivalent of dragging.
#[component]
pub fn MoveSheet(board: BoardState) -> impl IntoView {
    let open = board.asks(|question| matches!(question, Question::WhereTo(_)));
    let title = Signal::derive(move || {
        let name = board.asking.with(|asking| asking.as_ref().map(Question::name));
        name.map_or_else(|| "Move to…".to_owned(), |name| format!("Move {name} to…"))
    });
    let rows = board
        .all()
        .into_iter()
        .zip(1_u32..)
        .map(|(column, number)| view! { <li><Row column=column number=number board=board open=open/></li> })
        .collect_any();
    view! { <Sheet id="move-sheet" title=title open=open><ul class="choice-list">{rows}</ul></Sheet> }
}

#[component]
fn Row(column: Column, number: u32, board: BoardState, open: RwSignal<bool>) -> impl IntoView {
    let toasts = use_toasts();
    let choose = move |_| {
        if let Some(Question::WhereTo(card)) = board.asking.get_untracked() {
            open.set(false);
            board.request_move(card.id, column.stage, toasts);
        }
    };
    let end = move || {
        if is_here(board, column) {
            "is here".to_owned()
        } else {
            column.figures.with(|figures| figures.count).to_string()
        }
    };
    let step = match column.kind {
        StageKind::Won => {
            view! { <span class="choice__step choice__step--won"><Icon name=IconName::Check size=12/></span> }.into_any()
        }
        StageKind::Lost => {
            view! { <span class="choice__step choice__step--lost"><Icon name=IconName::Close size=12/></span> }.into_any()
        }
        StageKind::Entry | StageKind::Outreach | StageKind::Replied | StageKind::Progress => {
            view! { <span class="choice__step">{number}</span> }.into_any()
        }
    };
    view! {
        <button
            type="button"
            class="choice"
            data-move-to=column.key.get_value()
            aria-current=move || is_here(board, column).then_some("true")
            disabled=move || is_here(board, column)
            on:click=choose
        >
            {step}
            {column.name.get_value()}
            <span class="choice__end">{move || end()}</span>
        </button>
    }
}

/// Whether the card that is asked about is in this column.
fn is_here(board: BoardState, column: Column) -> bool {
    board.asking.with(|asking| matches!(asking, Some(Question::WhereTo(card)) if card.stage == column.stage))
}
