use domain::view::board::{NextKind, NextView, overdue_words};
use leptos::prelude::*;

use super::state::BoardState;
use crate::components::{Icon, IconName};

/// The picture of a next step.
pub const fn next_icon(kind: NextKind) -> IconName {
    match kind {
        NextKind::Send => IconName::Send,
        NextKind::Wait => IconName::Hourglass,
        NextKind::Close => IconName::Clock,
        NextKind::Person => IconName::User,
        NextKind::Approval => IconName::Check,
        NextKind::Blocked => IconName::Lock,
        NextKind::Paused => IconName::Pause,
        NextKind::Won => IconName::Won,
        NextKind::Lost => IconName::Lost,
    }
}

const fn class(kind: NextKind, overdue: bool) -> &'static str {
    match (kind, overdue) {
        (_, true) => "deal__next deal__next--overdue",
        (NextKind::Blocked, false) => "deal__next deal__next--blocked",
        (NextKind::Person | NextKind::Approval, false) => "deal__next deal__next--person",
        (
            NextKind::Send
            | NextKind::Wait
            | NextKind::Close
            | NextKind::Paused
            | NextKind::Won
            | NextKind::Lost,
            false,
        ) => "deal__next",
    }
}

/// "2 h overdue" by the clock that runs on in the browser; it starts at the server's present, so the first words agree.
fn overdue_text(now: RwSignal<i64>, due: i64) -> impl Fn() -> String + Clone + Send + 'static {
    move || overdue_words(now.get() - due)
}

/// The foot of a card: what comes next, when and why, or what blocks it.
#[component]
pub fn NextStep(next: NextView, board: BoardState) -> impl IntoView {
    let NextView { kind, what, when, why } = next;
    let overdue = when.as_ref().is_some_and(|when| when.overdue);
    let title = if why.is_empty() { what.clone() } else { why };
    let when = when.map(|when| {
        let text = if when.overdue {
            let text = overdue_text(board.now, when.seconds);
            view! { {move || text()} }.into_any()
        } else {
            when.text.into_any()
        };
        view! { " · "<time datetime=when.instant title=when.full>{text}</time> }
    });
    view! {
        <span class=class(kind, overdue) title=title>
            <Icon name=next_icon(kind)/>
            <span>{what}{when}</span>
        </span>
    }
}
