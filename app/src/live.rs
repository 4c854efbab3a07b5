//! Server-sent events: what other people and the autopilot change while a board is open.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use domain::{DealId, PipelineId};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use crate::browser_only::BrowserOnly;
use crate::effect::effect;

/// Changes that come close together are told as one.
const TOGETHER: Duration = Duration::from_millis(200);

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    Deals(Vec<DealId>),
    /// Too many deals to name, or the connection was away.
    Anything,
}

#[derive(Deserialize)]
struct Message {
    deals: Vec<DealId>,
}

#[derive(Default)]
struct Waiting {
    deals: Vec<DealId>,
    anything: bool,
    timer: Option<TimeoutHandle>,
}

/// Calls `on_change` in the browser whenever deals of the pipeline have changed, until the owner goes. The browser
/// connects again by itself.
pub fn use_live(pipeline: PipelineId, on_change: impl Fn(Touched) + Send + Sync + 'static) {
    let on_change = StoredValue::new(on_change);
    let connection = BrowserOnly::<EventSource>::new();
    effect(move || {
        let Ok(source) = EventSource::new(&format!("/live?pipeline={pipeline}")) else {
            return;
        };
        let waiting = Rc::new(RefCell::new(Waiting::default()));
        let tell = move |waiting: &Rc<RefCell<Waiting>>| {
            let waiting = waiting.take();
            let touched = if waiting.anything { Touched::Anything } else { Touched::Deals(waiting.deals) };
            // Gone with the page while the timer ran.
            let _ = on_change.try_with_value(|on_change| on_change(touched));
        };
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            let Ok(message) = crate::wire::read::<Message>(text.as_bytes()) else {
                return;
            };
            let mut held = waiting.borrow_mut();
            held.anything |= message.deals.is_empty();
            for deal in message.deals {
                if !held.deals.contains(&deal) {
                    held.deals.push(deal);
                }
            }
            if held.timer.is_none() {
                let waiting = waiting.clone();
                held.timer = set_timeout_with_handle(move || tell(&waiting), TOGETHER).ok();
            }
        });
        source.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // The browser keeps it as long as the connection.
        hear.forget();
        connection.set(source);
    });
    on_cleanup(move || {
        if let Some(source) = connection.take() {
            source.set_onmessage(None);
            source.close();
        }
    });
}
