//! Mails that came in; those the rules were unsure of first, each decided with one key.

mod assign;
mod choices;
mod keys;
mod lines;
mod open;
mod triage;

use domain::view::inbox::{InboxQuery, InboxView};
use leptos::prelude::*;

use self::keys::listen;
use self::lines::Lines;
use self::open::Open;
use self::triage::Triage;
use super::listing::ListAddress;
use crate::components::{EmptyState, IconName, Load};
use crate::effect::effect;
use crate::layouts::{Page, use_frame, use_links, use_refresh};
use crate::server_fns::inbox::inbox;
use crate::wire::blocking;

/// `/inbox`.
#[component]
pub fn Inbox() -> impl IntoView {
    let (address, links, refresh) = (ListAddress::here(), use_links(), use_refresh());
    let query = move || InboxQuery {
        brand: links.brand().get(),
        text: address.value("q"),
        show: address.value("show"),
        before: address.value("before").parse().ok(),
        mail: address.value("mail").parse().ok(),
    };
    let view = blocking(move || (query(), refresh.track()), |(query, _)| inbox(query));
    let triage = Triage::here();
    listen(triage);
    view! {
        <Page title="Inbox" fill=true head=|| view! { <Head/> }>
            <h1 class="sr-only">"Inbox"</h1>
            <Load resource=view let:view><Whole view=view triage=triage/></Load>
        </Page>
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    view! {
        <div class="topbar__title">
            "Inbox"
            <span class="meta not-phone">"Mails that need a person: one key says what each means"</span>
        </div>
    }
}

#[component]
fn Whole(view: InboxView, triage: Triage) -> impl IntoView {
    let (address, frame) = (ListAddress::here(), use_frame());
    let everywhere = view.everywhere;
    // The number in the sidebar follows what was just decided.
    effect(move || {
        frame.update(|frame| {
            if let Some(frame) = frame.as_mut() {
                frame.inbox = Some(everywhere);
            }
        });
    });
    triage.shows(view.open.as_ref());
    let chosen = move || (!address.value("mail").is_empty()).then_some("");
    let current = view.open.as_ref().map(|open| open.id);
    let waiting = view.waiting;
    let open = match view.open {
        Some(open) => view! { <Open mail=open triage=triage/> }.into_any(),
        None if waiting == 0 => view! {
            <EmptyState
                icon=IconName::Inbox
                title="Nothing waits for you"
                text="Mails that the rules are not sure of come here. You say with one key what they mean; the deal follows."
            />
        }
        .into_any(),
        None => view! {
            <EmptyState icon=IconName::Search title="No mail passes" text="No mail matches the search and the filter."/>
        }
        .into_any(),
    };
    view! {
        <div class="mailbox inbox" data-open=chosen>
            <Lines days=view.days waiting=waiting unmatched=view.unmatched older=view.older current=current/>
            <section class="mailbox__mail" aria-label="Mail">{open}</section>
        </div>
    }
}
