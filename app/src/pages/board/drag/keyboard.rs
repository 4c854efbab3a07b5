use domain::DealId;
use leptos::ev;
use leptos::prelude::*;

use super::super::column::anchor;
use super::super::pager::scroll_to;
use super::super::state::Column;
use super::{Drag, Hand, hit};

impl Drag {
    /// Keys on the board: Space picks up the deal in focus, arrows choose, Enter drops, Escape leaves it. With nothing
    /// in hand the arrows walk from card to card.
    pub fn key(self, event: &ev::KeyboardEvent) {
        if hit::is_control(event.target()) {
            return;
        }
        let Some((deal, _)) = hit::card_of(event.target()) else {
            return;
        };
        let holding = self.board.held.get_untracked() == Some(deal);
        let handled = match event.key().as_str() {
            " " if !holding => self.pick_up(deal),
            "Enter" | " " if holding => self.put_down(deal),
            "Escape" if holding => self.leave(deal),
            "ArrowLeft" if holding => self.choose(-1),
            "ArrowRight" if holding => self.choose(1),
            "ArrowLeft" => self.walk_sideways(deal, -1),
            "ArrowRight" => self.walk_sideways(deal, 1),
            "ArrowUp" if !holding => self.walk(deal, -1),
            "ArrowDown" if !holding => self.walk(deal, 1),
            _ => false,
        };
        if handled {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn pick_up(self, deal: DealId) -> bool {
        let Some(card) = self.board.card(deal) else {
            return false;
        };
        self.hand.set(Hand::Free);
        self.board.held.set(Some(deal));
        self.board.over.set(Some(card.stage));
        let place = self.board.column(card.stage).map(|column| column.name.get_value()).unwrap_or_default();
        self.board.say(format!(
            "{} picked up from {place}. Arrow keys choose the stage, Enter drops it, Escape leaves it.",
            card.name
        ));
        true
    }

    fn put_down(self, deal: DealId) -> bool {
        let over = self.board.over.get_untracked();
        self.drop_into(over);
        // The card is drawn anew in its column: the focus follows it.
        request_animation_frame(move || hit::focus(deal));
        true
    }

    fn leave(self, deal: DealId) -> bool {
        let name = self.board.card(deal).map(|card| card.name).unwrap_or_default();
        self.release();
        self.board.say(format!("{name} stays where it was."));
        true
    }

    fn choose(self, step: i32) -> bool {
        let columns = self.board.all();
        let at = columns.iter().position(|column| Some(column.stage) == self.board.over.get_untracked());
        if let Some(column) = at.and_then(|at| neighbour(&columns, at, step)) {
            self.board.over.set(Some(column.stage));
            let count = column.figures.with_untracked(|figures| figures.count);
            self.board.say(format!("{}, {count} deals", column.name.get_value()));
            scroll_to(&anchor(&column.key.get_value()));
        }
        true
    }

    /// The card above or below.
    fn walk(self, deal: DealId, step: i32) -> bool {
        let Some(column) = self.column_of(deal) else {
            return false;
        };
        let target = column.cards.with_untracked(|cards| {
            let at = cards.iter().position(|card| card.id == deal)?;
            neighbour(cards, at, step).map(|card| card.id)
        });
        if let Some(target) = target {
            hit::focus(target);
        }
        true
    }

    /// The card beside it, in the nearest column that has one.
    fn walk_sideways(self, deal: DealId, step: i32) -> bool {
        let columns = self.board.all();
        let Some(here) = self.column_of(deal) else {
            return false;
        };
        let row =
            here.cards.with_untracked(|cards| cards.iter().position(|card| card.id == deal)).unwrap_or(0);
        let mut at = columns.iter().position(|column| column.stage == here.stage);
        while let Some(next) = at.and_then(|at| shifted(at, step, columns.len())) {
            at = Some(next);
            let column = columns[next];
            let target =
                column.cards.with_untracked(|cards| cards.get(row).or(cards.last()).map(|card| card.id));
            if let Some(target) = target.filter(|_| !column.folded.get_untracked()) {
                hit::focus(target);
                break;
            }
        }
        true
    }

    fn column_of(self, deal: DealId) -> Option<Column> {
        self.board.card(deal).and_then(|card| self.board.column(card.stage))
    }
}

fn shifted(at: usize, step: i32, length: usize) -> Option<usize> {
    let next = if step < 0 { at.checked_sub(1)? } else { at + 1 };
    (next < length).then_some(next)
}

fn neighbour<T>(list: &[T], at: usize, step: i32) -> Option<&T> {
    shifted(at, step, list.len()).and_then(|next| list.get(next))
}
