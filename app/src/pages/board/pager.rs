use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::column::anchor;
use super::state::BoardState;
use crate::any::CollectAny;
use crate::effect::effect;

/// The phone's dots: which stage is on the screen, and a jump to any other.
#[component]
pub fn Pager(board: BoardState, node: NodeRef<html::Ol>) -> impl IntoView {
    let current = RwSignal::new(0_usize);
    let on_scroll = move || {
        if let Some(node) = node.get_untracked() {
            current.set(nearest(&node));
        }
    };
    effect(move || {
        let Some(node) = node.get() else { return };
        let listener = gloo::events::EventListener::new(&node, "scroll", move |_| on_scroll());
        // The listener goes with the node.
        listener.forget();
    });
    let dots = board
        .all()
        .into_iter()
        .enumerate()
        .map(|(index, column)| {
            let target = anchor(&column.key.get_value());
            let name = column.name.get_value();
            let id = target.clone();
            view! {
                <a
                    href=format!("#{target}")
                    rel="external"
                    aria-label=move || format!("{name}, {} deals", column.figures.with(|figures| figures.count))
                    aria-current=move || (current.get() == index).then_some("true")
                    on:click=move |event| {
                        event.prevent_default();
                        scroll_to(&id);
                    }
                ></a>
            }
        })
        .collect_any();
    view! { <nav class="board-pager" aria-label="Stages">{dots}</nav> }
}

/// Scrolls the board so that a column is in sight.
pub fn scroll_to(id: &str) {
    let Some(column) = document().get_element_by_id(id) else {
        return;
    };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    column.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The column nearest to the board's middle.
fn nearest(board: &web_sys::Element) -> usize {
    let middle = |element: &web_sys::Element| {
        let place = element.get_bounding_client_rect();
        place.left() + place.width() / 2.0
    };
    let children = board.children();
    let distance = |index: u32| {
        children
            .item(index)
            .and_then(|child| child.dyn_into::<web_sys::Element>().ok())
            .map_or(f64::MAX, |child| (middle(&child) - middle(board)).abs())
    };
    let best = (0..children.length()).min_by(|a, b| distance(*a).total_cmp(&distance(*b)));
    best.and_then(|index| usize::try_from(index).ok()).unwrap_or(0)
}
