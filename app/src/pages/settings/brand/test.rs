use domain::mailing::TestOutcome;
use domain::view::brands::{Sending, TestLine};
use leptos::prelude::*;

use super::section::Shown;
use crate::components::{Badge, BadgeKind, Button, IconName, Notice, NoticeKind, Time};
use crate::server_fns::brands::test_account;

/// The last connection test of the saved account, and a button to make another.
#[component]
pub(super) fn ConnectionTest(slug: String, test: Option<TestLine>) -> impl IntoView {
    let state = expect_context::<Shown>();
    let (found, problem) = (RwSignal::new(test), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let run = move |()| {
        let slug = slug.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = test_account(slug).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(line) => {
                    let _ = problem.try_set(None);
                    state.0.update(|sending| *sending = after(sending, &line));
                    let _ = found.try_set(Some(line));
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    let result = move || {
        found.get().map_or_else(
            || view! { <p class="muted">"Not tested since the account was saved. The test connects and signs in; it sends nothing."</p> }.into_any(),
            |line| result(line).into_any(),
        )
    };
    view! {
        <section class="panel">
            <header class="panel__head">
                <h2>"Connection"</h2>
                <span class="push">
                    <Button small=true icon=IconName::Zap busy=busy on_press=run>
                        {move || if busy.get() { "Testing…" } else { "Test the connection" }}
                    </Button>
                </span>
            </header>
            <div class="panel__body stack" role="status">
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                {result}
            </div>
        </section>
    }
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
