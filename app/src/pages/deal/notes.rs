use leptos::prelude::*;
use leptos::task::spawn_local;

use super::page::DealActions;
use crate::components::{Button, TextArea};
use crate::server_fns::deal::add_deal_note;

/// Writes a note for the team. What was typed stays until it is stored.
#[component]
pub fn NoteForm(actions: DealActions) -> impl IntoView {
    let body = actions.draft;
    let busy = RwSignal::new(false);
    let add = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match add_deal_note(actions.id, body.get_untracked()).await {
                Ok(()) => {
                    body.set(String::new());
                    actions.reload();
                }
                Err(error) => actions.toasts.problem(error.to_string()),
            }
            busy.set(false);
        });
    };
    view! {
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                add();
            }
        >
            <TextArea
                id="note"
                label="Note"
                value=body
                rows=1
                placeholder="Write a note for your team"
                bare=true
                on_submit=Callback::new(move |()| add())
            />
            <div class="composer__foot">
                <span class="meta">"Only your team sees notes"</span>
                <Button submit=true small=true busy=busy>"Add note"</Button>
            </div>
        </form>
    }
}
