use domain::autopilot::{DecisionAction, DecisionOutcome};
use domain::view::listing::{DecisionList, DecisionRow, Tally};
use leptos::prelude::*;

use super::listing::{FilterMenu, FilterSelect, ListAddress, Pager, PagerProps, pipeline_choices};
use crate::any::CollectAny;
use crate::components::{ChipLink, EmptyState, Icon, IconName, Load, StatusBadge, Time};
use crate::layouts::{Page, use_links, use_refresh};
use crate::paths;
use crate::server_fns::listings::decisions;
use crate::wire::blocking;

/// The receipts of the autopilot.
#[component]
pub fn Decisions() -> impl IntoView {
    let address = ListAddress::here();
    let refresh = use_refresh();
    let list = blocking(move || (address.list_query(), refresh.track()), |(query, _)| decisions(query));
    view! {
        <Page title="Decisions">
            <div class="page page--reading">
                <header class="page__head">
                    <div>
                        <h1>"Decisions"</h1>
                        <p>"Every choice of the autopilot, with what it saw and what would have changed it."</p>
                    </div>
                </header>
                <Load resource=list let:list><List list=list/></Load>
            </div>
        </Page>
    }
    .into_any()
}

#[component]
fn List(list: DecisionList) -> impl IntoView {
    let DecisionList { page, tallies } = list;
    let pager = (page.total > 0).then(|| Pager(PagerProps::from(&page)));
    let rows = if page.rows.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Decisions
                title="No decisions here"
                text="The autopilot writes a receipt for each deal it looks at, hourly in office hours."
            />
        }
        .into_any()
    } else {
        view! { <div class="receipts">{page.rows.into_iter().map(receipt).collect_any()}</div> }.into_any()
    };
    view! { <div class="stack"><Filters tallies=tallies/> {rows} {pager}</div> }
}

#[component]
fn Filters(tallies: Vec<Tally>) -> impl IntoView {
    let address = ListAddress::here();
    let count =
        |value: &str| tallies.iter().find(|tally| tally.value == value).map_or(0, |tally| tally.count);
    let all: i64 = DecisionOutcome::ALL.iter().map(|outcome| count(outcome.as_str())).sum();
    let chip = |label: &'static str, status: &'static str, action: &'static str, count: i64| {
        let current = move || address.value("status") == status && address.value("action") == action;
        view! {
            <ChipLink
                label=label
                href=Signal::derive(move || address.with(&[("status", status), ("action", action)]))
                current=Signal::derive(current)
                count=count
            />
        }
    };
    let actions =
        DecisionAction::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())).collect();
    let outcomes =
        DecisionOutcome::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())).collect();
    view! {
        <div class="row row--wrap row--between">
            <div class="chips">
                {chip("All", "", "", all)}
                {chip("Waiting for approval", "proposed", "", count("proposed"))}
                {chip("Asked a person", "", "flag_for_review", count("action:flag_for_review"))}
                {chip("Closed", "", "close", count("action:close"))}
            </div>
            <FilterMenu names=&["pipeline", "action", "status"]>
                <FilterSelect name="pipeline" label="Pipeline" any="Any pipeline" choices=pipeline_choices()/>
                <FilterSelect name="action" label="Action" any="Any action" choices=actions/>
                <FilterSelect name="status" label="Outcome" any="Any outcome" choices=outcomes/>
            </FilterMenu>
        </div>
    }
}

fn receipt(decision: DecisionRow) -> impl IntoView {
    let (name, company, reasoning) =
        (decision.name.clone(), decision.company.clone(), decision.reasoning.clone());
    let at = decision.at.clone();
    let id = decision.id.to_string();
    view! {
        <details class="receipt" data-decision=id>
            <summary>
                <span class="receipt__arrow"><Icon name=IconName::ChevronRight/></span>
                <span class="receipt__who"><b>{name}</b><small>{company}</small></span>
                <span><StatusBadge of=decision.action/></span>
                <span class="receipt__reason" title=reasoning.clone()>{reasoning.clone()}</span>
                <span class="receipt__end">
                    <StatusBadge of=decision.outcome/>
                    <Time instant=at.instant text=at.text full=at.full/>
                </span>
            </summary>
            <Receipt decision=decision/>
        </details>
    }
}

#[component]
fn Receipt(decision: DecisionRow) -> impl IntoView {
    let links = use_links();
    let deal = paths::deal(decision.deal);
    let guards = decision
        .guards
        .into_iter()
        .map(|(name, passed, detail)| {
            let (class, icon) =
                if passed { (None, IconName::Check) } else { (Some("guards__stop"), IconName::Hourglass) };
            view! { <li class=class><Icon name=icon size=14/><span>{name} ": " {detail}</span></li> }
        })
        .collect_any();
    let seen = decision
        .inputs
        .into_iter()
        .map(|(word, value)| view! { <dt>{word}</dt><dd>{value}</dd> })
        .collect_any();
    let open = if decision.outcome == DecisionOutcome::Proposed { "Review on the deal" } else { "Open deal" };
    view! {
        <div class="receipt__body">
            <section><h3>"Why"</h3><p>{decision.reasoning}</p></section>
            <section><h3>"What would have changed it"</h3><p>{decision.counterfactual}</p></section>
            <section><h3>"Guards"</h3><ul class="guards">{guards}</ul></section>
            <section><h3>"What it saw"</h3><dl class="facts">{seen}</dl></section>
            <footer class="receipt__foot">
                <span>{decision.pipeline_name}</span>
                <span>"Rule: " {decision.rule}</span>
                <span>"Engine " {decision.engine}</span>
                <span>{decision.cost}</span>
                {decision.decided_by.map(|name| view! { <span>"Answered by " {name}</span> })}
                <a class="link push" href=move || links.to(&deal)>{open}</a>
            </footer>
        </div>
    }
}
