//! What a board does by itself in the browser: keeps time, listens, folds columns as before, loads what comes into sight.

use std::time::Duration;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

use super::state::{BoardState, Column};
use crate::browser_only::BrowserOnly;
use crate::effect::effect;
use crate::live::{Touched, use_live};

/// How often relative times are put right, in seconds.
const TICK: i64 = 30;

/// Ticks after which the whole board is read again: what becomes due or overdue changes no deal, so nobody tells.
const TICKS_TO_RELOAD: i64 = 10;

/// Keeps an open board true.
pub fn keep(board: BoardState) {
    use_live(board.pipeline, move |touched| match touched {
        Touched::Deals(deals) => board.refresh(deals),
        Touched::Anything => board.reload(),
    });
    let timer = StoredValue::new(None::<IntervalHandle>);
    effect(move || {
        for column in board.all() {
            recall_fold(column);
        }
        let ticks = StoredValue::new(0_i64);
        let handle = set_interval_with_handle(
            move || {
                ticks.update_value(|ticks| *ticks += 1);
                let asleep = document().hidden();
                if asleep {
                    return;
                }
                board.now.update(|now| *now += TICK);
                if ticks.get_value() % TICKS_TO_RELOAD == 0 {
                    board.reload();
                }
            },
            Duration::from_secs(TICK.unsigned_abs()),
        );
        timer.set_value(handle.ok());
    });
    on_cleanup(move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    });
}

fn fold_key(column: Column) -> String {
    format!("fold:{}", column.stage)
}

/// Remembers whether a column is folded, in this browser.
pub fn remember_fold(column: Column) {
    if let Some(storage) = storage() {
        let folded = column.folded.get_untracked().to_string();
        // Without storage a fold lasts as long as the page.
        let _ = storage.set_item(&fold_key(column), &folded);
    }
}

fn recall_fold(column: Column) {
    let folded = storage().and_then(|storage| storage.get_item(&fold_key(column)).ok().flatten());
    if let Some(folded) = folded.and_then(|folded| folded.parse().ok()) {
        column.folded.set(folded);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Calls `seen` each time the node comes into sight or near it.
pub fn on_sight(node: NodeRef<html::Li>, seen: impl Fn() + Clone + 'static) {
    let observer = BrowserOnly::<IntersectionObserver>::new();
    effect(move || {
        let Some(node) = node.get() else { return };
        let seen = seen.clone();
        let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let visible = entries
                .iter()
                .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
                .any(|entry| entry.is_intersecting());
            if visible {
                seen();
            }
        });
        if let Ok(new) = IntersectionObserver::new(callback.as_ref().unchecked_ref()) {
            new.observe(&node);
            callback.forget();
            if let Some(old) = observer.take() {
                old.disconnect();
            }
            observer.set(new);
        }
    });
    on_cleanup(move || {
        if let Some(old) = observer.take() {
            old.disconnect();
        }
    });
}
