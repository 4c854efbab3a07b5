//! The browser's entry point.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page the server rendered. From then on `data-hydrated` stands on the document, for whoever drives the
/// page by program: a click before that is lost where no form or link catches it.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    // What waits for data that came with the page is taken over in microtasks, so before any timer.
    set_timeout(
        || {
            if let Some(root) = document().document_element() {
                // Fails only for a name that is none.
                let _ = root.set_attribute("data-hydrated", "");
            }
        },
        Duration::ZERO,
    );
}
