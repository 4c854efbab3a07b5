use domain::view::today::{DayFigures, PlannedTodo, TodayView};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Icon, IconName, StatusBadge, Time};
use crate::paths;

/// Beside the list: how the day goes, how yesterday went, and what the autopilot has before it.
#[component]
pub(super) fn Figures(view: TodayView) -> impl IntoView {
    let TodayView { planned, next_run, today, yesterday, .. } = view;
    let plan = if planned.is_empty() {
        view! { <div class="panel__body"><p class="muted">"Nothing is due before the day ends."</p></div> }
            .into_any()
    } else {
        view! { <ul class="link-list">{planned.into_iter().map(plan_line).collect_any()}</ul> }.into_any()
    };
    view! {
        <aside class="today__side" aria-label="Figures">
            <section class="panel">
                <header class="panel__head">
                    <h2>"Autopilot today"</h2>
                    <span class="push meta row">
                        <Icon name=IconName::Clock size=14/>
                        <Time instant=next_run.instant text=next_run.text full=next_run.full/>
                    </span>
                </header>
                {plan}
            </section>
            {day("Today so far", today)}
            {day("Yesterday", yesterday)}
        </aside>
    }
}

fn plan_line(plan: PlannedTodo) -> impl IntoView {
    // The board of this very brand, even when all brands are looked at.
    let href = format!("{}?brand={}", paths::board(&plan.pipeline_key), plan.brand_slug);
    let words = match plan.deals {
        1 => "1 deal".to_owned(),
        deals => format!("{deals} deals"),
    };
    view! {
        <li>
            <a href=href>
                <span><b>{plan.pipeline}</b><small>{words} " from " {plan.first.text}</small></span>
                <StatusBadge of=plan.mode/>
            </a>
        </li>
    }
}

fn day(title: &'static str, figures: DayFigures) -> impl IntoView {
    let rows = [
        ("Mails sent", figures.sent),
        ("Opened by people", figures.opened),
        ("Clicked", figures.clicked),
        ("Replies", figures.replies),
        ("Unsubscribed", figures.unsubscribed),
        ("Deals won", figures.won),
    ];
    let lines = rows
        .map(|(label, count)| {
            let count = if count == 0 { view! { <small>"–"</small> }.into_any() } else { count.into_any() };
            view! { <div><dt>{label}</dt><dd>{count}</dd></div> }
        })
        .collect_any();
    view! {
        <section class="panel">
            <header class="panel__head"><h2>{title}</h2></header>
            <dl class="figures">{lines}</dl>
        </section>
    }
}
