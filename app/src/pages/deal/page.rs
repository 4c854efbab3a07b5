use std::time::Duration;

use domain::DealId;
use domain::view::deal::{DealView, StatusChange};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use super::facts::Facts;
use super::head::Head;
use super::next_step::NextStepPanel;
use super::notes::NoteForm;
use super::timeline::Timeline;
use crate::any::CollectAny;
use crate::components::{Load, Toasts, use_toasts};
use crate::error::AppError;
use crate::layouts::{Crumb, Page, use_refresh};
use crate::live::{Touched, use_live};
use crate::pages::board::board_address;
use crate::server_fns::deal::{deal, set_deal_status};
use crate::wire::blocking;

/// Between two looks whether somebody is still writing.
const LATER: Duration = Duration::from_secs(2);

/// What the parts of the page do to the deal, and how they read it again.
#[derive(Clone, Copy)]
pub struct DealActions {
    pub id: DealId,
    pub toasts: Toasts,
    /// Counts the reasons to read the deal again.
    version: RwSignal<u32>,
    /// A change is on its way.
    pub busy: RwSignal<bool>,
    /// A note that isn't stored yet.
    pub draft: RwSignal<String>,
}

impl DealActions {
    /// Reads the deal again.
    pub fn reload(self) {
        self.version.update(|version| *version = version.wrapping_add(1));
    }

    /// Reads the deal again once nothing is being written: a form under somebody's hands stays as it is.
    fn reload_when_idle(self) {
        let writing = document()
            .query_selector("dialog[open], .composer:focus-within")
            .is_ok_and(|found| found.is_some());
        if writing {
            set_timeout(move || self.reload_when_idle(), LATER);
        } else {
            // Gone with the page while the timer ran.
            let _ = self.version.try_update(|version| *version = version.wrapping_add(1));
        }
    }

    /// Carries a change out, says what happened, and reads the deal again.
    pub fn carry_out(
        self,
        done: impl Into<String> + 'static,
        change: impl Future<Output = Result<(), AppError>> + 'static,
    ) {
        self.busy.set(true);
        spawn_local(async move {
            match change.await {
                Ok(()) => self.toasts.good(done),
                Err(error) => self.toasts.problem(error.to_string()),
            }
            self.busy.set(false);
            self.reload();
        });
    }

    /// Pauses, opens, wins or loses the deal.
    pub fn set_status(self, change: StatusChange) {
        let done = match change {
            StatusChange::Pause => "Paused: the autopilot leaves it alone",
            StatusChange::Open => "The deal is active again",
            StatusChange::Won => "Marked as won",
            StatusChange::Lost(_) => "Marked as lost",
        };
        self.carry_out(done, set_deal_status(self.id, change));
    }
}

/// `/deals/{id}`.
#[component]
pub fn DealPage() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let version = RwSignal::new(0_u32);
    let (busy, draft) = (RwSignal::new(false), RwSignal::new(String::new()));
    let toasts = use_toasts();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<DealId>().ok()));
    let view = blocking(
        move || (id.get(), version.get(), refresh.track()),
        |(id, _, _)| async move {
            match id {
                Some(id) => deal(id).await,
                None => {
                    #[cfg(feature = "ssr")]
                    crate::server_context::request::respond_not_found();
                    Err(AppError::NotFound)
                }
            }
        },
    );
    view! {
        <Load resource=view let:view>
            {
                let actions = DealActions { id: view.id, toasts, version, busy, draft };
                view! { <Whole view=view actions=actions/> }
            }
        </Load>
    }
    .into_any()
}

#[component]
fn Whole(view: DealView, actions: DealActions) -> impl IntoView {
    let id = view.id;
    use_live(view.pipeline, move |touched| match touched {
        Touched::Deals(deals) if !deals.contains(&id) => {}
        Touched::Deals(_) | Touched::Anything => actions.reload_when_idle(),
    });
    let crumbs = vec![
        Crumb::new("Board", "/board"),
        Crumb::new(view.pipeline_name.clone(), board_address(view.pipeline, &view.pipeline_key)),
    ];
    view! {
        <Page title=view.contact.name.clone() crumbs=crumbs>
            <div class="detail" data-deal-page=id.to_string()>
                <Head view=view.clone() actions=actions/>
                <Ladder view=view.clone()/>
                <div class="detail__columns">
                    <aside class="detail__side" aria-label="Next step and facts">
                        <NextStepPanel view=view.clone() actions=actions/>
                        <Meters view=view.clone()/>
                        <Facts view=view.clone()/>
                    </aside>
                    <section class="detail__main" aria-label="Timeline">
                        <NoteForm actions=actions/>
                        <Timeline days=view.timeline cut=view.timeline_cut person=view.contact.name/>
                    </section>
                </div>
            </div>
        </Page>
    }
}

/// Where the deal stands on its ladder. The lost stage is no rung: it shows only when the deal is in it.
#[component]
fn Ladder(view: DealView) -> impl IntoView {
    let current = view.stages.iter().position(|stage| stage.id == view.stage).unwrap_or(0);
    let rungs = view
        .stages
        .into_iter()
        .enumerate()
        .filter(|(index, stage)| stage.kind != domain::pipeline::StageKind::Lost || *index == current)
        .map(|(index, stage)| {
            let class = (index < current).then_some("ladder__done");
            let step = (index == current).then_some("step");
            view! { <li class=class aria-current=step title=stage.name.clone()><span>{stage.name.clone()}</span></li> }
        })
        .collect_any();
    view! { <ol class="ladder" aria-label="Stage">{rungs}</ol> }
}

#[component]
fn Meters(view: DealView) -> impl IntoView {
    let meter = view.meter;
    let counts = [
        ("Sent", meter.sent),
        ("Opened", meter.opened),
        ("Clicked", meter.clicked),
        ("Replied", meter.replied),
    ]
    .into_iter()
    .map(|(word, count)| {
        let text = if count == 0 { "–".to_owned() } else { count.to_string() };
        view! { <div><dt>{word}</dt><dd class=(count == 0).then_some("zero")>{text}</dd></div> }
    })
    .collect_any();
    view! { <dl class="meter">{counts}</dl> }
}
