//! The browser's entry point.

use std::time::Duration;

use leptos::mount::hydrate_from_async;
use leptos::prelude::{document, set_timeout};
use leptos::tachys::dom::body;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Takes over the page the server rendered. From then on `data-hydrated` stands on the document, for whoever drives the
/// page by program: a click before that is lost where no form or link catches it.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        hydrate_from_async(body(), app::App).await.forget();
        // What waits for data that came with the page is taken over in microtasks, so before any timer.
        set_timeout(mark, Duration::ZERO);
    });
}

fn mark() {
    if let Some(root) = document().document_element() {
        // Fails only for a name that is none.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
