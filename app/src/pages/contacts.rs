use domain::contact::ContactStatus;
use domain::view::listing::{ContactRow, ListPage, Tally};
use leptos::prelude::*;

use super::listing::{ListAddress, Pager, PagerProps, SearchBox, cell, counted};
use crate::any::CollectAny;
use crate::components::{
    Badge, BadgeKind, ChipLink, Column, DataTable, EmptyState, IconName, LinkButton, Load, SortOrder,
    StatusBadge, Time,
};
use crate::layouts::{Page, use_links, use_refresh};
use crate::paths;
use crate::server_fns::listings::{contact_tallies, contacts};
use crate::wire::blocking;

/// Everybody the chosen brands know.
#[component]
pub fn Contacts() -> impl IntoView {
    let address = ListAddress::here();
    let refresh = use_refresh();
    let list = blocking(move || (address.list_query(), refresh.track()), |(query, _)| contacts(query));
    // Counting everybody takes longer than finding a few, and typing changes nothing about it.
    let brand = Memo::new(move |_| address.list_query().brand);
    let tallies = blocking(move || (brand.get(), refresh.track()), |(brand, _)| contact_tallies(brand));
    view! {
        <Page title="Contacts">
            <h1 class="sr-only">"Contacts"</h1>
            <Load resource=tallies let:tallies>
                <Load resource=list let:page><List page=page tallies=tallies.clone()/></Load>
            </Load>
        </Page>
    }
    .into_any()
}

#[component]
fn List(page: ListPage<ContactRow>, tallies: Vec<Tally>) -> impl IntoView {
    let pager = (page.total > 0).then(|| Pager(PagerProps::from(&page)));
    let total = counted(&page);
    let rows = if page.rows.is_empty() {
        view! { <Nothing/> }.into_any()
    } else {
        view! { <Table rows=page.rows/> }.into_any()
    };
    view! { <Toolbar total=total tallies=tallies/> {rows} {pager} }
}

#[component]
fn Toolbar(total: String, tallies: Vec<Tally>) -> impl IntoView {
    let address = ListAddress::here();
    let links = use_links();
    let count =
        |value: &str| tallies.iter().find(|tally| tally.value == value).map_or(0, |tally| tally.count);
    let chip = |label: &'static str, status: &'static str, only: &'static str, count: i64| {
        let current = move || address.value("status") == status && address.value("only") == only;
        view! {
            <ChipLink
                label=label
                href=Signal::derive(move || address.with(&[("status", status), ("only", only)]))
                current=Signal::derive(current)
                count=count
            />
        }
    };
    let all: i64 = ContactStatus::ALL.iter().map(|status| count(status.as_str())).sum();
    let statuses = ContactStatus::ALL
        .iter()
        .map(|status| chip(status.label(), status.as_str(), "", count(status.as_str())))
        .collect_any();
    view! {
        <div class="toolbar">
            <SearchBox label="Search contacts" placeholder="Name, company or address"/>
            <div class="chips not-phone">
                {chip("All", "", "", all)}
                {statuses}
                {chip("No consent", "", "none", count("none"))}
            </div>
            <div class="toolbar__end">
                <span class="toolbar__figures"><b>{total}</b> " contacts"</span>
                <LinkButton href=Signal::derive(move || links.to("/imports")) icon=IconName::Import small=true>"Import"</LinkButton>
            </div>
        </div>
    }
}

#[component]
fn Table(rows: Vec<ContactRow>) -> impl IntoView {
    let address = ListAddress::here();
    let sorted = |column, name| address.sorted(column, name, None);
    let columns = vec![
        sorted(Column::text("Name"), "name"),
        sorted(Column::text("Company"), "company"),
        sorted(Column::text("Email"), "email"),
        Column::text("Brand"),
        Column::text("Status"),
        Column::text("Consent"),
        Column::number("Deals"),
        Column::number("Mails"),
        address.sorted(Column::text("Last activity"), "created", Some(SortOrder::Descending)),
    ];
    view! { <DataTable caption="Contacts" columns=columns>{rows.into_iter().map(line).collect_any()}</DataTable> }
}

fn line(contact: ContactRow) -> impl IntoView {
    let links = use_links();
    let path = paths::contact(contact.id);
    let consent = match contact.consent {
        Some(basis) => basis.into_any(),
        None => view! { <Badge kind=BadgeKind::Warning icon=IconName::Alert label="None"/> }.into_any(),
    };
    let number = |count: i64| view! { <span class=(count == 0).then_some("zero")>{cell(count)}</span> };
    view! {
        <tr data-contact=contact.id.to_string()>
            <th scope="row" class="clip" data-phone="title"><a class="table__link" href=move || links.to(&path)>{contact.name}</a></th>
            <td class="clip" data-phone="sub">{contact.company}</td>
            <td class="clip table__sub">{contact.email}</td>
            <td data-phone="sub-end">
                <span class="brand-tag"><span class=format!("dot dot--{}", contact.brand_slug)></span>{contact.brand_name}</span>
            </td>
            <td data-phone="end"><StatusBadge of=contact.status/></td>
            <td>{consent}</td>
            <td class="num">{number(contact.deals)}</td>
            <td class="num">{number(contact.mails)}</td>
            <td class="table__sub">
                {contact.activity} " "
                <Time instant=contact.activity_at.instant text=contact.activity_at.text full=contact.activity_at.full/>
            </td>
        </tr>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let address = ListAddress::here();
    let links = use_links();
    let filtered = ["q", "status", "only"].iter().any(|name| !address.value(name).is_empty());
    if filtered {
        view! {
            <EmptyState icon=IconName::Search title="Nobody found" text="No contact matches the search and the filter together.">
                <a class="button" href=move || links.to("/contacts")>"Show all contacts"</a>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState
                icon=IconName::Contacts
                title="No contacts yet"
                text="Contacts are the people a brand writes to. Import a CSV file to begin."
            >
                <a class="button button--primary" href=move || links.to("/imports")>"Import contacts"</a>
            </EmptyState>
        }
        .into_any()
    }
}
