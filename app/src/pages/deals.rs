use domain::engagement::Tier;
use domain::pipeline::{DealStatus, StageKind};
use domain::view::board::{NextKind, NextView};
use domain::view::listing::{DealList, DealRow, Tally};
use leptos::prelude::*;

use super::listing::{
    FilterMenu, FilterSelect, ListAddress, Pager, PagerProps, SearchBox, cell, grouped, pipeline_choices,
};
use crate::any::CollectAny;
use crate::components::{
    Avatar, ChipLink, Column, DataTable, EmptyState, Icon, IconName, Load, Money, SortOrder, StatusBadge,
    TierBadge, Time, money,
};
use crate::layouts::{Page, use_links, use_refresh};
use crate::paths;
use crate::server_fns::listings::deals;
use crate::wire::blocking;

/// Every deal of the chosen brands.
#[component]
pub fn Deals() -> impl IntoView {
    let address = ListAddress::here();
    let refresh = use_refresh();
    let list = blocking(move || (address.list_query(), refresh.track()), |(query, _)| deals(query));
    view! {
        <Page title="Deals">
            <h1 class="sr-only">"Deals"</h1>
            <Load resource=list let:list><List list=list/></Load>
        </Page>
    }
    .into_any()
}

#[component]
fn List(list: DealList) -> impl IntoView {
    let DealList { page, value_cents, tallies, owners } = list;
    let pager = (page.total > 0).then(|| Pager(PagerProps::from(&page)));
    let total = page.total;
    let rows = if page.rows.is_empty() {
        view! { <Nothing/> }.into_any()
    } else {
        view! { <Table rows=page.rows/> }.into_any()
    };
    view! {
        <Toolbar total=total value_cents=value_cents tallies=tallies owners=owners/>
        {rows}
        {pager}
    }
}

#[component]
fn Toolbar(
    total: i64,
    value_cents: i64,
    tallies: Vec<Tally>,
    owners: Vec<(String, String)>,
) -> impl IntoView {
    let address = ListAddress::here();
    let count =
        move |value: &str| tallies.iter().find(|tally| tally.value == value).map_or(0, |tally| tally.count);
    let chip = |label: &'static str, status: &'static str, only: &'static str, count: i64| {
        let current = move || address.value("status") == status && address.value("only") == only;
        view! {
            <ChipLink
                label=label
                href=Signal::derive(move || address.with(&[("status", status), ("only", only)]))
                current=Signal::derive(current)
                count=count
                overdue=only == "overdue"
            />
        }
    };
    view! {
        <div class="toolbar">
            <SearchBox label="Search deals" placeholder="Search deals"/>
            <div class="chips not-phone">
                {chip("Open", "", "", count(""))}
                {chip("Won", "won", "", count("won"))}
                {chip("Lost", "lost", "", count("lost"))}
                {chip("Overdue", "", "overdue", count("overdue"))}
                {chip("Blocked", "", "blocked", count("blocked"))}
            </div>
            <div class="toolbar__end">
                <span class="toolbar__figures">
                    <b>{grouped(total)}</b> " deals · " <b>{money(value_cents, "AUD")}</b>
                </span>
                <Filters owners=owners/>
            </div>
        </div>
    }
}

#[component]
fn Filters(owners: Vec<(String, String)>) -> impl IntoView {
    let statuses = std::iter::once(("any".to_owned(), "Any status".to_owned()))
        .chain(DealStatus::ALL.iter().map(|status| (status.as_str().to_owned(), status.label().to_owned())));
    let owners = [("me".to_owned(), "Me".to_owned()), ("nobody".to_owned(), "Nobody".to_owned())]
        .into_iter()
        .chain(owners);
    view! {
        <FilterMenu names=&["pipeline", "kind", "tier", "status", "owner", "only"]>
            <FilterSelect name="pipeline" label="Pipeline" any="Any pipeline" choices=pipeline_choices()/>
            <FilterSelect name="kind" label="Stage" any="Any kind of stage" choices=labelled(StageKind::ALL, StageKind::as_str, StageKind::label)/>
            <FilterSelect name="tier" label="Tier" any="Any tier" choices=labelled(Tier::ALL, Tier::as_str, Tier::label)/>
            <FilterSelect name="status" label="Status" any="Open" choices=statuses.collect()/>
            <FilterSelect name="owner" label="Owner" any="Anybody" choices=owners.collect()/>
        </FilterMenu>
    }
}

