use domain::view::mailboxes::MailboxTest;
use leptos::prelude::*;

use crate::components::{Badge, BadgeKind, IconName};
use crate::pages::settings::connection::connection_panel;
use crate::server_fns::mailboxes::test_mailbox;

/// A connection test of the saved account.
#[component]
pub(super) fn ConnectionTest(slug: String) -> impl IntoView {
    connection_panel(None, move || test_mailbox(slug.clone()), |_| {}, shown)
}

fn shown(found: Option<MailboxTest>) -> AnyView {
    let Some(result) = found else {
        return view! { <p class="muted">"Signs in to the saved account and opens its folder. It reads no mail."</p> }
            .into_any();
    };
    let (kind, icon, word) = if result.passed {
        (BadgeKind::Good, IconName::Check, "Works")
    } else {
        (BadgeKind::Bad, IconName::Alert, "Doesn’t work")
    };
    view! { <p class="row row--wrap"><Badge kind=kind icon=icon label=word/><span>{result.words}</span></p> }
        .into_any()
}
