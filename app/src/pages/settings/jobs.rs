use domain::view::settings::{JobOutcome, JobRunLine, JobsView};
use leptos::prelude::*;

use super::SettingsPage;
use super::job_tables::{Runs, Timetable};
use crate::any::CollectAny;
use crate::components::{Load, Notice, NoticeKind, use_toasts};
use crate::layouts::use_refresh;
use crate::server_fns::settings::{jobs, run_job};
use crate::wire::blocking;

/// What runs by itself, and how it went.
#[component]
pub fn Jobs() -> impl IntoView {
    let refresh = use_refresh();
    let view = blocking(move || refresh.track(), |_| jobs());
    view! {
        <SettingsPage title="Jobs">
            <header class="page__head">
                <div><h1>"Jobs"</h1><p>"What runs by itself, in Sydney time; a worker carries it out."</p></div>
            </header>
            <Load resource=view let:view><Content view=view/></Load>
        </SettingsPage>
    }
    .into_any()
}

#[component]
fn Content(view: JobsView) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let start = Callback::new(move |job: String| {
        leptos::task::spawn_local(async move {
            match run_job(job).await {
                Ok(()) => {
                    toasts.good("Started: a worker takes it within seconds.");
                    // A short job is over by then, and a long one shows as running.
                    set_timeout(move || refresh.now(), std::time::Duration::from_secs(3));
                }
                Err(error) => toasts.problem(error.to_string()),
            }
        });
    });
    let failed: Vec<JobRunLine> = view
        .jobs
        .iter()
        .filter_map(|job| job.last.clone())
        .filter(|run| run.outcome == JobOutcome::Failed)
        .collect();
    let failed = failed
        .into_iter()
        .map(|run| {
            let words = format!("{} failed {}. ", run.title, run.started.text);
            view! { <Notice kind=NoticeKind::Warning><b>{words}</b>{run.result}</Notice> }
        })
        .collect_any();
    view! {
        {failed}
        <Timetable jobs=view.jobs may_run=view.may_run on_run=start/>
        <Runs runs=view.runs/>
    }
}
