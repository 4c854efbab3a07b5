//! The board: its first cards, what follows them, what changed, and moves.

use domain::pipeline::LostReason;
use domain::view::board::{BoardChanges, BoardFilter, BoardView, CardCursor, CardView, ColumnPage, Moved};
use domain::{DealId, PipelineId, StageId};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// A pipeline by id or key, with up to `per_column` cards of each stage.
#[server(endpoint = "board", input = Json, output = Json)]
pub async fn board(
    pipeline: String,
    brand: String,
    filter: BoardFilter,
    per_column: i64,
) -> Result<BoardView, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::board::board(&environment, &user, &brand, &pipeline, &filter, per_column).await?)
}

/// The next cards of a stage.
#[server(endpoint = "board/column", input = Json, output = Json)]
pub async fn next_cards(
    pipeline: PipelineId,
    filter: BoardFilter,
    stage: StageId,
    after: CardCursor,
) -> Result<ColumnPage, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::board::column(&environment, &user, &pipeline.to_string(), &filter, stage, after).await?)
}

/// Where these deals are now, and every sum.
#[server(endpoint = "board/changes", input = Json, output = Json)]
pub async fn changed_cards(
    pipeline: PipelineId,
    filter: BoardFilter,
    deals: Vec<DealId>,
) -> Result<BoardChanges, AppError> {
    let (user, environment) = asked().await?;
    // A notification names twenty deals at most; a longer list is no board's.
    if deals.len() > 200 {
        return Err(AppError::Invalid("Too many deals were asked for at once. Reload the board.".to_owned()));
    }
    Ok(outreach::board::changes(&environment, &user, &pipeline.to_string(), &filter, &deals).await?)
}

/// Moves a deal that was seen at `expected_stage` on its visit number `expected_visit`.
#[server(endpoint = "board/move", input = Json, output = Json)]
pub async fn move_deal(
    deal: DealId,
    to: StageId,
    expected_stage: StageId,
    expected_visit: i32,
    lost_reason: Option<LostReason>,
) -> Result<Moved, AppError> {
    let (user, environment) = asked().await?;
    let request = outreach::deals::MoveRequest { deal, to, expected_stage, expected_visit, lost_reason };
    Ok(outreach::deals::move_to(&environment, &user, &request).await?)
}

/// Takes one's own move back.
#[server(endpoint = "board/undo", input = Json, output = Json)]
pub async fn undo_move(undo: uuid::Uuid) -> Result<CardView, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::deals::undo(&environment, &user, undo).await?)
}

#[cfg(feature = "ssr")]
async fn asked() -> Result<(outreach::people::CurrentUser, outreach::Environment), AppError> {
    Ok((crate::server_context::current_user().await?, crate::server_context::environment()?))
}
