//! The browser's entry point.

use std::time::Duration;

use leptos::mount::hydrate_body;
use leptos::prelude::{document, set_timeout};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Takes over the page the server rendered. From then on `data-hydrated` stands on the document, for whoever drives the
/// page by program: a click before that is lost where no form or link catches it.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        if app::first_page().await.is_err() {
            return say(
                "Part of this page didn't come. What you see can be read; reload the page to work with it.",
            );
        }
        hydrate_body(app::App);
        // What waits for data that came with the page is taken over in microtasks, so before any timer.
        set_timeout(mark, Duration::ZERO);
    });
}

/// Puts a problem where the application would, which isn't there to do it.
fn say(problem: &str) {
    let toast = || {
        let toasts = document().query_selector(".toasts").ok()??;
        let (toast, text) = (document().create_element("div").ok()?, document().create_element("p").ok()?);
        toast.set_class_name("toast toast--bad");
        text.set_text_content(Some(problem));
        toast.append_child(&text).ok()?;
        toasts.append_child(&toast).ok()
    };
    if toast().is_none() {
        leptos::logging::error!("{problem}");
    }
}

fn mark() {
    if let Some(root) = document().document_element() {
        // Fails only for a name that is none.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
