use leptos::prelude::*;

use crate::components::{Button, Notice, NoticeKind, TextField, use_toasts};
use crate::layouts::use_refresh;
use crate::server_fns::settings::change_password;

/// A new password, which ends every other session.
#[component]
pub(super) fn Password() -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let change = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = change_password(current.get_untracked(), new.get_untracked()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    let _ = problem.try_set(None);
                    toasts.good("Password changed. You are signed out everywhere else.");
                    refresh.now();
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    view! {
        <section class="panel">
            <header class="panel__head"><h2>"Password"</h2></header>
            <form class="panel__body form" on:submit=change>
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                <div class="form__row">
                    <TextField
                        id="current-password"
                        label="Current password"
                        kind="password"
                        value=current
                        autocomplete="current-password"
                        required=true
                    />
                    <TextField
                        id="new-password"
                        label="New password"
                        kind="password"
                        value=new
                        autocomplete="new-password"
                        help="At least 10 characters. Other places you are signed in at are signed out."
                        required=true
                    />
                </div>
                <div class="form__foot"><Button submit=true busy=busy>"Change password"</Button></div>
            </form>
        </section>
    }
}
