use domain::MessageId;
use domain::view::mailbox::{Letter, LetterDay};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Icon, IconName, Time};
use crate::pages::listing::{ListAddress, grouped};
use crate::pages::mail_list::{MailList, Nothing, show_filter, to_mail};

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
    let days = days
        .into_iter()
        .map(|day| {
            let letters = day.letters.into_iter().map(|letter| line(letter, current)).collect_any();
            (day.heading, letters.into_any())
        })
        .collect();
    let nothing = Nothing {
        icon: IconName::Search,
        title: "No mail passes",
        text: "No delivered mail matches the search and the filter.",
    };
    // The number belongs to what is shown.
    let count = |value: &'static str| {
        let chosen = move || address.value("show") == value;
        view! { {move || chosen().then(|| view! { " " <span class="faint num">{grouped(total)}</span> })} }
            .into_any()
    };
    let choices = [("All", ""), ("Unopened", "unopened"), ("Replied", "replied")];
    let filter = show_filter(choices.map(|(label, value)| (label, value, count(value))).into());
    let older = older.map(|id| id.to_string());
    view! { <MailList days=days older=older label="Delivered mails" nothing=nothing filter=filter/> }
}

fn line(letter: Letter, current: Option<MessageId>) -> impl IntoView {
    let id = letter.id.to_string();
    let to = to_mail(id.clone());
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
    .collect_any()
}
