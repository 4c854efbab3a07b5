use domain::pipeline::StageKind;
use domain::view::deal::{DealView, StageView};
use leptos::prelude::*;

use super::page::DealActions;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Sheet};
use crate::server_fns::board::move_deal;

/// "Move to…" of the deal page.
#[component]
pub fn MoveMenu(
    view: DealView,
    actions: DealActions,
    open: RwSignal<bool>,
    losing: RwSignal<bool>,
) -> impl IntoView {
    let (stage, visit) = (view.stage, view.visit);
    let choose = move |to: StageView| {
        open.set(false);
        if to.kind == StageKind::Lost {
            losing.set(true);
        } else {
            let moved = format!("Moved to {}", to.name);
            let change = async move { move_deal(actions.id, to.id, stage, visit, None).await.map(|_| ()) };
            actions.carry_out(moved, change);
        }
    };
    let rows = view
        .stages
        .into_iter()
        .zip(1_u32..)
        .map(|(to, number)| {
            let here = to.id == stage;
            let name = to.name.clone();
            let step = match to.kind {
                StageKind::Won => {
                    view! { <span class="choice__step choice__step--won"><Icon name=IconName::Check size=12/></span> }.into_any()
                }
                StageKind::Lost => {
                    view! { <span class="choice__step choice__step--lost"><Icon name=IconName::Close size=12/></span> }.into_any()
                }
                StageKind::Entry | StageKind::Outreach | StageKind::Replied | StageKind::Progress => {
                    view! { <span class="choice__step">{number}</span> }.into_any()
                }
            };
            view! {
                <li>
                    <button
                        type="button"
                        class="choice"
                        aria-current=here.then_some("true")
                        disabled=here
                        on:click=move |_| choose(to.clone())
                    >
                        {step}
                        {name}
                        {here.then(|| view! { <span class="choice__end">"is here"</span> })}
                    </button>
                </li>
            }
        })
        .collect_any();
    let title = format!("Move {} to…", view.contact.name);
    view! { <Sheet id="deal-move-sheet" title=title open=open><ul class="choice-list">{rows}</ul></Sheet> }
}
