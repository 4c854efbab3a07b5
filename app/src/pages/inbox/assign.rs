use std::time::Duration;

use domain::InboundId;
use domain::view::inbox::InboxContact;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::triage::Triage;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Load};
use crate::server_fns::inbox::senders;
use crate::wire::loading;

/// How long somebody may pause while typing before the search follows.
const PAUSE: Duration = Duration::from_millis(250);

/// Says whom a mail is from that nobody recognised.
#[component]
pub(super) fn Assign(mail: InboundId, triage: Triage) -> impl IntoView {
    let (typed, wanted) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let later = move |event| {
        typed.set(event_target_value(&event));
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let search = move || {
            let _ = wanted.try_set(typed.try_get_untracked().unwrap_or_default());
        };
        timer.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    let found = loading(move || wanted.get(), move |words| senders(mail, words));
    view! {
        <section class="inbox__assign" aria-label="Unknown sender">
            <h3>"Nobody the brand knows"</h3>
            <p class="meta">"Say whom this mail is from, and what it means goes to their deal."</p>
            <div class="input-group" role="search">
                <Icon name=IconName::Search/>
                <input
                    class="input input--small"
                    type="search"
                    aria-label="Find the contact"
                    placeholder="Name, company or address"
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input=later
                />
            </div>
            <Load resource=found let:found><Found found=found searched=wanted triage=triage/></Load>
        </section>
    }
}

#[component]
fn Found(found: Vec<InboxContact>, searched: RwSignal<String>, triage: Triage) -> impl IntoView {
    let nothing = (found.is_empty() && !searched.get_untracked().trim().is_empty())
        .then(|| view! { <p class="meta">"No contact of this brand matches."</p> });
    let hits = found
        .into_iter()
        .map(|contact| {
            let id = contact.id;
            let company = (!contact.company.is_empty()).then(|| format!("{} · ", contact.company));
            view! {
                <li>
                    <button
                        type="button"
                        class="inbox__hit"
                        disabled=move || triage.busy.get()
                        on:click=move |_| triage.is_from(id)
                    >
                        <span>{contact.name}</span>
                        <span class="meta">{company}{contact.email}</span>
                    </button>
                </li>
            }
        })
        .collect_any();
    view! { <ul class="inbox__hits">{hits}</ul> {nothing} }
}
