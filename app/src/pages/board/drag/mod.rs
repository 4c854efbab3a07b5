//! Picking up deals by mouse, touch and keyboard. Listeners sit on the board, not on its hundreds of cards.

pub mod hit;
mod keyboard;
mod lifted;
mod pointer;

use domain::{DealId, StageId};
use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use leptos::{html, prelude::*};

use super::state::BoardState;
use crate::browser_only::BrowserOnly;
use crate::components::Toasts;
use crate::effect::effect;
use lifted::Lifted;

/// The hand over the board.
#[derive(Clone, Copy)]
pub struct Drag {
    board: BoardState,
    node: NodeRef<html::Ol>,
    layer: NodeRef<html::Div>,
    toasts: Toasts,
    hand: BrowserOnly<Hand>,
    /// Listeners on the window and on the board that Leptos's own can't be: not passive, or capturing.
    listeners: BrowserOnly<Vec<EventListener>>,
}

/// What the pointer is doing; nothing yet is the same as a free hand.
enum Hand {
    Free,
    /// Down on a card; may become a click, a scroll or a drag.
    Pressed(Press),
    Dragging(Dragging),
}

struct Press {
    deal: DealId,
    pointer: i32,
    touch: bool,
    x: i32,
    y: i32,
    /// Runs out when a finger has rested long enough. Dropping it cancels it.
    _timer: Option<Timeout>,
}

struct Dragging {
    deal: DealId,
    pointer: i32,
    touch: bool,
    x: i32,
    y: i32,
    lifted: Lifted,
    /// Scrolls at the edges while the pointer rests there.
    _scroll: Interval,
}

impl Drag {
    /// For one board, whose `<ol>` is `node`; lifted cards are shown in `layer`.
    pub fn new(
        board: BoardState,
        node: NodeRef<html::Ol>,
        layer: NodeRef<html::Div>,
        toasts: Toasts,
    ) -> Self {
        let drag =
            Self { board, node, layer, toasts, hand: BrowserOnly::new(), listeners: BrowserOnly::new() };
        effect(move || {
            if let Some(node) = node.get() {
                drag.listeners.set(pointer::listeners(drag, &node));
            }
        });
        on_cleanup(move || {
            drop(drag.hand.take());
            drop(drag.listeners.take());
        });
        drag
    }

    /// Puts the held card into `stage` and empties the hand.
    fn drop_into(self, stage: Option<StageId>) {
        let held = self.board.held.get_untracked();
        self.release();
        if let (Some(deal), Some(stage)) = (held, stage) {
            self.board.request_move(deal, stage, self.toasts);
        }
    }

    /// Empties the hand; the card stays where it was.
    fn release(self) {
        self.hand.set(Hand::Free);
        self.board.held.set(None);
        self.board.over.set(None);
        if let Some(node) = self.node.get_untracked() {
            let _ = node.class_list().remove_1("board--dragging");
        }
    }
}

/// Where the card in hand is drawn, above everything.
#[component]
pub fn DragLayer(layer: NodeRef<html::Div>) -> impl IntoView {
    view! { <div class="drag-layer" aria-hidden="true" node_ref=layer></div> }
}
