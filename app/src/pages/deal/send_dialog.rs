use domain::view::deal::{DealView, MailPreview};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::page::DealActions;
use crate::components::{Button, ButtonKind, Dialog, IconName, MailFrame, Notice, NoticeKind};
use crate::effect::effect;
use crate::error::AppError;
use crate::server_fns::deal::{preview_mail, send_mail};

/// The next mail as it would go out, and the button that sends it.
#[component]
pub fn SendDialog(view: DealView, actions: DealActions, open: RwSignal<bool>) -> impl IntoView {
    let preview = RwSignal::new(None::<Result<MailPreview, AppError>>);
    let id = view.id;
    effect(move || {
        if open.get() {
            preview.set(None);
            spawn_local(async move { preview.set(Some(preview_mail(id).await)) });
        }
    });
    let sendable =
        move || preview.with(|preview| matches!(preview, Some(Ok(mail)) if mail.blocked.is_none()));
    let name = view.contact.name.clone();
    let send = move |()| {
        open.set(false);
        actions.carry_out(format!("On its way to {name}"), send_mail(id));
    };
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button
                kind=ButtonKind::Primary
                icon=IconName::Send
                busy=actions.busy
                disabled=Signal::derive(move || !sendable())
                on_press=send
            >
                "Send 1 mail now"
            </Button>
        }
        .into_any()
    });
    let title = format!("Send to {}", view.contact.name);
    view! {
        <Dialog id="send-now" title=title open=open wide=true foot=foot>
            {move || match preview.get() {
                None => view! { <p class="loading" role="status">"Writing the mail…"</p> }.into_any(),
                Some(Err(error)) => view! { <Notice kind=NoticeKind::Error>{error.to_string()}</Notice> }.into_any(),
                Some(Ok(mail)) => view! { <Preview mail=mail/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Preview(mail: MailPreview) -> impl IntoView {
    let blocked = mail
        .blocked
        .map(|reason| view! { <Notice kind=NoticeKind::Warning>{format!("This mail can't be sent now. {reason}")}</Notice> });
    let html = (!mail.html.is_empty()).then(|| view! { <MailFrame title="The mail" html=mail.html/> });
    view! {
        <div class="stack">
            {blocked}
            <dl class="facts">
                <dt>"To"</dt>
                <dd>{mail.to}</dd>
                <dt>"From"</dt>
                <dd>{mail.from}</dd>
                <dt>"Subject"</dt>
                <dd>{mail.subject}</dd>
                <dt>"Afterwards"</dt>
                <dd>{format!("The deal is in {}.", mail.stage)}</dd>
            </dl>
            {html}
            <p class="meta">"Looking at this counts as no open. Office hours are not kept when you send by hand."</p>
        </div>
    }
}
