use domain::view::deal::{DealEdit, DealView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::page::DealActions;
use crate::components::{Button, ButtonKind, Dialog, Notice, NoticeKind, SelectField, TextField};
use crate::server_fns::deal::edit_deal;

/// Value, expected close and owner.
#[component]
pub fn EditDialog(view: DealView, actions: DealActions, open: RwSignal<bool>) -> impl IntoView {
    let value = RwSignal::new(view.value_cents.map(plain).unwrap_or_default());
    let closes = RwSignal::new(view.expected_close_on.unwrap_or_default());
    let owner = RwSignal::new(view.owner.map(|owner| owner.to_string()).unwrap_or_default());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let nobody = (String::new(), "Nobody".to_owned());
    let people =
        std::iter::once(nobody).chain(view.people.into_iter().map(|(id, name)| (id.to_string(), name)));
    let people: Vec<(String, String)> = people.collect();
    let save = move |()| {
        busy.set(true);
        let edit = DealEdit {
            deal: actions.id,
            value: value.get_untracked(),
            expected_close_on: closes.get_untracked(),
            owner: owner.get_untracked().parse().ok(),
        };
        spawn_local(async move {
            match edit_deal(edit).await {
                Ok(()) => {
                    problem.set(None);
                    open.set(false);
                    actions.toasts.good("Saved");
                    actions.reload();
                }
                Err(error) => problem.set(Some(error.to_string())),
            }
            busy.set(false);
        });
    };
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary busy=busy on_press=save>"Save"</Button>
        }
        .into_any()
    });
    let currency = format!("In {}; leave it empty when nobody knows.", view.currency);
    view! {
        <Dialog id="edit-deal" title="Edit deal" open=open foot=foot>
            <div class="form">
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
                <TextField id="deal-value" label="Value" value=value help=currency/>
                <TextField id="deal-closes" label="Expected close" kind="date" value=closes optional=true/>
                <SelectField id="deal-owner" label="Owner" choices=people value=owner/>
            </div>
        </Dialog>
    }
}

/// "1200" or "1200.50".
fn plain(cents: i64) -> String {
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{}.{rest:02}", cents / 100),
    }
}
