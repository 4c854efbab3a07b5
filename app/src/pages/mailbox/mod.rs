//! The demo's mailbox: the mails that were delivered, and what their recipients might do with them.

mod actions;
mod events;
mod letters;
mod open;
mod reply;

use domain::view::mailbox::{MailboxQuery, MailboxView};
use leptos::prelude::*;

use self::letters::Letters;
use self::open::Open;
use super::listing::ListAddress;
use crate::components::{EmptyState, IconName, Load};
use crate::layouts::{Page, use_links, use_refresh};
use crate::server_fns::mailbox::mailbox;
use crate::wire::blocking;

/// `/mailbox`.
#[component]
pub fn Mailbox() -> impl IntoView {
    let (address, links, refresh) = (ListAddress::here(), use_links(), use_refresh());
    let query = move || MailboxQuery {
        brand: links.brand().get(),
        text: address.value("q"),
        show: address.value("show"),
        before: address.value("before").parse().ok(),
        mail: address.value("mail").parse().ok(),
    };
    let view = blocking(move || (query(), refresh.track()), |(query, _)| mailbox(query));
    view! {
        <Page title="Mailbox" fill=true head=|| view! { <Head/> }>
            <h1 class="sr-only">"Mailbox"</h1>
            <Load resource=view let:view><Whole view=view/></Load>
        </Page>
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    view! {
        <div class="topbar__title">
            "Mailbox"
            <span class="meta not-phone">"Where the demo’s mail arrives: act as the person who got it"</span>
        </div>
    }
}

#[component]
fn Whole(view: MailboxView) -> impl IntoView {
    let address = ListAddress::here();
    let chosen = move || (!address.value("mail").is_empty()).then_some("");
    let current = view.open.as_ref().map(|open| open.id);
    let open = match view.open {
        Some(open) => view! { <Open mail=open/> }.into_any(),
        None => view! {
            <EmptyState
                icon=IconName::Emails
                title="No mail here"
                text="Mails appear once they are sent. Move the demo’s clock on in office hours, or send one from a deal."
            />
        }
        .into_any(),
    };
    view! {
        <div class="mailbox" data-open=chosen>
            <Letters days=view.days total=view.total older=view.older current=current/>
            <section class="mailbox__mail" aria-label="Mail">{open}</section>
        </div>
    }
}
