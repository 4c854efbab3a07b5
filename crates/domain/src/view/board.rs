//! The board: columns of cards, and what narrows them down.

use serde::{Deserialize, Serialize};

use crate::engagement::Tier;
use crate::pipeline::{DealStatus, PipelineMode, StageKind};
use crate::{DealId, PipelineId, StageId};

/// A pipeline with the first cards of each of its columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardView {
    pub pipeline: PipelineId,
    pub name: String,
    pub mode: PipelineMode,
    /// The filter that was applied.
    pub filter: BoardFilter,
    /// The server's present, seconds since 1970: relative times count from it.
    pub now: i64,
    /// ISO 4217 of every sum.
    pub currency: String,
    /// Of the whole pipeline, whatever the filter.
    pub figures: BoardFigures,
    pub columns: Vec<ColumnView>,
}

/// Counts behind the quick filters, and the open worth of the pipeline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardFigures {
    /// Deals that are neither won nor lost.
    pub open: i64,
    /// Cents, of open deals.
    pub value_cents: i64,
    /// Cents times the stage's probability, of open deals.
    pub weighted_cents: i64,
    pub due: i64,
    pub overdue: i64,
    pub blocked: i64,
    pub hot: i64,
    pub mine: i64,
}

/// One stage with its first cards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    pub stage: StageId,
    /// Slug within the pipeline.
    pub key: String,
    pub name: String,
    pub kind: StageKind,
    /// Chance to win from here, percent.
    pub probability: i16,
    pub figures: ColumnFigures,
    pub page: ColumnPage,
}

/// Sums over every deal of a stage that the filter lets through, loaded or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnFigures {
    pub count: i64,
    /// Cents.
    pub value_cents: i64,
    /// Cents times the stage's probability.
    pub weighted_cents: i64,
    pub overdue: i64,
    /// In the order of [`Tier::ALL`], without zeros.
    pub tiers: Vec<(Tier, i64)>,
}

/// Cards in order, and where the next ones begin.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnPage {
    pub cards: Vec<CardView>,
    /// `None`: these are the last.
    pub next: Option<CardCursor>,
}

/// The place of a card in its column: newest arrival first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CardCursor {
    /// Microseconds since 1970, UTC: when the deal came into the stage.
    pub entered: i64,
    pub id: DealId,
}

/// A deal on the board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardView {
    pub id: DealId,
    pub stage: StageId,
    /// Changes with every visit of a stage; a move names the visit it was meant for.
    pub visit: i32,
    /// Where it stands in its column.
    pub place: CardCursor,
    /// Changes with the deal (microseconds of its last change).
    pub version: i64,
    pub name: String,
    pub company: String,
    pub tier: Tier,
    pub unverified: bool,
    pub status: DealStatus,
    /// Cents; `None`: not estimated.
    pub value_cents: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    pub next: NextView,
    pub mails_sent: i32,
    /// Empty: nobody's.
    pub owner: String,
}

/// What happens to a deal next, in the server's words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextView {
    pub kind: NextKind,
    /// "Follow Up 1", or what blocks it.
    pub what: String,
    /// When, if at a known time.
    pub when: Option<When>,
    /// Why then, in a sentence; may be empty.
    pub why: String,
}

/// What sort of next step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextKind {
    /// A mail goes out.
    Send,
    /// The autopilot looks again.
    Wait,
    /// The deal closes without an answer.
    Close,
    /// A person's turn.
    Person,
    /// A proposal waits for approval.
    Approval,
    /// Something has to be settled first.
    Blocked,
    Paused,
    Won,
    Lost,
}

/// An instant in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// RFC 3339, UTC.
    pub instant: String,
    /// Seconds since 1970.
    pub seconds: i64,
    /// "tomorrow 10:40".
    pub text: String,
    /// "Friday 27 November 2026, 10:40 (Sydney)".
    pub full: String,
    pub overdue: bool,
}

/// "12 min overdue", "2 h overdue", "3 d overdue".
pub fn overdue_words(seconds: i64) -> String {
    match seconds.max(0) / 60 {
        minutes @ 0..60 => format!("{} min overdue", minutes.max(1)),
        minutes @ 60..2880 => format!("{} h overdue", minutes / 60),
        minutes => format!("{} d overdue", minutes / 1440),
    }
}

/// What has changed on a board: where the cards are now, and the sums of every column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardChanges {
    /// Seconds since 1970.
    pub now: i64,
    pub figures: BoardFigures,
    pub columns: Vec<(StageId, ColumnFigures)>,
    /// Of the cards asked for, those that are on this board and pass the filter.
    pub cards: Vec<CardView>,
}

/// A move that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    pub card: CardView,
    /// Takes the move back while nothing has come of it.
    pub undo: uuid::Uuid,
}

/// Quick filters; all of them have to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BoardFilter {
    /// Active, and due before the end of the viewer's day.
    pub due: bool,
    pub overdue: bool,
    pub blocked: bool,
    pub hot: bool,
    /// The viewer is the owner.
    pub mine: bool,
    /// In name, company or address; empty: any.
    pub text: String,
}

impl BoardFilter {
    /// Reads the address's query.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let on = |name| get(name).is_some_and(|value| value == "1");
        Self {
            due: on("due"),
            overdue: on("overdue"),
            blocked: on("blocked"),
            hot: on("hot"),
            mine: on("mine"),
            text: get("q").map(|text| text.trim().chars().take(100).collect()).unwrap_or_default(),
        }
    }

    /// Name and state of each switch, as the address spells them.
    pub const fn switches(&self) -> [(&'static str, bool); 5] {
        [
            ("due", self.due),
            ("overdue", self.overdue),
            ("blocked", self.blocked),
            ("hot", self.hot),
            ("mine", self.mine),
        ]
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_from_the_address() {
        let query = [("due", "1"), ("hot", "0"), ("mine", "1"), ("q", "  gill ")];
        let get =
            |name: &str| query.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let filter = BoardFilter::from_query(get);
        let on: Vec<&str> =
            filter.switches().into_iter().filter(|(_, on)| *on).map(|(name, _)| name).collect();
        assert_eq!((on, filter.text.as_str()), (vec!["due", "mine"], "gill"));
        assert!(BoardFilter::from_query(|_| None).is_empty());
    }

    #[test]
    fn overdue_is_said_in_the_unit_that_fits() {
        for (seconds, words) in [
            (5, "1 min overdue"),
            (3_599, "59 min overdue"),
            (7_300, "2 h overdue"),
            (200_000, "2 d overdue"),
        ] {
            assert_eq!(overdue_words(seconds), words);
        }
    }
}
