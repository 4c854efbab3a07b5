//! Moves as a person sees them: at once on the board, then on the server, and back if it refuses.

use domain::pipeline::{LostReason, StageKind};
use domain::view::board::{CardCursor, CardView, ColumnFigures};
use domain::view::deal::StatusChange;
use domain::{DealId, StageId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{BoardState, Column, Question};
use crate::components::Toasts;
use crate::error::AppError;
use crate::server_fns::board::{board, changed_cards, move_deal, next_cards, undo_move};
use crate::server_fns::deal::set_deal_status;

impl BoardState {
    /// Moves a card, or asks for the reason first when it is lost.
    pub fn request_move(self, deal: DealId, to: StageId, toasts: Toasts) {
        let (Some(card), Some(target)) = (self.card(deal), self.column(to)) else {
            return;
        };
        if card.stage == to {
            return;
        }
        if target.kind == StageKind::Lost {
            self.asking.set(Some(Question::WhyLost(card, to)));
        } else {
            self.make_move(card, to, None, toasts);
        }
    }

    /// Shows the move, makes it, and offers to undo it.
    pub fn make_move(self, card: CardView, to: StageId, lost_reason: Option<LostReason>, toasts: Toasts) {
        let Some(target) = self.column(to) else { return };
        let name = target.name.get_value();
        let before = self.show_moved(&card, target);
        spawn_local(async move {
            match move_deal(card.id, to, card.stage, card.visit, lost_reason).await {
                Ok(moved) => {
                    if self.is_open() {
                        self.put(card.id, Some(moved.card));
                        self.say(format!("{} moved to {name}.", card.name));
                    }
                    let undo = moved.undo;
                    let deal = card.id;
                    toasts.with_undo(format!("{} moved to {name}", card.name), move || {
                        self.undo(deal, undo, toasts)
                    });
                }
                Err(error) => {
                    toasts.problem(error.to_string());
                    if !self.is_open() {
                        return;
                    }
                    self.restore(before);
                    self.put(card.id, Some(card.clone()));
                    self.say(format!("The move was not made. {error}"));
                    // The board was out of date: show what is true.
                    if matches!(error, AppError::Conflict(_) | AppError::NotFound) {
                        self.refresh(vec![card.id]);
                    }
                }
            }
        });
    }

    fn undo(self, deal: DealId, undo: uuid::Uuid, toasts: Toasts) {
        spawn_local(async move {
            match undo_move(undo).await {
                Ok(card) => {
                    if self.is_open() {
                        self.say(format!("{} is back.", card.name));
                        self.put(deal, Some(card));
                        self.refresh(vec![deal]);
                    }
                }
                Err(error) => {
                    toasts.problem(error.to_string());
                    self.refresh(vec![deal]);
                }
            }
        });
    }

    /// Pauses a deal, or ends its pause.
    pub fn set_paused(self, deal: DealId, paused: bool, toasts: Toasts) {
        let change = if paused { StatusChange::Pause } else { StatusChange::Open };
        spawn_local(async move {
            match set_deal_status(deal, change).await {
                Ok(()) => {
                    toasts.good(if paused { "Paused: the autopilot leaves it alone" } else { "Resumed" })
                }
                Err(error) => toasts.problem(error.to_string()),
            }
            self.refresh(vec![deal]);
        });
    }

    /// Reads these deals and every sum again.
    pub fn refresh(self, deals: Vec<DealId>) {
        if !self.is_open() {
            return;
        }
        let filter = self.filter.get_untracked();
        spawn_local(async move {
            // A failure leaves the board as it is: the next change or reload tries again.
            if let Ok(changes) = changed_cards(self.pipeline, filter, deals.clone()).await
                && self.is_open()
            {
                // A card in somebody's hand stays there.
                let free: Vec<DealId> =
                    deals.into_iter().filter(|deal| self.held.get_untracked() != Some(*deal)).collect();
                self.apply(&free, changes);
            }
        });
    }

    /// Reads the whole board again, as deep as it is loaded.
    pub fn reload(self) {
        let (filter, depth) = (self.filter.get_untracked(), self.depth());
        spawn_local(async move {
            if let Ok(view) = board(self.pipeline.to_string(), String::new(), filter.clone(), depth).await
                && self.is_open()
                && self.filter.get_untracked() == filter
                && self.held.get_untracked().is_none()
            {
                self.replace(view);
            }
        });
    }

    /// Loads the next cards of a column.
    pub fn load_more(self, column: Column, toasts: Toasts) {
        let Some(after) = column.next.get_untracked() else {
            return;
        };
        if column.loading.get_untracked() {
            return;
        }
        column.loading.set(true);
        let filter = self.filter.get_untracked();
        spawn_local(async move {
            let page = next_cards(self.pipeline, filter.clone(), column.stage, after).await;
            if !self.is_open() {
                return;
            }
            match page {
                Ok(page) if self.filter.get_untracked() == filter => column.append(page),
                Ok(_) => {}
                Err(error) => toasts.problem(error.to_string()),
            }
            column.loading.set(false);
        });
    }

    /// Tells screen readers.
    pub fn say(self, text: String) {
        self.said.set(text);
    }

    /// Shows a move that the server doesn't know of yet. Returns the sums before it.
    fn show_moved(self, card: &CardView, target: Column) -> Vec<(Column, ColumnFigures)> {
        let source = self.column(card.stage);
        let before =
            source.into_iter().chain([target]).map(|column| (column, column.figures.get_untracked()));
        let before: Vec<_> = before.collect();
        if let Some(source) = source {
            source.figures.update(|figures| count(figures, card, -1, source.probability));
        }
        target.figures.update(|figures| count(figures, card, 1, target.probability));
        // Newest arrival first: on top until the server says when exactly it came.
        let top = CardCursor { entered: i64::MAX, id: card.id };
        self.put(card.id, Some(CardView { stage: target.stage, place: top, ..card.clone() }));
        before
    }

    fn restore(self, before: Vec<(Column, ColumnFigures)>) {
        for (column, figures) in before {
            column.figures.set(figures);
        }
    }
}

/// Adds a card to the sums, or takes it away.
fn count(figures: &mut ColumnFigures, card: &CardView, sign: i64, probability: i16) {
    let value = sign * card.value_cents.unwrap_or(0);
    figures.count += sign;
    figures.value_cents += value;
    figures.weighted_cents += value * i64::from(probability) / 100;
    match figures.tiers.iter_mut().find(|(tier, _)| *tier == card.tier) {
        Some((_, count)) => *count += sign,
        None if sign > 0 => figures.tiers.push((card.tier, sign)),
        None => {}
    }
    figures.tiers.retain(|(_, count)| *count > 0);
    figures.tiers.sort_unstable_by_key(|(tier, _)| *tier);
}
