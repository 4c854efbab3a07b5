use domain::view::mailbox::{MailboxAct, OpenLetter};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::Actions;
use super::events::Events;
use super::reply::ReplyDialog;
use crate::components::{MailFrame, Toasts, use_toasts};
use crate::layouts::{Refresh, use_links, use_refresh};
use crate::paths;
use crate::server_fns::mailbox::act_as_recipient;

/// Does what the recipient would do, says what followed, and reads the mailbox again.
#[derive(Clone, Copy)]
pub(super) struct Recipient {
    mail: domain::MessageId,
    toasts: Toasts,
    refresh: Refresh,
    /// Something is on its way.
    pub busy: RwSignal<bool>,
}

impl Recipient {
    pub fn does(self, act: MailboxAct) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match act_as_recipient(self.mail, act).await {
                Ok(done) => self.toasts.good(done.sentence),
                Err(error) => self.toasts.problem(error.to_string()),
            }
            // The person may have opened another mail meanwhile.
            let _ = self.busy.try_set(false);
            self.refresh.now();
        });
    }
}

/// A mail, and what its recipient may do with it.
#[component]
pub(super) fn Open(mail: OpenLetter) -> impl IntoView {
    let links = use_links();
    let recipient =
        Recipient { mail: mail.id, toasts: use_toasts(), refresh: use_refresh(), busy: RwSignal::new(false) };
    let replying = RwSignal::new(false);
    let deal = mail.deal.map(|deal| {
        let path = paths::deal(deal);
        view! { " · " <a class="link" href=move || links.to(&path)>"Deal"</a> }
    });
    view! {
        <Actions person=mail.person.clone() links=mail.links recipient=recipient replying=replying/>
        <header class="mailbox__head">
            <h2>{mail.subject.clone()}</h2>
            <dl>
                <dt>"From"</dt>
                <dd>{mail.from}</dd>
                <dt>"To"</dt>
                <dd>{mail.to} {deal}</dd>
            </dl>
        </header>
        <Events sent=mail.sent events=mail.events/>
        <MailFrame title=mail.subject html=mail.html class="mailbox__frame"/>
        <ReplyDialog person=mail.person back_on=mail.back_on recipient=recipient open=replying/>
    }
}
