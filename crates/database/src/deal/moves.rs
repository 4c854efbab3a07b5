use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::pipeline::{DealStatus, LostReason};
use domain::{DealId, StageId, UserId};
use uuid::Uuid;

use super::Deal;
use crate::Result;
use crate::prepared::Prepare;

/// Who moved a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Person(UserId),
    Autopilot,
    /// A reply that came in.
    Reply,
    /// The contact used an unsubscribe link.
    Contact,
    Import,
    Demo,
}

impl Actor {
    /// The stored form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Autopilot => "autopilot",
            Self::Reply => "reply",
            Self::Contact => "contact",
            Self::Import => "import",
            Self::Demo => "demo",
        }
    }

    /// The person, if it was one of ours.
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::Person(user) => Some(user),
            Self::Autopilot | Self::Reply | Self::Contact | Self::Import | Self::Demo => None,
        }
    }
}

/// A move as decided by the rules: the stage and everything that follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct StageMove {
    pub event_id: Uuid,
    pub to_stage: StageId,
    pub status: DealStatus,
    /// Given exactly when the status is lost.
    pub lost_reason: Option<LostReason>,
    pub next_action_at: Option<DateTime<Utc>>,
    pub next_reason: String,
    pub actor: Actor,
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// Moves a deal (locked by the caller) and writes the event. Returns the deal as it stands then.
pub async fn record_move(connection: &mut AsyncPgConnection, deal: &Deal, step: &StageMove) -> Result<Deal> {
    statement(&[(deal.id, step)], "RETURNING d.*").prepared().get_result(connection).await
}

/// Moves deals (locked by the caller, each once) and writes their events, in one statement.
pub async fn record_moves(connection: &mut AsyncPgConnection, moves: &[(DealId, &StageMove)]) -> Result<()> {
    if !moves.is_empty() {
        statement(moves, "").prepared().execute(connection).await?;
    }
    Ok(())
}

/// The only way a stage or a status changes. What the autopilot proposed was meant for where a deal stood before: it is
/// withdrawn.
fn statement<'a>(moves: &[(DealId, &'a StageMove)], returning: &str) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
    let steps = || moves.iter().map(|(_, step)| *step);
    // A variant was decided on for the mail that came next before the move.
    diesel::sql_query(format!(
        "WITH step AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], \
             $6::timestamptz[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::timestamptz[]) \
             AS s (deal, event, stage, status, lost_reason, next_action_at, next_reason, actor, user_id, reason, at)), \
         written AS (INSERT INTO deal_stage_events \
             (id, brand_id, deal_id, from_stage_id, to_stage_id, from_status, to_status, actor, user_id, reason, at) \
             SELECT s.event, d.brand_id, d.id, d.stage_id, s.stage, d.status, s.status, s.actor, s.user_id, s.reason, s.at \
             FROM step s JOIN deals d ON d.id = s.deal), \
         withdrawn AS (UPDATE ai_decisions p SET outcome = 'dismissed' FROM step s \
             WHERE p.deal_id = s.deal AND p.outcome = 'proposed') \
         UPDATE deals d SET stage_id = s.stage, status = s.status, lost_reason = s.lost_reason, \
             stage_visit = d.stage_visit + (s.stage <> d.stage_id)::int, \
             stage_entered_at = CASE WHEN s.stage <> d.stage_id THEN s.at ELSE d.stage_entered_at END, \
             template_variant = CASE WHEN s.stage = d.stage_id THEN d.template_variant END, \
             next_action_at = s.next_action_at, next_reason = s.next_reason, blocked_reason = NULL, updated_at = s.at \
         FROM step s WHERE d.id = s.deal {returning}"
    ))
    .into_boxed()
    .bind::<Array<SqlUuid>, _>(moves.iter().map(|(deal, _)| *deal).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(steps().map(|step| step.event_id).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(steps().map(|step| step.to_stage).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(steps().map(|step| step.status.as_str()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        steps().map(|step| step.lost_reason.map(LostReason::as_str)).collect::<Vec<_>>(),
    )
    .bind::<Array<Nullable<Timestamptz>>, _>(steps().map(|step| step.next_action_at).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(steps().map(|step| step.next_reason.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(steps().map(|step| step.actor.as_str()).collect::<Vec<_>>())
    .bind::<Array<Nullable<SqlUuid>>, _>(steps().map(|step| step.actor.user()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(steps().map(|step| step.reason.as_str()).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(steps().map(|step| step.at).collect::<Vec<_>>())
}
