//! The AI a brand may ask.

mod account;
mod calls;
mod test;

use domain::view::ai::AiView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::SettingsPage;
use crate::components::{Load, Notice};
use crate::layouts::{Crumb, use_refresh};
use crate::server_fns::ai::ai_account;
use crate::wire::blocking;

/// How it goes with a brand's AI, and its settings.
#[component]
pub fn AiSettings() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let view = blocking(move || (slug.get(), refresh.track()), |(slug, _)| ai_account(slug));
    view! { <Load resource=view let:view><Content view=view/></Load> }.into_any()
}

#[component]
fn Content(view: AiView) -> impl IntoView {
    let AiView { slug, brand_name, edit, key_stored, state } = view;
    let brand = Crumb::new(brand_name.clone(), format!("/settings/brands/{slug}"));
    let (calls, test) = match state {
        Some(mut state) => {
            let last = state.last_test.take();
            let calls = view! { <calls::Calls state=state/> }.into_any();
            (calls, Some(view! { <test::Test slug=slug.clone() last=last/> }))
        }
        None => {
            let none = view! {
                <Notice>
                    {format!("{brand_name} has no AI: rules read its replies, and what they are unsure of waits in the inbox for a person. Nothing is missing without one.")}
                </Notice>
            };
            (none.into_any(), None)
        }
    };
    view! {
        <SettingsPage title="AI" above=vec![Crumb::new("Brands", "/settings/brands"), brand]>
            <header class="page__head">
                <div>
                    <h1>{format!("AI of {brand_name}")}</h1>
                    <p>"Reads the replies that the rules are unsure of, and nothing else. It is shown the brand’s name and the reply’s subject and text with mail addresses taken out. It never decides that an address is not mailed again."</p>
                </div>
            </header>
            {calls}
            <account::Account slug=slug edit=edit key_stored=key_stored/>
            {test}
        </SettingsPage>
    }
}
