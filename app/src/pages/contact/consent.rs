use domain::ContactId;
use domain::contact::ConsentBasis;
use domain::view::contact::ConsentEntry;
use leptos::prelude::*;

use crate::components::{Button, ButtonKind, Dialog, Notice, NoticeKind, SelectField, TextField, use_toasts};
use crate::layouts::use_refresh;
use crate::server_fns::contacts::state_consent;

/// Asks why the brand may write to the contact, and what proves it.
#[component]
pub(super) fn ConsentDialog(contact: ContactId, open: RwSignal<bool>) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let basis = RwSignal::new(ConsentBasis::Published.as_str().to_owned());
    let evidence = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let save = move |()| {
        let Ok(basis) = basis.get_untracked().parse() else {
            return;
        };
        let entry = ConsentEntry { contact, basis, evidence: evidence.get_untracked() };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = state_consent(entry).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    let _ = open.try_set(false);
                    toasts.good("Consent recorded. The autopilot looks at held deals again.");
                    refresh.now();
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    let choices =
        ConsentBasis::ALL.iter().map(|basis| (basis.as_str().to_owned(), basis.label().to_owned())).collect();
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary busy=busy on_press=save>"Record consent"</Button>
        }
        .into_any()
    });
    view! {
        <Dialog id="consent" title="Why may we write?" open=open foot=foot>
            <div class="form">
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                <SelectField id="consent-basis" label="Basis" choices=choices value=basis/>
                <TextField
                    id="consent-evidence"
                    label="Evidence"
                    value=evidence
                    placeholder="https://example.com.au/contact"
                    help="The page the address is published on, or who agreed when and how."
                    required=true
                />
            </div>
        </Dialog>
    }
}
