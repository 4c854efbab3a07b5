use domain::mailing::TestOutcome;
use domain::view::brands::{Sending, TestLine};
use leptos::prelude::*;

use super::section::Shown;
use crate::components::{Badge, BadgeKind, IconName, Time};
use crate::pages::settings::connection::connection_panel;
use crate::server_fns::brands::test_account;

/// The last connection test of the saved account, and a button to make another.
#[component]
pub(super) fn ConnectionTest(slug: String, test: Option<TestLine>) -> impl IntoView {
    let state = expect_context::<Shown>();
    let heard = move |line: &TestLine| state.0.update(|sending| *sending = after(sending, line));
    let shown = |found: Option<TestLine>| {
        found.map_or_else(
            || view! { <p class="muted">"Not tested since the account was saved. The test connects and signs in; it sends nothing."</p> }.into_any(),
            |line| result(line).into_any(),
        )
    };
    connection_panel(test, move || test_account(slug.clone()), heard, shown)
}

fn result(line: TestLine) -> impl IntoView {
    let (kind, icon) = match line.outcome {
        TestOutcome::Passed => (BadgeKind::Good, IconName::Check),
        TestOutcome::Unreachable => (BadgeKind::Warning, IconName::Hourglass),
        TestOutcome::Failed => (BadgeKind::Bad, IconName::Alert),
    };
    view! {
        <p class="row row--wrap">
            <Badge kind=kind icon=icon label=line.outcome.label()/>
            <span class="meta"><Time instant=line.at.instant text=line.at.text full=line.at.full/></span>
        </p>
        <p>{line.words}</p>
    }
}

/// What the head of the page says after a test.
fn after(before: &Sending, test: &TestLine) -> Sending {
    match (before, test.outcome) {
        (Sending::Stopped(why), _) => Sending::Stopped(why.clone()),
        (_, TestOutcome::Failed) => {
            Sending::Doubtful(format!("The last connection test failed: {}", test.words))
        }
        (_, TestOutcome::Passed | TestOutcome::Unreachable) => Sending::Works,
    }
}
