use domain::mailing::{MailSignal, MessageState};
use domain::view::listing::{EmailList, EmailRow, Tally};
use leptos::prelude::*;

use super::listing::{
    FilterDay, FilterMenu, FilterSelect, ListAddress, Pager, PagerProps, SearchBox, grouped, pipeline_choices,
};
use crate::any::CollectAny;
use crate::components::{ChipLink, Column, DataTable, EmptyState, Icon, IconName, Load, StatusBadge, Time};
use crate::layouts::{Page, use_links, use_refresh};
use crate::paths;
use crate::server_fns::listings::emails;
use crate::wire::blocking;

/// Names in the address that narrow the table down in the menu.
const FILTERS: &[&str] = &["pipeline", "status", "signal", "template", "from", "to"];

/// The outbox: every mail that was written, whatever became of it.
#[component]
pub fn Emails() -> impl IntoView {
    let address = ListAddress::here();
    let refresh = use_refresh();
    let list = blocking(move || (address.list_query(), refresh.track()), |(query, _)| emails(query));
    view! {
        <Page title="Emails">
            <h1 class="sr-only">"Emails"</h1>
            <Load resource=list let:list><List list=list/></Load>
        </Page>
    }
    .into_any()
}

#[component]
fn List(list: EmailList) -> impl IntoView {
    let EmailList { page, tallies, templates } = list;
    let pager = (page.total > 0).then(|| Pager(PagerProps::from(&page)));
    let rows = if page.rows.is_empty() {
        view! { <Nothing/> }.into_any()
    } else {
        view! { <Table rows=page.rows/> }.into_any()
    };
    view! { <Toolbar total=page.total tallies=tallies templates=templates/> {rows} {pager} }
}

#[component]
fn Toolbar(total: i64, tallies: Vec<Tally>, templates: Vec<(String, String)>) -> impl IntoView {
    let address = ListAddress::here();
    let count = |states: &[MessageState]| -> i64 {
        tallies
            .iter()
            .filter(|tally| states.iter().any(|state| state.as_str() == tally.value))
            .map(|tally| tally.count)
            .sum()
    };
    let chip = |label: &'static str, status: &'static str, count: i64| {
        view! {
            <ChipLink
                label=label
                href=Signal::derive(move || address.with(&[("status", status)]))
                current=Signal::derive(move || address.value("status") == status)
                count=count
            />
        }
    };
    let waiting = [MessageState::Scheduled, MessageState::Queued, MessageState::Sending];
    let states =
        MessageState::ALL.iter().map(|state| (state.as_str().to_owned(), state.label().to_owned())).collect();
    let signals = MailSignal::ALL
        .iter()
        .map(|signal| (signal.as_str().to_owned(), signal.label().to_owned()))
        .collect();
    view! {
        <div class="toolbar">
            <SearchBox label="Search mails" placeholder="Subject or recipient"/>
            <div class="chips not-phone">
                {chip("All", "", count(MessageState::ALL))}
                {chip("Waiting", "waiting", count(&waiting))}
                {chip("Sent", "sent", count(&[MessageState::Sent]))}
                {chip("Failed", "failed", count(&[MessageState::Failed]))}
                {chip("Unclear", "unknown", count(&[MessageState::Unknown]))}
                {chip("Blocked", "blocked", count(&[MessageState::Blocked]))}
            </div>
            <div class="toolbar__end">
                <span class="toolbar__figures"><b>{grouped(total)}</b> " mails"</span>
                <FilterMenu names=FILTERS>
                    <FilterSelect name="pipeline" label="Pipeline" any="Any pipeline" choices=pipeline_choices()/>
                    <FilterSelect name="status" label="State" any="Any state" choices=states/>
                    <FilterSelect name="signal" label="What came back" any="Anything" choices=signals/>
                    <FilterSelect name="template" label="Template" any="Any template" choices=templates/>
                    <FilterDay name="from" label="From"/>
                    <FilterDay name="to" label="Until"/>
                </FilterMenu>
            </div>
        </div>
    }
}

#[component]
fn Table(rows: Vec<EmailRow>) -> impl IntoView {
    let columns = vec![
        Column::text("Subject"),
        Column::text("To"),
        Column::text("Pipeline"),
        Column::text("Template"),
        Column::text("State"),
        Column::text("People"),
        Column::text("Machines"),
        Column::number("When"),
    ];
    view! { <DataTable caption="Emails" columns=columns>{rows.into_iter().map(line).collect_any()}</DataTable> }
}

fn line(mail: EmailRow) -> impl IntoView {
    let links = use_links();
    let path = paths::email(mail.id);
    let test = mail.is_test.then(|| view! { " " <span class="table__sub">"Test"</span> });
    view! {
        <tr data-email=mail.id.to_string()>
            <th scope="row" class="clip" data-phone="title"><a class="table__link" href=move || links.to(&path)>{mail.subject}</a></th>
            <td class="clip" data-phone="sub">{mail.to}</td>
            <td class="clip table__sub">{mail.pipeline}</td>
            <td class="clip table__sub">{mail.template}</td>
            <td data-phone="end" title=mail.reason><StatusBadge of=mail.state/>{test}</td>
            <td><span class="row">{people(mail.opens, mail.clicks, mail.replied, mail.bounced)}</span></td>
            <td><span class="row">{machines(mail.machine_hits)}</span></td>
            <td class="num table__sub" data-phone="sub-end">
                <Time instant=mail.at.instant text=mail.at.text full=mail.at.full/>
            </td>
        </tr>
    }
}

fn people(opens: i64, clicks: i64, replied: bool, bounced: bool) -> AnyView {
    let human = "verdict verdict--human";
    let shown: Vec<AnyView> = [
        verdict(human, IconName::MailOpen, opens, "opens by people"),
        verdict(human, IconName::Click, clicks, "clicks by people"),
        verdict(human, IconName::Reply, i64::from(replied), "reply"),
        verdict("verdict verdict--bad", IconName::MailX, i64::from(bounced), "bounced"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if shown.is_empty() { view! { <span class="zero">"–"</span> }.into_any() } else { shown.into_any() }
}

fn machines(hits: i64) -> AnyView {
    verdict("verdict verdict--machine", IconName::Robot, hits, "by machines")
        .unwrap_or_else(|| view! { <span class="zero">"–"</span> }.into_any())
}

fn verdict(class: &'static str, icon: IconName, count: i64, words: &'static str) -> Option<AnyView> {
    (count > 0).then(|| {
        let title = format!("{count} {words}");
        let spoken = title.clone();
        view! { <span class=class title=title><Icon name=icon size=14/><span class="sr-only">{spoken}</span>{count}</span> }
            .into_any()
    })
}

#[component]
fn Nothing() -> impl IntoView {
    let address = ListAddress::here();
    let links = use_links();
    let filtered = std::iter::once(&"q").chain(FILTERS).any(|name| !address.value(name).is_empty());
    let (title, text) = if filtered {
        ("No mail passes", "No mail matches the search and the filters together.")
    } else {
        ("No mails yet", "Every mail the autopilot or a person writes appears here before it goes out.")
    };
    view! {
        <EmptyState icon=IconName::Emails title=title text=text>
            {filtered.then(|| view! { <a class="button" href=move || links.to("/emails")>"Show all mails"</a> })}
        </EmptyState>
    }
}
