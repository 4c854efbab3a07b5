use domain::view::inbox::CHOICES;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::triage::Triage;
use crate::browser_only::BrowserOnly;
use crate::effect::effect;

/// Elements that want their keys for themselves.
const TYPING: &str = "input, textarea, select, [contenteditable], dialog, [role=\"menu\"]";

/// One key decides, j and k move, wherever the focus is but in a field, dialog or menu.
pub(super) fn listen(triage: Triage) {
    let listener = BrowserOnly::new();
    effect(move || {
        let active = EventListenerOptions { phase: EventListenerPhase::Bubble, passive: false };
        let keys = EventListener::new_with_options(&window(), "keydown", active, move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                press(triage, event);
            }
        });
        listener.set(keys);
    });
}

fn press(triage: Triage, event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    // A key held down would decide mail after mail.
    if modified || event.repeat() || event.default_prevented() || is_typing(event) {
        return;
    }
    let key = event.key();
    match key.as_str() {
        "j" => triage.step(true),
        "k" => triage.step(false),
        other => {
            let choice = CHOICES.into_iter().find(|(_, key)| other.chars().eq([*key]));
            let Some((intent, _)) = choice else { return };
            triage.says(intent);
        }
    }
    event.prevent_default();
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let open = document().query_selector("dialog[open], [popover]:popover-open");
    target.is_some_and(|element| element.closest(TYPING).is_ok_and(|found| found.is_some()))
        || open.is_ok_and(|found| found.is_some())
}
