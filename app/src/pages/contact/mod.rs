//! The page of one contact.

mod allow;
mod consent;
mod facts;
mod head;

use domain::ContactId;
use domain::view::contact::ContactView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::deal::Timeline;
use crate::components::Load;
use crate::error::AppError;
use crate::layouts::{Crumb, Page, use_refresh};
use crate::server_fns::contacts::contact_page;
use crate::wire::blocking;
use facts::Side;
use head::Head;

/// One contact: facts and deals left, history right.
#[component]
pub fn ContactPage() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<ContactId>().ok()))
    });
    let contact = blocking(
        move || (id.get(), refresh.track()),
        |(id, _)| async move {
            match id {
                Some(id) => contact_page(id).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! { <Load resource=contact let:view><Content view=view/></Load> }.into_any()
}

#[component]
fn Content(view: ContactView) -> impl IntoView {
    let (days, cut, person) = (view.timeline.clone(), view.timeline_cut, view.facts.name.clone());
    view! {
        <Page title=person.clone() crumbs=vec![Crumb::new("Contacts", "/contacts")]>
            <div class="detail">
                <Head view=view.clone()/>
                <div class="detail__columns">
                    <Side view=view/>
                    <section class="detail__main" aria-label="Timeline">
                        <Timeline days=days cut=cut person=person/>
                    </section>
                </div>
            </div>
        </Page>
    }
}
