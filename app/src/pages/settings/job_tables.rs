use domain::view::board::When;
use domain::view::settings::{JobLine, JobOutcome, JobRunLine};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Badge, BadgeKind, Column, DataTable, Icon, IconName, Time};

/// Every job: when it runs, how it last went, and a button to run it.
#[component]
pub(super) fn Timetable(jobs: Vec<JobLine>, may_run: bool, on_run: Callback<String>) -> impl IntoView {
    let columns = vec![
        Column::text("Job"),
        Column::text("When"),
        Column::text("Next"),
        Column::text("Last run"),
        Column::number("Took"),
        Column::text("Result"),
        Column::tools("Actions"),
    ];
    let rows = jobs.into_iter().map(|job| job_line(job, may_run, on_run)).collect_any();
    view! { <div class="panel"><DataTable caption="Jobs" columns=columns inset=true>{rows}</DataTable></div> }
}

fn job_line(job: JobLine, may_run: bool, on_run: Callback<String>) -> impl IntoView {
    let none = || view! { <span class="zero">"–"</span> };
    let next = job.next.map_or_else(|| none().into_any(), |at| moment(at).into_any());
    let (last, took, result) = match job.last {
        Some(run) => {
            let badge = outcome(run.outcome, run.result.clone()).into_any();
            (moment(run.started).into_any(), run.took.into_any(), badge)
        }
        None => {
            (none().into_any(), none().into_any(), view! { <span class="faint">"Not yet"</span> }.into_any())
        }
    };
    let name = job.name;
    let button = (may_run && job.can_run).then(|| {
        view! {
            <button
                type="button"
                class="button button--quiet button--small"
                on:click=move |_| on_run.run(name.clone())
            >
                <Icon name=IconName::Play/>
                "Run now"
            </button>
        }
    });
    view! {
        <tr>
            <th scope="row" data-phone="title">{job.title}</th>
            <td class="table__sub" data-phone="sub">{job.timetable}</td>
            <td>{next}</td>
            <td>{last}</td>
            <td class="num">{took}</td>
            <td class="clip" data-phone="end">{result}</td>
            <td class="shrink" data-phone="sub-end">{button}</td>
        </tr>
    }
}

/// What ran lately.
#[component]
pub(super) fn Runs(runs: Vec<JobRunLine>) -> impl IntoView {
    if runs.is_empty() {
        return view! { <p class="muted">"Nothing has run yet."</p> }.into_any();
    }
    let columns = vec![
        Column::text("Run"),
        Column::text("Started by"),
        Column::text("At"),
        Column::number("Took"),
        Column::text("Result"),
    ];
    let rows = runs.into_iter().map(run_line).collect_any();
    view! {
        <section class="section">
            <header class="section__head"><h2>"Last runs"</h2></header>
            <div class="panel"><DataTable caption="Last runs" columns=columns inset=true compact=true>{rows}</DataTable></div>
        </section>
    }
    .into_any()
}

fn run_line(run: JobRunLine) -> impl IntoView {
    let class = matches!(run.outcome, JobOutcome::Failed).then_some("job-error");
    view! {
        <tr>
            <th scope="row" data-phone="title">{run.title}</th>
            <td class="table__sub" data-phone="sub">{run.trigger}</td>
            <td data-phone="end">{moment(run.started)}</td>
            <td class="num">{run.took}</td>
            <td class="clip" data-phone="sub-end"><span class=class>{run.result}</span></td>
        </tr>
    }
}

fn moment(at: When) -> impl IntoView {
    view! { <Time instant=at.instant text=at.text full=at.full/> }
}

fn outcome(outcome: JobOutcome, result: String) -> impl IntoView {
    let (kind, icon, words) = match outcome {
        JobOutcome::Running => (BadgeKind::Info, IconName::Hourglass, "Running".to_owned()),
        JobOutcome::Done => (BadgeKind::Good, IconName::Check, result.clone()),
        JobOutcome::Failed => (BadgeKind::Bad, IconName::Alert, "Failed".to_owned()),
    };
    view! { <span title=result><Badge kind=kind icon=icon label=words/></span> }
}
