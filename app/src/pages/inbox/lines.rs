use domain::InboundId;
use domain::view::inbox::{InboxDay, InboxLine};
use leptos::prelude::*;

use crate::components::{EmptyState, IconName, StatusBadge, Time};
use crate::pages::listing::{ListAddress, SearchBox, grouped};

/// The list, newest first, with its search and filter.
#[component]
pub(super) fn Lines(
    days: Vec<InboxDay>,
    waiting: i64,
    unmatched: i64,
    older: Option<InboundId>,
    /// The mail that is open.
    current: Option<InboundId>,
) -> impl IntoView {
    let address = ListAddress::here();
    let empty = days.is_empty();
    let days = days
        .into_iter()
        .map(|day| {
            let mails = day.mails.into_iter().map(|mail| line(mail, current)).collect_view();
            view! { <p class="mailbox__day">{day.heading}</p><ol>{mails}</ol> }
        })
        .collect_view();
    let nothing = empty.then(|| {
        view! {
            <EmptyState icon=IconName::Inbox small=true title="Nothing here" text="Mails that need a person appear here as they come in."/>
        }
    });
    let newest = move || {
        (!address.value("before").is_empty())
            .then(|| view! { <a class="button button--small" href=move || address.with(&[("mail", "")])>"Newest"</a> })
    };
    let older = older.map(|id| {
        let id = id.to_string();
        view! {
            <a class="button button--small" href=move || address.with(&[("before", &id), ("mail", "")])>"Earlier mails"</a>
        }
    });
    view! {
        <section class="mailbox__list" aria-label="Mails">
            <div class="mailbox__search">
                <SearchBox label="Search mails" placeholder="Name, address or subject"/>
                <Filter waiting=waiting unmatched=unmatched/>
            </div>
            <div class="mailbox__items" tabindex="0" role="region" aria-label="Mails that came in">
                {days}
                {nothing}
                <p class="pager">{newest} {older}</p>
            </div>
        </section>
    }
}

#[component]
fn Filter(waiting: i64, unmatched: i64) -> impl IntoView {
    let address = ListAddress::here();
    let choices = [
        ("To decide", "", Some(waiting)),
        ("Unknown sender", "unmatched", Some(unmatched)),
        ("All", "all", None),
    ]
    .into_iter()
    .map(|(label, value, count)| {
        let chosen = move || address.value("show") == value;
        view! {
            <a
                href=move || address.with(&[("show", value), ("mail", "")])
                aria-current=move || chosen().then_some("true")
            >
                {label}
                {count.map(|count| view! { " " <span class="faint num">{grouped(count)}</span> })}
            </a>
        }
    })
    .collect_view();
    view! { <div class="segmented" role="group" aria-label="Show">{choices}</div> }
}

fn line(mail: InboxLine, current: Option<InboundId>) -> impl IntoView {
    let address = ListAddress::here();
    let id = mail.id.to_string();
    let before = move || address.value("before");
    let to = {
        let id = id.clone();
        move || address.with(&[("mail", &id), ("before", &before())])
    };
    let is_current = (current == Some(mail.id)).then_some("true");
    let class = if mail.waits { "letter letter--unread" } else { "letter" };
    view! {
        <li>
            <a class=class href=to aria-current=is_current data-mail=id>
                <span class="letter__to">{mail.from}</span>
                <span class="letter__time">
                    <Time instant=mail.at.instant text=mail.at.text full=mail.at.full/>
                </span>
                <span class="letter__subject">{mail.subject}</span>
                <span class="letter__verdicts"><StatusBadge of=mail.intent/></span>
                <span class="letter__foot letter__start"><span>{mail.start}</span></span>
                <span class="letter__foot"><span>{mail.about}</span></span>
            </a>
        </li>
    }
}
