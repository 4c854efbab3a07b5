use domain::mailing::MessageState;
use domain::view::email::EmailView;
use leptos::prelude::*;

use crate::components::{
    Button, ButtonKind, Confirm, Dialog, IconName, Notice, NoticeKind, TextField, use_toasts,
};
use crate::layouts::use_refresh;
use crate::server_fns::emails::{cancel_mails, reschedule_mail, settle_mail};

/// Cancels a waiting mail or gives it another time.
#[component]
pub(super) fn WaitingActions(view: EmailView) -> impl IntoView {
    let (toasts, refresh, id) = (use_toasts(), use_refresh(), view.id);
    let (cancel_open, time_open) = (RwSignal::new(false), RwSignal::new(false));
    let cancel = move |()| {
        leptos::task::spawn_local(async move {
            match cancel_mails(vec![id]).await {
                Ok(done) if done.cancelled > 0 => toasts.good("Cancelled. The deal waits for a person."),
                Ok(_) => toasts.problem("Too late: the mail doesn't wait any more."),
                Err(error) => toasts.problem(error.to_string()),
            }
            refresh.now();
        });
    };
    let held = if view.deal.is_some() {
        "It isn't sent. Its deal stays in its stage and waits for a person: the autopilot doesn't write this mail again by itself."
    } else {
        "It isn't sent."
    };
    let movable = view.state != MessageState::Draft;
    view! {
        {movable
            .then(|| view! { <Button icon=IconName::Clock on_press=move |()| time_open.set(true)>"Change time…"</Button> })}
        <Button icon=IconName::Ban on_press=move |()| cancel_open.set(true)>"Cancel mail…"</Button>
        <Confirm
            id="cancel-mail"
            title="Cancel this mail?"
            text=held
            action="Cancel 1 mail"
            open=cancel_open
            on_confirm=cancel
            danger=true
        />
        <TimeDialog view=view open=time_open/>
    }
}

#[component]
fn TimeDialog(view: EmailView, open: RwSignal<bool>) -> impl IntoView {
    let (toasts, refresh, id) = (use_toasts(), use_refresh(), view.id);
    let time = RwSignal::new(view.scheduled_local);
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let save = move |()| {
        let local = time.get_untracked();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = reschedule_mail(id, local).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    let _ = open.try_set(false);
                    toasts.good("The mail waits for its new time.");
                    refresh.now();
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Leave it"</Button>
            <Button kind=ButtonKind::Primary busy=busy on_press=save>"Change time"</Button>
        }
        .into_any()
    });
    view! {
        <Dialog id="mail-time" title="When shall it go?" open=open foot=foot>
            <div class="form">
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                <TextField
                    id="mail-time-at"
                    label="Not before"
                    kind="datetime-local"
                    value=time
                    help="In your time zone. Office hours, caps and distances still hold."
                    required=true
                />
            </div>
        </Dialog>
    }
}

/// Asks what became of a mail whose hand-over was cut short.
#[component]
pub(super) fn UnclearActions(view: EmailView) -> impl IntoView {
    let (toasts, refresh, id) = (use_toasts(), use_refresh(), view.id);
    let (arrived_open, lost_open) = (RwSignal::new(false), RwSignal::new(false));
    let settle = move |arrived: bool| {
        leptos::task::spawn_local(async move {
            match settle_mail(id, arrived).await {
                Ok(()) if arrived => toasts.good("Counted as sent. The deal moves on."),
                Ok(()) => toasts.good("Counted as not sent. The autopilot writes it anew."),
                Err(error) => toasts.problem(error.to_string()),
            }
            refresh.now();
        });
    };
    view! {
        <Button icon=IconName::Check on_press=move |()| arrived_open.set(true)>"It arrived…"</Button>
        <Button icon=IconName::MailX on_press=move |()| lost_open.set(true)>"It never arrived…"</Button>
        <Confirm
            id="mail-arrived"
            title="Did it arrive?"
            text="It counts as sent, and its deal moves on as if that had been recorded."
            action="Count as sent"
            open=arrived_open
            on_confirm=move |()| settle(true)
        />
        <Confirm
            id="mail-lost"
            title="Did it never arrive?"
            text="Look into the provider's log or the sent folder first. The autopilot writes it anew; if it did arrive, the person gets it twice."
            action="Count as not sent"
            open=lost_open
            on_confirm=move |()| settle(false)
            danger=true
        />
    }
}
