use domain::PipelineId;
use domain::pipeline::PipelineMode;
use domain::view::settings::{PipelineEdit, PipelineSettings};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::SettingsPage;
use super::stage_row::{StageFields, StageRow};
use crate::any::CollectAny;
use crate::components::{Button, ButtonKind, Load, Notice, NoticeKind, Segment, Segmented, use_toasts};
use crate::error::AppError;
use crate::layouts::{Crumb, use_refresh};
use crate::pages::listing::grouped;
use crate::server_fns::settings::{pipeline, save_pipeline};
use crate::wire::blocking;

/// One pipeline: how far the autopilot may go, and its stages.
#[component]
pub fn Pipeline() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<PipelineId>().ok()))
    });
    let settings = blocking(
        move || (id.get(), refresh.track()),
        |(id, _)| async move {
            match id {
                Some(id) => pipeline(id).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! { <Load resource=settings let:settings><Form settings=settings/></Load> }.into_any()
}

#[component]
fn Form(settings: PipelineSettings) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let mode = RwSignal::new(settings.mode.as_str().to_owned());
    let stages: Vec<StageFields> = settings.stages.iter().map(StageFields::new).collect();
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let (id, name, may_edit) = (settings.id, settings.name.clone(), settings.may_edit);
    let save = {
        let stages = stages.clone();
        move |()| {
            let Ok(mode) = mode.get_untracked().parse() else {
                return;
            };
            let edit = PipelineEdit {
                pipeline: id,
                mode,
                stages: stages.iter().map(|stage| stage.edit()).collect(),
            };
            busy.set(true);
            leptos::task::spawn_local(async move {
                let outcome = save_pipeline(edit).await;
                let _ = busy.try_set(false);
                match outcome {
                    Ok(()) => {
                        let _ = problem.try_set(None);
                        toasts.good("Pipeline saved.");
                        refresh.now();
                    }
                    Err(error) => {
                        let _ = problem.try_set(Some(error.to_string()));
                    }
                }
            });
        }
    };
    let rows =
        stages.into_iter().map(|fields| view! { <StageRow fields=fields may_edit=may_edit/> }).collect_any();
    view! {
        <SettingsPage title=name.clone() above=vec![Crumb::new("Pipelines", "/settings/pipelines")]>
            <header class="page__head">
                <div>
                    <h1>{name}</h1>
                    <p>"What has last happened to a deal, how long to wait, and which mail comes next. Deals survive every edit."</p>
                </div>
                <div class="page__actions">
                    {may_edit.then(|| view! { <Button kind=ButtonKind::Primary busy=busy on_press=save>"Save changes"</Button> })}
                </div>
            </header>
            {(!may_edit).then(|| view! { <Notice>"Managers and admins of the brand change pipelines; you can read them."</Notice> })}
            {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
            <Mode mode=mode may_edit=may_edit/>
            <section class="section">
                <header class="section__head">
                    <h2>"Stages"</h2>
                    <span class="meta">{grouped(settings.deals)} " deals"</span>
                </header>
                <div class="panel">
                    <div class="stage-row stage-row--head" aria-hidden="true">
                        <span></span>
                        <span>"Name"</span>
                        <span>"Kind"</span>
                        <span class="num">"Days"</span>
                        <span>"Mail that brings a deal here, and its subject B"</span>
                        <span class="num">"Prob. %"</span>
                        <span></span>
                    </div>
                    <ol>{rows}</ol>
                </div>
            </section>
        </SettingsPage>
    }
}

#[component]
fn Mode(mode: RwSignal<String>, may_edit: bool) -> impl IntoView {
    let explained = move || match mode.get().parse() {
        Ok(PipelineMode::Off) => "It leaves these deals alone; people send by hand.",
        Ok(PipelineMode::Suggest) => "It proposes each step; a person approves.",
        Ok(PipelineMode::Auto) | Err(_) => "It mails and closes by itself, in office hours.",
    };
    let choices = PipelineMode::ALL.iter().map(|mode| Segment::new(mode.as_str(), mode.label())).collect();
    view! {
        <section class="panel">
            <fieldset class="panel__body row row--between row--wrap" disabled=!may_edit>
                <div><b>"Autopilot"</b><p class="muted">{move || explained()}</p></div>
                <Segmented label="Autopilot" choices=choices value=mode/>
            </fieldset>
        </section>
    }
}
