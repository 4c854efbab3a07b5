use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::pipeline::{DealStatus, LostReason};
use domain::{DealId, StageId, UserId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Deal;
use crate::Result;
use crate::schema::{audit_log, deals};

const ACTION: &str = "deal.move";

/// Where a deal stood before a person moved it, and where the move left it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    pub stage: StageId,
    pub visit: i32,
    pub entered_at: DateTime<Utc>,
    pub status: DealStatus,
    pub lost_reason: Option<LostReason>,
    pub next_action_at: Option<DateTime<Utc>>,
    pub next_reason: String,
    pub blocked_reason: Option<String>,
    pub to_stage: StageId,
    pub to_visit: i32,
    pub to_status: DealStatus,
}

impl Moved {
    /// What a move changed.
    pub fn between(before: &Deal, after: &Deal) -> Self {
        Self {
            stage: before.stage_id,
            visit: before.stage_visit,
            entered_at: before.stage_entered_at,
            status: before.status,
            lost_reason: before.lost_reason,
            next_action_at: before.next_action_at,
            next_reason: before.next_reason.clone(),
            blocked_reason: before.blocked_reason.clone(),
            to_stage: after.stage_id,
            to_visit: after.stage_visit,
            to_status: after.status,
        }
    }
}

/// Writes a person's move into the audit log, with what it takes to undo it.
pub async fn remember_move(
    mut connection: &AsyncPgConnection,
    id: Uuid,
    deal: &Deal,
    by: UserId,
    moved: &Moved,
    at: DateTime<Utc>,
) -> Result<()> {
    let detail = serde_json::to_value(moved)
        .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::id.eq(id),
            audit_log::brand_id.eq(deal.brand_id),
            audit_log::user_id.eq(by),
            audit_log::action.eq(ACTION),
            audit_log::subject_kind.eq("deal"),
            audit_log::subject_id.eq(deal.id.0),
            audit_log::detail.eq(detail),
            audit_log::at.eq(at),
        ))
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// This person's move, made since `since`; `NotFound` for anybody else's.
pub async fn remembered_move(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    by: UserId,
    since: DateTime<Utc>,
) -> Result<(DealId, Moved)> {
    let (deal, detail): (Option<Uuid>, serde_json::Value) = audit_log::table
        .filter(audit_log::id.eq(id).and(audit_log::action.eq(ACTION)))
        .filter(audit_log::user_id.eq(by).and(audit_log::at.ge(since)))
        .select((audit_log::subject_id, audit_log::detail))
        .first(connection)
        .await?;
    let moved = serde_json::from_value(detail)
        .map_err(|error| diesel::result::Error::DeserializationError(error.into()))?;
    Ok((DealId(deal.ok_or(diesel::result::Error::NotFound)?), moved))
}

/// Whether a mail has been written for this visit of the deal's stage.
pub async fn mailed_in_visit(connection: &mut AsyncPgConnection, deal: DealId, visit: i32) -> Result<bool> {
    use crate::schema::email_messages;
    diesel::select(diesel::dsl::exists(
        email_messages::table
            .filter(email_messages::deal_id.eq(deal))
            .filter(email_messages::stage_visit.eq(visit))
            .filter(email_messages::is_test.eq(false)),
    ))
    .get_result(connection)
    .await
}

/// Puts back what a move has changed beside stage and status, after [`super::record_move`] has moved the deal back.
///
/// The visit is the old one again, so that its mails still count as sent; unless one of them was given up meanwhile,
/// because then its step has to be free to be written anew.
pub async fn restore(connection: &mut AsyncPgConnection, deal: DealId, before: &Moved) -> Result<Deal> {
    diesel::sql_query(
        "UPDATE deals d SET stage_entered_at = $2, next_action_at = $3, next_reason = $4, blocked_reason = $5, \
         stage_visit = CASE WHEN EXISTS (SELECT FROM email_messages m WHERE m.deal_id = d.id AND m.stage_visit = $6 \
         AND m.state IN ('failed', 'blocked', 'cancelled')) THEN d.stage_visit ELSE $6 END WHERE d.id = $1",
    )
    .bind::<SqlUuid, _>(deal)
    .bind::<Timestamptz, _>(before.entered_at)
    .bind::<Nullable<Timestamptz>, _>(before.next_action_at)
    .bind::<Text, _>(&before.next_reason)
    .bind::<Nullable<Text>, _>(&before.blocked_reason)
    .bind::<Integer, _>(before.visit)
    .execute(connection)
    .await?;
    deals::table.filter(deals::id.eq(deal)).select(Deal::as_select()).first(connection).await
}
