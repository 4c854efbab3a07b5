use std::time::Duration;

use domain::view::template::TemplateAddressee;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Editor;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, SelectField};
use crate::server_fns::templates::template_contacts;

/// How long somebody may pause while typing before the search begins.
const PAUSE: Duration = Duration::from_millis(300);

/// Chooses whom the mail is shown for: a sample, or a real contact.
#[component]
pub(super) fn Addressee(editor: Editor, samples: Vec<(String, String)>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<TemplateAddressee>>);
    let chosen = RwSignal::new(None::<String>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    // A contact's id is none of the samples: the list shows the first then, and the words beside it say who it is.
    let sample = RwSignal::new(samples.first().map(|(who, _)| who.clone()).unwrap_or_default());
    Effect::new(move |before: Option<String>| {
        let now = sample.get();
        if before.is_some_and(|before| before != now) {
            chosen.set(None);
            editor.who.set(now.clone());
        }
        now
    });
    let search = move || {
        spawn_local(async move {
            let (brand, key) = editor.place();
            let Some(wanted) = text.try_get_untracked() else { return };
            let answer = template_contacts(brand, key, wanted.clone()).await;
            if text.try_get_untracked() == Some(wanted) {
                let _ = found.try_set(answer.ok());
            }
        });
    };
    let later = move |event: leptos::ev::Event| {
        text.set(event_target_value(&event));
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        if text.with_untracked(|text| text.trim().chars().count() < 2) {
            return found.set(None);
        }
        timer.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    let choose = move |contact: TemplateAddressee| {
        editor.who.set(contact.who);
        chosen.set(Some(contact.words));
        text.set(String::new());
        found.set(None);
    };
    let back = move |_| {
        chosen.set(None);
        editor.who.set(sample.get_untracked());
    };
    view! {
        <div class="template-who">
            <SelectField id="template-sample" label="Sample contact" choices=samples value=sample/>
            <div class="field template-who__search">
                <label class="field__label" for="template-contact">"Or a contact of yours"</label>
                <input
                    class="input"
                    id="template-contact"
                    type="search"
                    autocomplete="off"
                    placeholder="Name, company or address"
                    prop:value=move || text.get()
                    on:input=later
                />
                {move || found.get().map(|contacts| results(contacts, choose))}
            </div>
            {move || {
                chosen.get().map(|words| {
                    view! {
                        <p class="template-who__chosen">
                            <Icon name=IconName::User size=14/>
                            {words}
                            <button type="button" class="link" on:click=back>"Back to the sample"</button>
                        </p>
                    }
                })
            }}
        </div>
    }
}

fn results(contacts: Vec<TemplateAddressee>, choose: impl Fn(TemplateAddressee) + Copy + 'static) -> AnyView {
    if contacts.is_empty() {
        return view! { <p class="field__help" role="status">"No contact of the brand matches."</p> }
            .into_any();
    }
    let lines = contacts
        .into_iter()
        .map(|contact| {
            let words = contact.words.clone();
            view! { <li><button type="button" class="menu__item" on:click=move |_| choose(contact.clone())>{words}</button></li> }
        })
        .collect_any();
    view! { <ul class="template-who__results">{lines}</ul> }.into_any()
}
