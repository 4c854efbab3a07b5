use domain::view::settings::SessionLine;
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Badge, BadgeKind, Button, Column, DataTable, IconName, Time, use_toasts};
use crate::layouts::use_refresh;
use crate::server_fns::settings::end_other_sessions;

/// Where the person is signed in.
#[component]
pub(super) fn Sessions(sessions: Vec<SessionLine>) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let others = sessions.iter().any(|session| !session.is_this);
    let end = move |()| {
        leptos::task::spawn_local(async move {
            match end_other_sessions().await {
                Ok(1) => toasts.good("One other session ended."),
                Ok(count) => toasts.good(format!("{count} other sessions ended.")),
                Err(error) => toasts.problem(error.to_string()),
            }
            refresh.now();
        });
    };
    let columns = vec![
        Column::text("Device"),
        Column::text("Signed in"),
        Column::text("Last seen"),
        Column::tools("This one"),
    ];
    let rows = sessions.into_iter().map(line).collect_any();
    view! {
        <section class="panel">
            <header class="panel__head">
                <h2>"Signed in at"</h2>
                <span class="push">
                    {others.then(|| view! { <Button small=true on_press=end>"Sign out everywhere else"</Button> })}
                </span>
            </header>
            <DataTable caption="Sessions" columns=columns inset=true>{rows}</DataTable>
        </section>
    }
}

fn line(session: SessionLine) -> impl IntoView {
    let (since, seen) = (session.signed_in, session.last_seen);
    let this = session
        .is_this
        .then(|| view! { <Badge kind=BadgeKind::Good icon=IconName::Check label="This one"/> });
    view! {
        <tr>
            <th scope="row" data-phone="title">{session.device}</th>
            <td data-phone="sub"><Time instant=since.instant text=since.text full=since.full/></td>
            <td><Time instant=seen.instant text=seen.text full=seen.full/></td>
            <td class="shrink" data-phone="end">{this}</td>
        </tr>
    }
}
