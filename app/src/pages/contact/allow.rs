use domain::ContactId;
use leptos::prelude::*;

use crate::components::{Button, ButtonKind, Dialog, Notice, NoticeKind, TextField, use_toasts};
use crate::layouts::use_refresh;
use crate::server_fns::contacts::allow_again;

/// Asks how the owner of a suppressed address asked to be written to again.
#[component]
pub(super) fn AllowDialog(contact: ContactId, open: RwSignal<bool>) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let evidence = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let save = move |()| {
        let words = evidence.get_untracked();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = allow_again(contact, words).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    let _ = open.try_set(false);
                    toasts.good("The address may be mailed again. Deals that ended stay ended.");
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
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary busy=busy on_press=save>"Allow mail again"</Button>
        }
        .into_any()
    });
    view! {
        <Dialog id="allow-again" title="Who asked for mail again?" open=open foot=foot>
            <div class="form">
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                <p>"Only the owner of the address can take an opt-out back. What you write is kept as evidence, with your name and the time."</p>
                <TextField
                    id="allow-evidence"
                    label="Evidence"
                    value=evidence
                    placeholder="Asked for it by phone on 26 November"
                    help="How and when the owner asked. No mail is sent by this, and closed deals stay closed."
                    required=true
                />
            </div>
        </Dialog>
    }
}
