use domain::view::ai::AiTest;
use leptos::prelude::*;

use crate::components::{Badge, BadgeKind, IconName, Time};
use crate::pages::settings::connection::connection_panel;
use crate::server_fns::ai::test_ai;

/// A test of the saved account.
#[component]
pub(super) fn Test(slug: String, last: Option<AiTest>) -> impl IntoView {
    connection_panel(last, move || test_ai(slug.clone()), |_| {}, shown)
}

fn shown(found: Option<AiTest>) -> AnyView {
    let Some(result) = found else {
        return view! { <p class="muted">"Asks the saved account one tiny question, about nobody’s mail. It counts as a call."</p> }
            .into_any();
    };
    let (kind, icon, word) = if result.passed {
        (BadgeKind::Good, IconName::Check, "Works")
    } else {
        (BadgeKind::Bad, IconName::Alert, "Doesn’t work")
    };
    let at = result.at;
    view! {
        <p class="row row--wrap">
            <Badge kind=kind icon=icon label=word/>
            <span>{result.words}</span>
            <span class="muted"><Time instant=at.instant text=at.text full=at.full/></span>
        </p>
    }
    .into_any()
}
