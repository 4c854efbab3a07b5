//! Which card or column an event or a point belongs to.

use domain::{DealId, StageId};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

/// The card around an event's target.
pub fn card_of(target: Option<EventTarget>) -> Option<(DealId, HtmlElement)> {
    let element: Element = target?.dyn_into().ok()?;
    let card: HtmlElement = element.closest("[data-deal]").ok()??.dyn_into().ok()?;
    let deal = card.get_attribute("data-deal")?.parse().ok()?;
    Some((deal, card))
}

/// Whether the target is a control of the card, which keeps its clicks to itself.
pub fn is_control(target: Option<EventTarget>) -> bool {
    target.and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|element| {
        element.closest("button, input, select, .deal__actions").ok().flatten().is_some()
    })
}

/// The column under a point of the window.
pub fn column_at(x: i32, y: i32) -> Option<(StageId, Element)> {
    #[expect(clippy::cast_precision_loss, reason = "pixels of a screen are small numbers")]
    let element = document().element_from_point(x as f32, y as f32)?;
    let column = element.closest("[data-stage-id]").ok()??;
    let stage = column.get_attribute("data-stage-id")?.parse().ok()?;
    Some((stage, column))
}

/// The card of a deal in the document.
pub fn card_element(deal: DealId) -> Option<HtmlElement> {
    document().query_selector(&format!("[data-deal=\"{deal}\"]")).ok()??.dyn_into().ok()
}

/// Puts the focus on a deal's link.
pub fn focus(deal: DealId) {
    let link = card_element(deal).and_then(|card| card.query_selector(".deal__link").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}

/// Whether the focus is in a deal's card.
pub fn has_focus(deal: DealId) -> bool {
    let active = document().active_element();
    active.and_then(|active| card_of(Some(active.into()))).is_some_and(|(focused, _)| focused == deal)
}
