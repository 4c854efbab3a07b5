use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::ListAddress;
use crate::components::{Icon, IconName};

/// How long somebody may pause while typing before the table follows.
const PAUSE: Duration = Duration::from_millis(300);

/// Searches the table as one types; Enter searches at once. The text lives in the address as `q`.
#[component]
pub fn SearchBox(
    /// "Search deals".
    label: &'static str,
    placeholder: &'static str,
) -> impl IntoView {
    let address = ListAddress::here();
    let change = address.changer();
    let text = RwSignal::new(untrack(|| address.value("q")));
    // Going back or taking a filter off changes the address under the box.
    Effect::new(move |before: Option<String>| {
        let now = address.value("q");
        if before.is_some_and(|before| before != now) {
            text.set(now.clone());
        }
        now
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let search = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        change(&[("q", text.get_untracked().trim())]);
    };
    let later = {
        let search = search.clone();
        move |event: ev::Event| {
            text.set(event_target_value(&event));
            if let Some(timer) = timer.try_update_value(Option::take).flatten() {
                timer.clear();
            }
            timer.set_value(set_timeout_with_handle(search.clone(), PAUSE).ok());
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        search();
    };
    view! {
        <form class="input-group" role="search" method="get" on:submit=submit>
            <Icon name=IconName::Search/>
            <input
                class="input input--small"
                type="search"
                name="q"
                aria-label=label
                placeholder=placeholder
                autocomplete="off"
                value=text.get_untracked()
                prop:value=move || text.get()
                on:input=later
            />
        </form>
    }
}
