use std::future::Future;

use leptos::prelude::*;

use crate::components::{Button, IconName, Notice, NoticeKind};
use crate::error::AppError;

/// A connection test of a saved account: a button, and what the last test found. `last` is the one known so far, `test`
/// makes another, `heard` is told of it, and `shown` draws it.
pub(super) fn connection_panel<Found, Testing>(
    last: Option<Found>,
    test: impl Fn() -> Testing + Clone + Send + Sync + 'static,
    heard: impl Fn(&Found) + Clone + Send + Sync + 'static,
    shown: impl Fn(Option<Found>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    Found: Clone + Send + Sync + 'static,
    Testing: Future<Output = Result<Found, AppError>> + 'static,
{
    let (found, problem) = (RwSignal::new(last), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let run = move |()| {
        let (test, heard) = (test.clone(), heard.clone());
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = test().await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(result) => {
                    let _ = problem.try_set(None);
                    heard(&result);
                    let _ = found.try_set(Some(result));
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
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
                {move || shown(found.get())}
            </div>
        </section>
    }
}
