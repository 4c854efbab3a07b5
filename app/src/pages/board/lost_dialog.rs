use domain::pipeline::LostReason;
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Button, ButtonKind, Dialog};

/// Asks why a deal was lost. Closing it leaves the deal where it is.
#[component]
pub fn LostDialog(
    /// Whose deal: stands in the title.
    #[prop(into)]
    name: Signal<String>,
    open: RwSignal<bool>,
    #[prop(into)] on_choose: Callback<LostReason>,
) -> impl IntoView {
    let chosen = RwSignal::new(LostReason::NotInterested);
    let title = Signal::derive(move || format!("Why was {} lost?", name.get()));
    let choices = LostReason::BY_PERSON
        .iter()
        .map(|reason| {
            let reason = *reason;
            view! {
                <label class="check">
                    <input
                        type="radio"
                        name="lost-reason"
                        value=reason.as_str()
                        prop:checked=move || chosen.get() == reason
                        on:change=move |_| chosen.set(reason)
                    />
                    {reason.label()}
                </label>
            }
        })
        .collect_any();
    let confirm = move |()| {
        open.set(false);
        on_choose.run(chosen.get_untracked());
    };
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary on_press=confirm>"Mark as lost"</Button>
        }
        .into_any()
    });
    view! {
        <Dialog id="lost-dialog" title=title open=open foot=foot>
            <p>"The deal is closed and the autopilot stops. It can be opened again."</p>
            <div class="stack" role="radiogroup" aria-label="Reason">{choices}</div>
        </Dialog>
    }
}
