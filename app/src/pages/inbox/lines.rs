use domain::InboundId;
use domain::view::inbox::{InboxDay, InboxLine};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{IconName, StatusBadge, Time};
use crate::pages::listing::grouped;
use crate::pages::mail_list::{MailList, Nothing, show_filter, to_mail};

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
    let days = days
        .into_iter()
        .map(|day| {
            let mails = day.mails.into_iter().map(|mail| line(mail, current)).collect_any();
            (day.heading, mails.into_any())
        })
        .collect();
    let nothing = Nothing {
        icon: IconName::Inbox,
        title: "Nothing here",
        text: "Mails that need a person appear here as they come in.",
    };
    let count = |count: i64| view! { " " <span class="faint num">{grouped(count)}</span> }.into_any();
    let filter = show_filter(vec![
        ("To decide", "", count(waiting)),
        ("Unknown sender", "unmatched", count(unmatched)),
        ("All", "all", ().into_any()),
    ]);
    let older = older.map(|id| id.to_string());
    view! { <MailList days=days older=older label="Mails that came in" nothing=nothing filter=filter/> }
}

fn line(mail: InboxLine, current: Option<InboundId>) -> impl IntoView {
    let id = mail.id.to_string();
    let to = to_mail(id.clone());
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
