use chrono::TimeDelta;
use database::deal::{self, Actor, Moved, StageMove};
use domain::pipeline::{DealStatus, Ladder};
use domain::view::board::{BoardFilter, CardView};
use uuid::Uuid;

use super::moves::record;
use crate::board::Board;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// How long a move can be taken back. The toast offers it for seconds; this covers a slow network.
const UNDO_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// Takes a person's own move back, with everything that followed from it.
///
/// # Errors
/// [`Refused::NotFound`] for a move that isn't theirs or too old, [`Refused::Conflict`] when something has come of it:
/// the deal has moved on, or a mail was written.
pub async fn undo(environment: &Environment, user: &CurrentUser, moved: Uuid) -> Result<CardView, Refused> {
    let clock = environment.clock();
    let now = clock.now();
    let mut scope = environment.database().scoped_with_kept_plans(&user.all_brands()).await?;
    let (id, before) = deal::remembered_move(&mut scope, moved, user.id(), now - UNDO_WITHIN).await?;
    let current = deal::lock(&mut scope, id).await?;
    let untouched = (current.stage_id, current.stage_visit, current.status)
        == (before.to_stage, before.to_visit, before.to_status);
    if !untouched || deal::mailed_in_visit(&mut scope, id, before.to_visit).await? {
        return Err(Refused::Conflict(
            "The deal has gone on since, so the move can't be taken back. Move it again instead.".to_owned(),
        ));
    }
    let pipeline = current.pipeline_id.to_string();
    let board = Board::open(&mut scope, now, user, &pipeline, &BoardFilter::default()).await?;
    let before = looked_at_again(before, &board.ladder, now);
    let step = StageMove {
        event_id: clock.new_id(),
        to_stage: before.stage,
        status: before.status,
        lost_reason: before.lost_reason,
        next_action_at: before.next_action_at,
        next_reason: before.next_reason.clone(),
        actor: Actor::Person(user.id()),
        reason: "Took the move back.".to_owned(),
        at: now,
    };
    record(&mut scope, &current, &step).await?;
    deal::restore(&mut scope, id, &before).await?;
    let card = board.cards(&scope, &[id]).await?.pop().ok_or(Refused::NotFound)?;
    scope.commit().await?;
    Ok(card)
}

/// A proposal that waited for approval was dismissed by the move: the autopilot has to look again, or the deal would
/// wait for nothing.
fn looked_at_again(before: Moved, ladder: &Ladder, now: chrono::DateTime<chrono::Utc>) -> Moved {
    let waits_for_nothing = before.status == DealStatus::Active
        && before.next_action_at.is_none()
        && before.blocked_reason.is_none()
        && ladder.next_step_after(before.stage).mails();
    if waits_for_nothing { Moved { next_action_at: Some(now), ..before } } else { before }
}