fn labelled<T: Copy>(
    all: &[T],
    value: fn(T) -> &'static str,
    words: fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|one| (value(*one).to_owned(), words(*one).to_owned())).collect()
}

#[component]
fn Table(rows: Vec<DealRow>) -> impl IntoView {
    let address = ListAddress::here();
    let sorted = |column, name| address.sorted(column, name, None);
    let columns = vec![
        sorted(Column::text("Name"), "name"),
        sorted(Column::text("Company"), "company"),
        Column::text("Pipeline"),
        sorted(Column::text("Stage"), "stage"),
        Column::text("Tier"),
        Column::text("Status"),
        sorted(Column::number("Value"), "value"),
        sorted(Column::number("Mails"), "mails"),
        address.sorted(Column::text("Next step"), "next", Some(SortOrder::Ascending)),
        Column::text("Owner"),
    ];
    view! { <DataTable caption="Deals" columns=columns>{rows.into_iter().map(line).collect_any()}</DataTable> }
}

fn line(deal: DealRow) -> impl IntoView {
    let links = use_links();
    let path = paths::deal(deal.id);
    let zero = (deal.mails_sent == 0).then_some("zero");
    view! {
        <tr data-deal=deal.id.to_string()>
            <th scope="row" data-phone="title"><a class="table__link" href=move || links.to(&path)>{deal.name}</a></th>
            <td class="clip" data-phone="sub" title=deal.company.clone()>{deal.company.clone()}</td>
            <td class="table__sub">{deal.pipeline}</td>
            <td>{deal.stage}</td>
            <td data-phone="end"><TierBadge tier=deal.tier unverified=deal.unverified/></td>
            <td><StatusBadge of=deal.status/></td>
            <td class="num" data-phone="sub-end"><Money cents=deal.value_cents currency=deal.currency/></td>
            <td class="num"><span class=zero>{cell(i64::from(deal.mails_sent))}</span></td>
            <td class="clip">{next_step(deal.next)}</td>
            <td><Avatar name=deal.owner/></td>
        </tr>
    }
}

/// The next step in one line: what, when, and a lock where something blocks it.
fn next_step(next: NextView) -> impl IntoView {
    let lock =
        matches!(next.kind, NextKind::Blocked).then(|| view! { <Icon name=IconName::Lock size=14/> " " });
    let what = next.what.clone();
    let when = next.when.map(|when| {
        view! { " · " <Time instant=when.instant text=when.text full=when.full overdue=when.overdue/> }
    });
    view! { <span title=next.why>{lock} {what} {when}</span> }
}

#[component]
fn Nothing() -> impl IntoView {
    let address = ListAddress::here();
    let links = use_links();
    let filtered = ["q", "pipeline", "kind", "status", "tier", "owner", "only"]
        .iter()
        .any(|name| !address.value(name).is_empty());
    if filtered {
        view! {
            <EmptyState icon=IconName::Search title="No deal passes" text="No deal matches the search and the filters together.">
                <a class="button" href=move || links.to("/deals")>"Take all filters off"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState
                icon=IconName::Deals
                title="No deals yet"
                text="A deal is one contact's way through one pipeline. Import contacts and choose a pipeline to begin."
            >
                <a class="button button--primary" href=move || links.to("/imports")>"Import contacts"</a>
            </EmptyState>
        }
        .into_any()
    }
}
