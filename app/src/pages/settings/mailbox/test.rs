use leptos::prelude::*;

use crate::components::{Badge, BadgeKind, Button, IconName, Notice, NoticeKind};
use crate::server_fns::mailboxes::test_mailbox;

/// A connection test of the saved account.
#[component]
pub(super) fn ConnectionTest(slug: String) -> impl IntoView {
    let (found, problem) = (RwSignal::new(None), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let run = move |()| {
        let slug = slug.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = test_mailbox(slug).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(result) => {
                    let _ = problem.try_set(None);
                    let _ = found.try_set(Some(result));
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    let result = move || {
        match found.get() {
        None => view! { <p class="muted">"Signs in to the saved account and opens its folder. It reads no mail."</p> }
            .into_any(),
        Some(result) => {
            let (kind, icon, word) = if result.passed {
                (BadgeKind::Good, IconName::Check, "Works")
            } else {
                (BadgeKind::Bad, IconName::Alert, "Doesn’t work")
            };
            view! { <p class="row row--wrap"><Badge kind=kind icon=icon label=word/><span>{result.words}</span></p> }
                .into_any()
        }
    }
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
