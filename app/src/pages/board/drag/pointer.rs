use domain::DealId;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::{Interval, Timeout};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlOListElement, KeyboardEvent, PointerEvent};

use super::lifted::Lifted;
use super::{Drag, Dragging, Hand, Press, hit};

/// A finger has to rest this long, so that a swipe still scrolls. Milliseconds.
const LONG_PRESS: u32 = 200;

/// A finger that moves further than this meanwhile scrolls. Pixels.
const TREMBLE: i32 = 10;

/// A mouse that moves less than this clicks. Pixels.
const CLICK: i32 = 5;

/// How near to an edge the board begins to scroll, and how far a step goes. Pixels.
const EDGE: i32 = 56;
const STEP: i32 = 14;

/// Milliseconds between two steps.
const FRAME: u32 = 16;

impl Drag {
    /// A pointer goes down on the board.
    pub fn press(self, event: &ev::PointerEvent) {
        if event.button() != 0 || !event.is_primary() || hit::is_control(event.target()) {
            return;
        }
        let Some((deal, _)) = hit::card_of(event.target()) else {
            return;
        };
        let touch = event.pointer_type() == "touch";
        let timer = touch.then(|| Timeout::new(LONG_PRESS, move || self.lift()));
        self.hand.set(Hand::Pressed(Press {
            deal,
            pointer: event.pointer_id(),
            touch,
            x: event.client_x(),
            y: event.client_y(),
            _timer: timer,
        }));
    }

    /// Shows the quick actions of the card under the pointer or the focus.
    pub fn hover(self, target: Option<web_sys::EventTarget>) {
        let deal = hit::card_of(target).map(|(deal, _)| deal);
        if self.board.hovered.get_untracked() != deal {
            self.board.hovered.set(deal);
        }
    }

    /// A long press opens no menu of the browser's: it picks the card up.
    pub fn menu(self, event: &ev::MouseEvent) {
        let touch = self.hand.with(|hand| match hand {
            Hand::Pressed(press) => press.touch,
            Hand::Dragging(dragging) => dragging.touch,
            Hand::Free => false,
        });
        if touch == Some(true) {
            event.prevent_default();
        }
    }

    /// The pressed card comes off the board.
    fn lift(self) {
        let Some((deal, pointer, touch, x, y)) = self
            .hand
            .with(|hand| match hand {
                Hand::Pressed(press) => Some((press.deal, press.pointer, press.touch, press.x, press.y)),
                Hand::Free | Hand::Dragging(_) => None,
            })
            .flatten()
        else {
            return;
        };
        let (Some(card), Some(layer)) = (hit::card_element(deal), self.layer.get_untracked()) else {
            return;
        };
        let Some(lifted) = Lifted::new(&card, &layer, x, y) else {
            return;
        };
        let scroll = Interval::new(FRAME, move || self.scroll());
        if touch {
            // Says to the finger that the card has come off.
            let _ = js_sys::Reflect::get(&window().navigator(), &"vibrate".into())
                .and_then(|vibrate| vibrate.dyn_into::<js_sys::Function>())
                .and_then(|vibrate| vibrate.call1(&window().navigator(), &10.into()));
        }
        self.hand.set(Hand::Dragging(Dragging { deal, pointer, touch, x, y, lifted, _scroll: scroll }));
        self.board.held.set(Some(deal));
        self.board.hovered.set(None);
        if let Some(node) = self.node.get_untracked() {
            let _ = node.class_list().add_1("board--dragging");
        }
        self.aim();
    }

    fn moved(self, event: &PointerEvent) {
        let (x, y) = (event.client_x(), event.client_y());
        let far = |press: &Press| (x - press.x).abs().max((y - press.y).abs());
        enum Then {
            Nothing,
            Forget,
            Lift,
            Aim,
        }
        let then = self
            .hand
            .with_mut(|hand| match hand {
                Hand::Pressed(press) if press.pointer != event.pointer_id() => Then::Nothing,
                Hand::Pressed(press) if press.touch && far(press) > TREMBLE => Then::Forget,
                Hand::Pressed(press) if !press.touch && far(press) > CLICK => Then::Lift,
                Hand::Dragging(dragging) if dragging.pointer == event.pointer_id() => {
                    (dragging.x, dragging.y) = (x, y);
                    dragging.lifted.follow(x, y);
                    Then::Aim
                }
                Hand::Pressed(_) | Hand::Dragging(_) | Hand::Free => Then::Nothing,
            })
            .unwrap_or(Then::Nothing);
        match then {
            Then::Nothing => {}
            Then::Forget => self.hand.set(Hand::Free),
            Then::Lift => {
                self.lift();
                self.moved(event);
            }
            Then::Aim => self.aim(),
        }
    }

