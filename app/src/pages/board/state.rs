use domain::pipeline::StageKind;
use domain::view::board::{
    BoardChanges, BoardFigures, BoardFilter, BoardView, CardCursor, CardView, ColumnFigures, ColumnPage,
    ColumnView,
};
use domain::{DealId, PipelineId, StageId};
use leptos::prelude::*;

use super::drag::hit;
use crate::effect::effect;

/// An open board in the browser. Copied freely; its signals live as long as the page.
#[derive(Clone, Copy)]
pub struct BoardState {
    pub pipeline: PipelineId,
    pub currency: StoredValue<String>,
    pub columns: StoredValue<Vec<Column>>,
    pub figures: RwSignal<BoardFigures>,
    pub filter: Memo<BoardFilter>,
    /// The server's present in seconds, kept going by the browser.
    pub now: RwSignal<i64>,
    /// The deal a person holds, by pointer or keyboard.
    pub held: RwSignal<Option<DealId>>,
    /// The column it would land in.
    pub over: RwSignal<Option<StageId>>,
    /// The deal under the pointer or the focus, whose quick actions show.
    pub hovered: RwSignal<Option<DealId>>,
    pub asking: RwSignal<Option<Question>>,
    /// What screen readers are told.
    pub said: RwSignal<String>,
}

/// What a person is asked about a card.
#[derive(Clone)]
pub enum Question {
    WhereTo(CardView),
    /// It goes to this stage, which is a lost one.
    WhyLost(CardView, StageId),
}

impl Question {
    /// Whose card it is about.
    pub fn name(&self) -> String {
        let (Self::WhereTo(card) | Self::WhyLost(card, _)) = self;
        card.name.clone()
    }
}

/// One column: its stage and what is loaded of it.
#[derive(Clone, Copy)]
pub struct Column {
    pub stage: StageId,
    pub kind: StageKind,
    /// Percent.
    pub probability: i16,
    pub key: StoredValue<String>,
    pub name: StoredValue<String>,
    pub figures: RwSignal<ColumnFigures>,
    pub cards: RwSignal<Vec<CardView>>,
    pub next: RwSignal<Option<CardCursor>>,
    pub loading: RwSignal<bool>,
    pub folded: RwSignal<bool>,
}

impl Column {
    fn new(view: ColumnView) -> Self {
        Self {
            stage: view.stage,
            kind: view.kind,
            probability: view.probability,
            key: StoredValue::new(view.key),
            name: StoredValue::new(view.name),
            figures: RwSignal::new(view.figures),
            cards: RwSignal::new(view.page.cards),
            next: RwSignal::new(view.page.next),
            loading: RwSignal::new(false),
            folded: RwSignal::new(view.kind.is_closed()),
        }
    }

    /// Adds the next page, without the cards that have come in by another way meanwhile.
    pub fn append(self, page: ColumnPage) {
        self.cards.update(|cards| {
            for card in page.cards {
                cards.retain(|known| known.id != card.id);
                cards.push(card);
            }
            cards.sort_unstable_by_key(|card| std::cmp::Reverse(card.place));
        });
        self.next.set(page.next);
    }

    /// Puts a card where it belongs, unless that is further down than is loaded.
    pub fn insert(self, card: CardView) {
        if self.next.get_untracked().is_some_and(|end| card.place < end) {
            return;
        }
        self.cards.update(|cards| {
            let at = cards.partition_point(|known| known.place > card.place);
            cards.insert(at, card);
        });
    }

    /// Takes a card out.
    pub fn remove(self, deal: DealId) {
        if self.cards.with_untracked(|cards| cards.iter().any(|card| card.id == deal)) {
            self.cards.update(|cards| cards.retain(|card| card.id != deal));
        }
    }
}

impl BoardState {
    pub fn new(view: BoardView, filter: Memo<BoardFilter>) -> Self {
        Self {
            pipeline: view.pipeline,
            currency: StoredValue::new(view.currency),
            columns: StoredValue::new(view.columns.into_iter().map(Column::new).collect()),
            figures: RwSignal::new(view.figures),
            filter,
            now: RwSignal::new(view.now),
            held: RwSignal::new(None),
            over: RwSignal::new(None),
            hovered: RwSignal::new(None),
            asking: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        }
    }

    /// Whether a dialog that asks this is open: it opens with the question, and closing it withdraws the question.
    pub fn asks(self, this: fn(&Question) -> bool) -> RwSignal<bool> {
        let open = RwSignal::new(false);
        let asked = move || self.asking.with(|asking| asking.as_ref().is_some_and(this));
        effect(move || {
            if asked() {
                open.set(true);
            }
        });
        effect(move || {
            if !open.get() && untrack(asked) {
                self.asking.set(None);
            }
        });
        open
    }

    /// Whether the page is still there: answers of the server may come after it has been left.
    pub fn is_open(self) -> bool {
        self.columns.try_with_value(|_| ()).is_some()
    }

    /// The column of a stage.
    pub fn column(self, stage: StageId) -> Option<Column> {
        self.columns.with_value(|columns| columns.iter().find(|column| column.stage == stage).copied())
    }

    /// Every column in order.
    pub fn all(self) -> Vec<Column> {
        self.columns.get_value()
    }

    /// The loaded card of a deal.
    pub fn card(self, deal: DealId) -> Option<CardView> {
        self.all().into_iter().find_map(|column| {
            column.cards.with_untracked(|cards| cards.iter().find(|card| card.id == deal).cloned())
        })
    }

    /// Takes over a board read again.
    pub fn replace(self, view: BoardView) {
        self.figures.set(view.figures);
        self.now.set(view.now);
        for fresh in view.columns {
            if let Some(column) = self.column(fresh.stage) {
                column.figures.set(fresh.figures);
                column.cards.set(fresh.page.cards);
                column.next.set(fresh.page.next);
            }
        }
    }

    /// Takes over what has become of the deals that were asked for.
    pub fn apply(self, asked: &[DealId], changes: BoardChanges) {
        self.figures.set(changes.figures);
        self.now.set(changes.now);
        for (stage, figures) in changes.columns {
            if let Some(column) = self.column(stage) {
                column.figures.set(figures);
            }
        }
        for deal in asked {
            let fresh = changes.cards.iter().find(|card| card.id == *deal);
            // A card that is the same where it is stays, so that nothing flickers.
            if fresh.is_some() && self.card(*deal).as_ref() == fresh {
                continue;
            }
            self.put(*deal, fresh.cloned());
        }
    }

    /// Shows a card in its stage and nowhere else; without one, nowhere at all.
    pub fn put(self, deal: DealId, card: Option<CardView>) {
        let focused = hit::has_focus(deal);
        for column in self.all() {
            column.remove(deal);
        }
        if let Some(card) = card
            && let Some(column) = self.column(card.stage)
        {
            column.insert(card);
        }
        if focused {
            // The card is drawn anew: the focus follows it.
            request_animation_frame(move || hit::focus(deal));
        }
    }

    /// Most cards loaded in a column: what reading the board again has to bring.
    pub fn depth(self) -> i64 {
        let longest = self.all().into_iter().map(|column| column.cards.with_untracked(Vec::len)).max();
        longest.and_then(|count| i64::try_from(count).ok()).unwrap_or(0)
    }
}
