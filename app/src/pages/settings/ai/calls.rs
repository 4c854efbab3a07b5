use domain::view::ai::{AiState, AiToday};
use leptos::prelude::*;

use crate::components::{Badge, BadgeKind, IconName, Notice, NoticeKind, Time};

/// Today's calls, and whether replies are shown to the AI at all.
#[component]
pub(super) fn Calls(state: AiState) -> impl IntoView {
    let (kind, icon, word, words) = look(&state);
    let AiToday { answered, failed, allowed, tokens, last_error, .. } = state.today;
    let resting = state.resting_until.map(|until| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>"Nothing is asked before " <Time instant=until.instant text=until.text full=until.full/> ": the server could not be reached, or asked for patience. A test that goes well ends the wait."</p>
            </Notice>
        }
    });
    let error = last_error.map(|words| {
        view! { <Notice kind=NoticeKind::Warning><p>"The last call that failed today: " {words}</p></Notice> }
    });
    view! {
        <section class="panel">
            <header class="panel__head"><h2>"Today"</h2></header>
            <div class="panel__body stack">
                <p class="row row--wrap"><Badge kind=kind icon=icon label=word/><span>{words}</span></p>
                {resting}
                {error}
                <dl class="health-facts">
                    <div><dt>"Answered"</dt><dd class="num">{answered}</dd></div>
                    <div><dt>"Failed"</dt><dd class="num">{failed}</dd></div>
                    <div><dt>"Calls allowed"</dt><dd class="num">{allowed}</dd></div>
                    <div><dt>"Tokens"</dt><dd class="num">{tokens}</dd></div>
                </dl>
            </div>
        </section>
    }
}

fn look(state: &AiState) -> (BadgeKind, IconName, &'static str, &'static str) {
    if !state.enabled {
        (BadgeKind::Neutral, IconName::Pause, "Off", "Rules alone read the replies.")
    } else if state.resting_until.is_some() {
        (BadgeKind::Warning, IconName::Hourglass, "Resting", "For now, rules alone read the replies.")
    } else if state.today.is_used_up {
        let words = "Today’s calls are used up: rules alone read the replies until midnight.";
        (BadgeKind::Warning, IconName::Hourglass, "Used up", words)
    } else {
        (BadgeKind::Good, IconName::Check, "On", "Replies that the rules are unsure of are shown to the AI.")
    }
}