    /// Marks the column under the card.
    fn aim(self) {
        let point = self.hand.with(|hand| match hand {
            Hand::Dragging(dragging) => Some((dragging.x, dragging.y)),
            Hand::Free | Hand::Pressed(_) => None,
        });
        let over = point.flatten().and_then(|(x, y)| hit::column_at(x, y)).map(|(stage, _)| stage);
        if self.board.over.get_untracked() != over {
            self.board.over.set(over);
        }
    }

    /// One step of scrolling, if the pointer is near an edge.
    fn scroll(self) {
        let Some((x, y)) = self
            .hand
            .with(|hand| match hand {
                Hand::Dragging(dragging) => Some((dragging.x, dragging.y)),
                Hand::Free | Hand::Pressed(_) => None,
            })
            .flatten()
        else {
            return;
        };
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        let place = node.get_bounding_client_rect();
        let sideways = step(f64::from(x), place.left(), place.right());
        if sideways != 0 {
            node.set_scroll_left(node.scroll_left() + sideways);
        }
        let cards = hit::column_at(x, y)
            .and_then(|(_, column)| column.query_selector(".column__cards").ok().flatten());
        if let Some(cards) = cards {
            let place = cards.get_bounding_client_rect();
            cards.set_scroll_top(cards.scroll_top() + step(f64::from(y), place.top(), place.bottom()));
        }
        if sideways != 0 {
            self.aim();
        }
    }

    fn lifted_up(self, event: &PointerEvent) {
        let dragged: Option<DealId> = self
            .hand
            .with(|hand| match hand {
                Hand::Dragging(dragging) if dragging.pointer == event.pointer_id() => Some(dragging.deal),
                Hand::Dragging(_) | Hand::Pressed(_) | Hand::Free => None,
            })
            .flatten();
        if dragged.is_some() {
            self.swallow_click();
            let over = self.board.over.get_untracked();
            self.drop_into(over);
        } else {
            self.hand.set(Hand::Free);
        }
    }

    /// The click that ends a drag opens no deal.
    fn swallow_click(self) {
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let listener = EventListener::once_with_options(&node, "click", options, |event: &Event| {
            event.prevent_default();
            event.stop_propagation();
        });
        // A drop outside the card makes no click: then nothing is left to swallow.
        set_timeout(move || drop(listener), std::time::Duration::from_millis(50));
    }

    fn is_dragging(self) -> bool {
        self.hand.with(|hand| matches!(hand, Hand::Dragging(_))).unwrap_or(false)
    }
}

fn step(at: f64, start: f64, end: f64) -> i32 {
    if at < start + f64::from(EDGE) {
        -STEP
    } else if at > end - f64::from(EDGE) {
        STEP
    } else {
        0
    }
}

/// What follows a pressed pointer wherever it goes.
pub(super) fn listeners(drag: Drag, board: &HtmlOListElement) -> Vec<EventListener> {
    let window = window();
    let on = |name: &'static str, handle: fn(Drag, &PointerEvent)| {
        EventListener::new(&window, name, move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                handle(drag, event);
            }
        })
    };
    let active = EventListenerOptions { phase: EventListenerPhase::Bubble, passive: false };
    vec![
        on("pointermove", Drag::moved),
        on("pointerup", Drag::lifted_up),
        // The browser has taken the pointer over, to scroll for example.
        on("pointercancel", |drag, _| drag.release()),
        EventListener::new(&window, "keydown", move |event| {
            let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
            if escape && drag.is_dragging() {
                drag.release();
            }
        }),
        // Only a listener that isn't passive can keep a finger that holds a card from scrolling.
        EventListener::new_with_options(
            board.unchecked_ref::<HtmlElement>(),
            "touchmove",
            active,
            move |event| {
                if drag.is_dragging() {
                    event.prevent_default();
                }
            },
        ),
    ]
}
