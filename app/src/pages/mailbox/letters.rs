use domain::MessageId;
use domain::view::mailbox::{Letter, LetterDay};
use leptos::prelude::*;

use crate::components::{EmptyState, Icon, IconName, Time};
use crate::pages::listing::{ListAddress, SearchBox, grouped};

/// The list, newest first, with its search and filter.
#[component]
pub fn Letters(
    days: Vec<LetterDay>,
    total: i64,
    older: Option<MessageId>,
    /// The mail that is open.
    current: Option<MessageId>,
) -> impl IntoView {
    let address = ListAddress::here();
    let empty = days.is_empty();
    let days = days
        .into_iter()
        .map(|day| {
            let letters = day.letters.into_iter().map(|letter| line(letter, current)).collect_view();
            view! { <p class="mailbox__day">{day.heading}</p><ol>{letters}</ol> }
        })
        .collect_view();
    let nothing = empty.then(|| {
        view! {
            <EmptyState icon=IconName::Search small=true title="No mail passes" text="No delivered mail matches the search and the filter."/>
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
                <Filter total=total/>
            </div>
            <div class="mailbox__items" tabindex="0" role="region" aria-label="Delivered mails">
                {days}
                {nothing}
                <p class="pager">{newest} {older}</p>
            </div>
        </section>
    }
}

#[component]
fn Filter(total: i64) -> impl IntoView {
    let address = ListAddress::here();
    let choices = [("All", ""), ("Unopened", "unopened"), ("Replied", "replied")]
        .into_iter()
        .map(|(label, value)| {
            let chosen = move || address.value("show") == value;
            view! {
                <a
                    href=move || address.with(&[("show", value), ("mail", "")])
                    aria-current=move || chosen().then_some("true")
                >
                    {label}
                    {move || chosen().then(|| view! { " " <span class="faint num">{grouped(total)}</span> })}
                </a>
            }
        })
        .collect_view();
    view! { <div class="segmented" role="group" aria-label="Show">{choices}</div> }
}

fn line(letter: Letter, current: Option<MessageId>) -> impl IntoView {
    let address = ListAddress::here();
    let id = letter.id.to_string();
    let before = move || address.value("before");
    let to = {
        let id = id.clone();
        move || address.with(&[("mail", &id), ("before", &before())])
    };
    let is_current = (current == Some(letter.id)).then_some("true");
    let unread = letter.opens == 0 && letter.clicks == 0 && !letter.replied;
    let class = if unread { "letter letter--unread" } else { "letter" };
    view! {
        <li>
            <a class=class href=to aria-current=is_current data-letter=id>
                <span class="letter__to">{letter.to.clone()}</span>
                <span class="letter__time">
                    <Time instant=letter.at.instant.clone() text=letter.at.text.clone() full=letter.at.full.clone()/>
                </span>
                <span class="letter__subject">{letter.subject.clone()}</span>
                <span class="letter__verdicts">{marks(&letter)}</span>
                <span class="letter__foot"><span>{letter.about.clone()}</span></span>
            </a>
        </li>
    }
}

/// What became of the mail, as pictures with counts.
fn marks(letter: &Letter) -> impl IntoView + use<> {
    let human = "verdict verdict--human";
    [
        (letter.opens, human, IconName::Eye, "opened by a person"),
        (letter.clicks, human, IconName::Click, "clicked"),
        (i64::from(letter.replied), human, IconName::Reply, "answered"),
        (letter.machine, "verdict verdict--machine", IconName::Robot, "fetched by a machine"),
        (
            i64::from(letter.bad),
            "verdict verdict--bad",
            IconName::MailX,
            "bounced, complained or unsubscribed",
        ),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, class, icon, words)| {
        view! {
            <span class=class title=words>
                <Icon name=icon/>
                <span aria-hidden="true">{count}</span>
                <span class="sr-only">{format!("{words}: {count}")}</span>
            </span>
        }
    })
    .collect_view()
}
