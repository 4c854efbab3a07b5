use chrono::{DateTime, Utc};
use database::deal::{self, Actor, Deal, Moved as MovedRecord, StageMove};
use database::{Connection, QueryError, board, contact};
use diesel::result::DatabaseErrorKind;
use domain::pipeline::{DealStatus, FollowUp, Ladder, LostReason, Stage, status_after_move};
use domain::view::board::{BoardFilter, Moved};
use domain::{DealId, StageId};
use futures::try_join;

use super::zone;
use crate::board::Board;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A person wants a deal in another stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveRequest {
    pub deal: DealId,
    pub to: StageId,
    /// Where the person saw it; if it isn't there any more, nothing happens.
    pub expected_stage: StageId,
    /// Which visit of that stage they saw.
    pub expected_visit: i32,
    /// Needed when `to` is the lost stage.
    pub lost_reason: Option<LostReason>,
}

/// Moves a deal. The status follows the kind of the stage; no mail goes out because of it.
///
/// # Errors
/// [`Refused::NotFound`] for a deal that isn't theirs or a stage of another pipeline, [`Refused::Conflict`] when
/// somebody else has moved it, [`Refused::Invalid`] for a loss without a reason.
pub async fn move_to(
    environment: &Environment,
    user: &CurrentUser,
    request: &MoveRequest,
) -> Result<Moved, Refused> {
    let clock = environment.clock();
    let now = clock.now();
    let mut scope = environment.database().scoped_with_kept_plans(&user.all_brands()).await?;
    let before = deal::lock(&mut scope, request.deal).await?;
    let pipeline = before.pipeline_id.to_string();
    let board = Board::open(&mut scope, now, user, &pipeline, &BoardFilter::default()).await?;
    expect(&before, &board.ladder, request)?;
    let to = board.ladder.stage(request.to).ok_or(Refused::NotFound)?;
    if to.id == before.stage_id {
        return Err(Refused::Invalid(format!("The deal is in {} already.", to.name)));
    }
    let step = StageMove {
        event_id: clock.new_id(),
        to_stage: to.id,
        status: status_after_move(to.kind, before.status),
        lost_reason: None,
        next_action_at: None,
        next_reason: String::new(),
        actor: Actor::Person(user.id()),
        reason: String::new(),
        at: now,
    };
    let lost_reason = lost_reason(step.status, request.lost_reason)?;
    let follow_up = follow_up(&mut scope, &board, &before, to, step.status, now).await?;
    let step = StageMove { lost_reason, next_action_at: follow_up.at, next_reason: follow_up.reason, ..step };
    let after = record(&mut scope, &before, &step).await?;
    let undo = clock.new_id();
    let moved = MovedRecord::between(&before, &after);
    let remembered = deal::remember_move(&scope, undo, &after, user.id(), &moved, now);
    let ids = [after.id];
    let (mut cards, ()) = try_join!(board.cards(&scope, &ids), remembered)?;
    let card = cards.pop().ok_or(Refused::NotFound)?;
    scope.commit().await?;
    Ok(Moved { card, undo })
}

fn expect(deal: &Deal, ladder: &Ladder, request: &MoveRequest) -> Result<(), Refused> {
    if deal.stage_id == request.expected_stage && deal.stage_visit == request.expected_visit {
        return Ok(());
    }
    let place = ladder.stage(deal.stage_id).map_or("another stage", |stage| stage.name.as_str());
    Err(Refused::Conflict(format!(
        "This deal was moved to {place} in the meantime, by somebody else or the autopilot. Your move was not made."
    )))
}

/// The reason belongs to the loss and to nothing else.
pub(super) fn lost_reason(
    status: DealStatus,
    given: Option<LostReason>,
) -> Result<Option<LostReason>, Refused> {
    match (status, given) {
        (DealStatus::Lost, Some(reason)) if LostReason::BY_PERSON.contains(&reason) => Ok(Some(reason)),
        (DealStatus::Lost, _) => Err(Refused::Invalid("Say why the deal was lost.".to_owned())),
        (DealStatus::Active | DealStatus::Paused | DealStatus::Won, _) => Ok(None),
    }
}

async fn follow_up(
    connection: &mut Connection,
    board: &Board,
    deal: &Deal,
    to: &Stage,
    status: DealStatus,
    now: DateTime<Utc>,
) -> Result<FollowUp, Refused> {
    if status == DealStatus::Paused {
        return Ok(FollowUp { at: None, reason: deal.next_reason.clone() });
    }
    let contact = contact::find(connection, deal.contact_id).await?;
    Ok(FollowUp::after_move(&board.ladder, to, deal.tier, now, zone(&contact, &board.frame)))
}

/// Writes a person's move.
pub(super) async fn record(
    connection: &mut Connection,
    deal: &Deal,
    step: &StageMove,
) -> Result<Deal, Refused> {
    deal::record_move(connection, deal, step).await.map_err(|error| match error {
        QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Refused::Conflict(
            "This contact has another open deal in the pipeline, so this one can't be opened again. Nothing was changed."
                .to_owned(),
        ),
        other => other.into(),
    })
}

/// The pipeline of a deal, as the rules see it.
pub(super) async fn ladder_of(
    connection: &mut Connection,
    deal: &Deal,
) -> Result<(board::BoardFrame, Ladder), Refused> {
    let frame = board::find(connection, deal.pipeline_id).await?;
    let ladder = frame.ladder().map_err(|error| Refused::Failed(error.into()))?;
    Ok((frame, ladder))
}
