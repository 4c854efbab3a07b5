use domain::view::settings::AccountView;
use leptos::prelude::*;

use super::SettingsPage;
use super::password::Password;
use super::sessions::Sessions;
use crate::components::{Button, ButtonKind, Load, Notice, NoticeKind, SelectField, TextField, use_toasts};
use crate::layouts::{use_frame, use_refresh};
use crate::server_fns::frame::frame;
use crate::server_fns::settings::{account, save_account};
use crate::wire::blocking;

/// The person's own settings.
#[component]
pub fn Account() -> impl IntoView {
    let refresh = use_refresh();
    let view = blocking(move || refresh.track(), |_| account());
    view! {
        <SettingsPage title="Account">
            <header class="page__head"><div><h1>"Account"</h1><p>"Your name, your clock and where you are signed in."</p></div></header>
            <Load resource=view let:view>
                <Person view=view.clone()/>
                <Password/>
                <Sessions sessions=view.sessions/>
            </Load>
        </SettingsPage>
    }
    .into_any()
}

#[component]
fn Person(view: AccountView) -> impl IntoView {
    let (toasts, refresh, shown) = (use_toasts(), use_refresh(), use_frame());
    let (name, zone) = (RwSignal::new(view.name), RwSignal::new(view.time_zone));
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = save_account(name.get_untracked(), zone.get_untracked()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    let _ = problem.try_set(None);
                    toasts.good("Saved. Times are shown in your zone.");
                    // The frame shows the name, and every time on the page is said in the new zone.
                    if let Ok(fresh) = frame().await {
                        let _ = shown.try_set(Some(fresh));
                    }
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
            <header class="panel__head"><h2>"You"</h2></header>
            <form class="panel__body form" on:submit=save>
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                <p class="muted">{view.email} " · " {view.roles.join(", ")}</p>
                <div class="form__row">
                    <TextField id="account-name" label="Name" value=name autocomplete="name" required=true/>
                    <SelectField id="account-zone" label="Time zone" choices=view.zones value=zone/>
                </div>
                <div class="form__foot"><Button kind=ButtonKind::Primary submit=true busy=busy>"Save"</Button></div>
            </form>
        </section>
    }
}
