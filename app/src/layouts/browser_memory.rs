//! Choices the browser remembers for the next visit, as cookies so that the server's first page knows them already.

use leptos::prelude::document;
use wasm_bindgen::JsValue;

/// Cookie of the colour theme: `light`, `dark`, or absent for the system's.
pub const THEME: &str = "overture_theme";
/// Cookie of the sidebar: `folded`, or absent.
pub const SIDEBAR: &str = "overture_sidebar";

const YEAR: u32 = 365 * 24 * 60 * 60;

/// Stores a choice; an empty value forgets it. Only in the browser.
pub fn remember(name: &str, value: &str) {
    let age = if value.is_empty() { 0 } else { YEAR };
    let cookie = format!("{name}={value}; path=/; max-age={age}; samesite=lax");
    // Fails only where cookies are switched off: the choice then lasts until the page is closed.
    let _ = js_sys::Reflect::set(&document(), &JsValue::from_str("cookie"), &JsValue::from_str(&cookie));
}
