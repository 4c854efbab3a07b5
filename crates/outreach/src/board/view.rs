use database::Connection;
use database::board::{self, BoardStage, Card, Cell, Place};
use domain::engagement::Tier;
use domain::view::board::{
    BoardChanges, BoardFigures, BoardView, CardCursor, CardView, ColumnFigures, ColumnPage, ColumnView,
};
use domain::{DealId, StageId};
use futures::try_join;

use super::Board;
use super::next::{Reader, Standing, next};
use crate::Refused;

impl Board {
    /// The whole board, in two statements more, sent together.
    pub(super) async fn view(&self, connection: &Connection, per_column: i64) -> Result<BoardView, Refused> {
        let stages: Vec<StageId> = self.frame.stages.iter().map(|stage| stage.stage.id).collect();
        // One more than is shown tells whether there are more.
        let first = board::first_cards(connection, &stages, &self.narrowing, &self.viewpoint, per_column + 1);
        let (cells, found) = try_join!(self.cells(connection), first)?;
        let mut columns: Vec<ColumnView> =
            self.frame.stages.iter().map(|stage| column(stage, &cells)).collect();
        for card in found {
            if let Some(column) = columns.iter_mut().find(|column| column.stage == card.stage_id) {
                column.page.cards.push(self.card(card));
            }
        }
        for column in &mut columns {
            cut(&mut column.page, per_column);
        }
        Ok(BoardView {
            pipeline: self.frame.pipeline,
            name: self.frame.name.clone(),
            mode: self.frame.mode,
            filter: self.filter.clone(),
            now: self.now.timestamp(),
            currency: "AUD".to_owned(),
            figures: self.figures(&cells),
            columns,
        })
    }

    /// Cards of one stage after a place.
    pub(super) async fn page(
        &self,
        connection: &mut Connection,
        stage: StageId,
        after: Place,
        limit: i64,
    ) -> Result<ColumnPage, Refused> {
        self.ladder.stage(stage).ok_or(Refused::NotFound)?;
        let found =
            board::next_cards(connection, stage, after, &self.narrowing, &self.viewpoint, limit + 1).await?;
        let mut page =
            ColumnPage { cards: found.into_iter().map(|card| self.card(card)).collect(), next: None };
        cut(&mut page, limit);
        Ok(page)
    }

    /// What has become of these deals, and all sums.
    pub(super) async fn changes(
        &self,
        connection: &Connection,
        deals: &[DealId],
    ) -> Result<BoardChanges, Refused> {
        let (cells, cards) = try_join!(self.cells(connection), self.cards(connection, deals))?;
        Ok(BoardChanges {
            now: self.now.timestamp(),
            figures: self.figures(&cells),
            columns: self.frame.stages.iter().map(|stage| (stage.stage.id, sums(stage, &cells))).collect(),
            cards,
        })
    }

    /// The cards of these deals, as far as they are on the board.
    pub(crate) async fn cards(
        &self,
        connection: &Connection,
        deals: &[DealId],
    ) -> database::Result<Vec<CardView>> {
        let found =
            board::cards(connection, self.frame.pipeline, deals, &self.narrowing, &self.viewpoint).await?;
        Ok(found.into_iter().map(|card| self.card(card)).collect())
    }

    async fn cells(&self, connection: &Connection) -> database::Result<Vec<Cell>> {
        board::figures(connection, self.frame.pipeline, &self.narrowing, &self.viewpoint).await
    }

    fn figures(&self, cells: &[Cell]) -> BoardFigures {
        let mut figures = BoardFigures::default();
        for cell in cells {
            figures.due += cell.due;
            figures.overdue += cell.overdue;
            figures.blocked += cell.blocked;
            figures.hot += cell.hot;
            figures.mine += cell.mine;
            if let Some(stage) = self.ladder.stage(cell.stage)
                && !stage.kind.is_closed()
            {
                figures.open += cell.total;
                figures.value_cents += cell.total_value;
                figures.weighted_cents += weighted(cell.total_value, stage.probability);
            }
        }
        figures
    }

    /// How times read for the viewer.
    pub(crate) fn reader(&self) -> Reader {
        Reader { now: self.now, tz: self.tz, overdue_before: self.viewpoint.lines.overdue_before }
    }

    fn card(&self, card: Card) -> CardView {
        let standing = Standing {
            stage: card.stage_id,
            status: card.status,
            lost_reason: card.lost_reason,
            next_action_at: card.next_action_at,
            next_reason: &card.next_reason,
            blocked_reason: card.blocked_reason.as_deref(),
            proposed: card.proposed,
        };
        let next = next(&standing, &self.ladder, &self.reader());
        CardView {
            id: card.id,
            stage: card.stage_id,
            visit: card.stage_visit,
            place: CardCursor { entered: card.stage_entered_at.timestamp_micros(), id: card.id },
            version: card.updated_at.timestamp_micros(),
            name: if card.name.is_empty() { card.email } else { card.name },
            company: card.company,
            tier: card.tier,
            unverified: card.tier_unverified,
            status: card.status,
            value_cents: card.value_cents,
            currency: card.currency,
            next,
            mails_sent: card.mails_sent,
            owner: card.owner,
        }
    }
}

fn column(stage: &BoardStage, cells: &[Cell]) -> ColumnView {
    ColumnView {
        stage: stage.stage.id,
        key: stage.key.clone(),
        name: stage.stage.name.clone(),
        kind: stage.stage.kind,
        probability: stage.stage.probability,
        figures: sums(stage, cells),
        page: ColumnPage::default(),
    }
}

fn sums(stage: &BoardStage, cells: &[Cell]) -> ColumnFigures {
    let mut sums = ColumnFigures::default();
    let of_stage = || cells.iter().filter(|cell| cell.stage == stage.stage.id);
    for cell in of_stage() {
        sums.count += cell.passed;
        sums.value_cents += cell.passed_value;
        sums.overdue += cell.passed_overdue;
    }
    sums.weighted_cents = weighted(sums.value_cents, stage.stage.probability);
    let counted =
        |tier: &Tier| of_stage().filter(|cell| cell.tier == *tier).map(|cell| cell.passed).sum::<i64>();
    sums.tiers =
        Tier::ALL.iter().map(|tier| (*tier, counted(tier))).filter(|(_, count)| *count > 0).collect();
    sums
}

/// Cents times percent.
fn weighted(cents: i64, percent: i16) -> i64 {
    cents.saturating_mul(i64::from(percent)) / 100
}

/// Keeps `limit` cards; the last one kept is where the next page begins.
fn cut(page: &mut ColumnPage, limit: i64) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if page.cards.len() > limit {
        page.cards.truncate(limit);
        page.next = page.cards.last().map(|card| card.place);
    }
}
