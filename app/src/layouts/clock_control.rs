use std::time::Duration;

use domain::view::frame::{ClockStep, DemoClock};
use leptos::prelude::*;

use super::{use_frame, use_refresh};
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Menu, MenuItem, use_toasts};
use crate::effect::effect;
use crate::server_fns::demo;

/// How often the time shown is renewed.
const MINUTE: Duration = Duration::from_secs(60);

/// The demo's clock, outside the pages so that it survives going from one to another.
#[derive(Clone, Copy)]
struct ClockState {
    clock: RwSignal<Option<DemoClock>>,
    /// The step that is being run.
    busy: RwSignal<Option<ClockStep>>,
}

/// Called once by the frame.
pub(super) fn provide_clock() {
    let state = ClockState {
        clock: RwSignal::new(use_frame().with_untracked(|frame| frame.as_ref()?.demo_clock.clone())),
        busy: RwSignal::new(None),
    };
    provide_context(state);
    effect(move || {
        if state.clock.with_untracked(Option::is_some)
            && let Ok(timer) = set_interval_with_handle(move || renew(state), MINUTE)
        {
            on_cleanup(move || timer.clear());
        }
    });
}

fn renew(state: ClockState) {
    leptos::task::spawn_local(async move {
        // A minute without an answer is no news: the next try follows.
        if let Ok(Some(clock)) = demo::clock().await {
            let _ = state.clock.try_set(Some(clock));
        }
    });
}

/// In the demo: its time, and buttons that move it on and run what falls due. Elsewhere nothing.
#[component]
pub(super) fn ClockControl() -> impl IntoView {
    let state = expect_context::<ClockState>();
    // Whether this is the demo never changes, so the choice needs no signal.
    state.clock.with_untracked(Option::is_some).then(|| view! { <Control state=state/> })
}

#[component]
fn Control(state: ClockState) -> impl IntoView {
    let toasts = use_toasts();
    let refresh = use_refresh();
    let advance = Callback::new(move |step: ClockStep| {
        if state.busy.get_untracked().is_some() {
            return;
        }
        state.busy.set(Some(step));
        leptos::task::spawn_local(async move {
            let outcome = demo::advance_clock(step).await;
            let _ = state.busy.try_set(None);
            match outcome {
                Ok(moved) => {
                    toasts.good(format!("{} later: {}", step.label(), moved.happened));
                    let _ = state.clock.try_set(Some(moved.clock));
                    refresh.now();
                }
                Err(error) => toasts.problem(error.to_string()),
            }
        });
    });
    let busy = Signal::derive(move || state.busy.get().is_some());
    let text = move |part: fn(&DemoClock) -> &str| {
        state.clock.with(|clock| clock.as_ref().map(|clock| part(clock).to_owned()).unwrap_or_default())
    };
    let steps = ClockStep::ALL
        .map(|step| {
            view! {
                <button
                    type="button"
                    title=format!("Forward {} and run what falls due", step.label())
                    disabled=move || busy.get()
                    on:click=move |_| advance.run(step)
                >
                    {move || if state.busy.get() == Some(step) { "Running…" } else { step.short() }}
                </button>
            }
        })
        .collect_any();
    view! {
        <div class="demo-clock" role="group" aria-label="Demo clock" aria-busy=move || busy.get().then_some("true")>
            <span class="demo-clock__time not-phone">
                <Icon name=IconName::Clock size=14/>
                <span class="sr-only">"Demo time"</span>
                <b>
                    <time datetime=move || text(|clock| &clock.instant) title=move || format!("Demo time: {}", text(|clock| &clock.full))>
                        {move || text(|clock| &clock.label)}
                    </time>
                </b>
            </span>
            <div class="demo-clock__steps not-phone">{steps}</div>
            <PhoneMenu state=state busy=busy advance=advance/>
        </div>
    }
}

#[component]
fn PhoneMenu(state: ClockState, busy: Signal<bool>, advance: Callback<ClockStep>) -> impl IntoView {
    let short = move || match state.busy.get() {
        Some(_) => "Running…".to_owned(),
        None => state.clock.with(|clock| clock.as_ref().map(|clock| clock.short.clone()).unwrap_or_default()),
    };
    let title = move || {
        state.clock.with(|clock| {
            clock.as_ref().map(|clock| format!("Demo time: {}", clock.label)).unwrap_or_default()
        })
    };
    let lines = ClockStep::ALL
        .map(|step| {
            view! {
                <MenuItem icon=IconName::FastForward disabled=busy on_press=move |()| advance.run(step)>
                    {format!("Forward {}", step.label())}
                </MenuItem>
            }
        })
        .collect_any();
    view! {
        <Menu
            id="clock-menu"
            label="Demo clock"
            class="demo-clock__time only-phone"
            end=true
            face=move || view! { <Icon name=IconName::Clock size=14/> <b>{move || short()}</b> }
        >
            <p class="menu__title">{move || title()}</p>
            {lines}
        </Menu>
    }
}
