use domain::view::email::{EmailAttemptLine, EmailEventLine};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Column, DataTable, StatusBadge, Time};

/// Every hit on the mail with its verdict and why.
#[component]
pub(super) fn Events(events: Vec<EmailEventLine>) -> impl IntoView {
    let body = if events.is_empty() {
        view! { <div class="panel__body"><p class="muted">"Nothing has come back yet."</p></div> }.into_any()
    } else {
        let columns = vec![
            Column::text("What"),
            Column::text("Who"),
            Column::text("Why"),
            Column::text("Where"),
            Column::number("When"),
        ];
        let rows = events.into_iter().map(line).collect_any();
        view! { <DataTable caption="Events" columns=columns inset=true>{rows}</DataTable> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby="mail-events">
            <header class="panel__head"><h2 id="mail-events">"What came back"</h2></header>
            {body}
        </section>
    }
}

fn line(event: EmailEventLine) -> impl IntoView {
    let before = event.before.map(|before| {
        view! { <span class="table__sub">{format!(" · first counted as {}", before.label().to_ascii_lowercase())}</span> }
    });
    let place = event.url.or(event.user_agent).unwrap_or_default();
    view! {
        <tr>
            <th scope="row" data-phone="title">{event.kind.label()}</th>
            <td data-phone="end"><StatusBadge of=event.verdict/></td>
            <td data-phone="sub">{event.reason} {before}</td>
            <td class="clip table__sub" title=place.clone()>{place.clone()}</td>
            <td class="num" data-phone="sub-end"><Time instant=event.at.instant text=event.at.text full=event.at.full/></td>
        </tr>
    }
}

/// Every attempt to hand the mail over, with what came of it.
#[component]
pub(super) fn Tries(tries: Vec<EmailAttemptLine>) -> impl IntoView {
    (!tries.is_empty()).then(|| {
        let columns = vec![Column::text("Outcome"), Column::text("Why"), Column::number("When")];
        let rows = tries
            .into_iter()
            .map(|attempt| {
                let at = attempt.at;
                view! {
                    <tr>
                        <th scope="row" data-phone="title">{attempt.outcome.label()}</th>
                        <td data-phone="sub">{attempt.reason}</td>
                        <td class="num" data-phone="sub-end"><Time instant=at.instant text=at.text full=at.full/></td>
                    </tr>
                }
            })
            .collect_any();
        view! {
            <section class="panel" aria-labelledby="mail-tries">
                <header class="panel__head"><h2 id="mail-tries">"Attempts"</h2></header>
                <DataTable caption="Attempts" columns=columns inset=true>{rows}</DataTable>
            </section>
        }
    })
}
