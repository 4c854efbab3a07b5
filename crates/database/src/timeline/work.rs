use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::DecisionId;
use domain::autopilot::{DecisionAction, DecisionOutcome};
use domain::pipeline::DealStatus;

use super::Subject;
use crate::Result;
use crate::prepared::Prepare;

/// A change of stage or status.
#[derive(Debug, Clone, QueryableByName)]
pub struct MoveRow {
    /// `person`, `autopilot`, `reply`, `contact`, `import` or `demo`.
    #[diesel(sql_type = Text)]
    pub actor: String,
    /// The person's name; empty for others and for people who have gone.
    #[diesel(sql_type = Text)]
    pub user_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub from_stage: Option<String>,
    #[diesel(sql_type = Text)]
    pub to_stage: String,
    #[diesel(sql_type = Bool)]
    pub same_stage: bool,
    #[diesel(sql_type = Text)]
    pub to_status: DealStatus,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// Moves of the subject's deals.
pub async fn moves(connection: &mut AsyncPgConnection, subject: Subject, limit: i64) -> Result<Vec<MoveRow>> {
    let condition = subject.on_deal_of("e");
    diesel::sql_query(format!(
        "SELECT e.actor, coalesce(u.name, '') AS user_name, f.name AS from_stage, t.name AS to_stage, \
         coalesce(e.from_stage_id = e.to_stage_id, false) AS same_stage, e.to_status, e.reason, e.at \
         FROM deal_stage_events e JOIN stages t ON t.id = e.to_stage_id LEFT JOIN stages f ON f.id = e.from_stage_id \
         LEFT JOIN users u ON u.id = e.user_id WHERE {condition} ORDER BY e.at DESC, e.id DESC LIMIT $2"
    ))
    .bind::<Uuid, _>(subject.id())
    .bind::<BigInt, _>(limit)
    .prepared().load(connection)
    .await
}

/// A note or task.
#[derive(Debug, Clone, QueryableByName)]
pub struct NoteRow {
    /// Empty when the author has gone.
    #[diesel(sql_type = Text)]
    pub author: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Bool)]
    pub is_task: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub due_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    pub done: bool,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
}

/// Notes on the subject.
pub async fn notes(connection: &mut AsyncPgConnection, subject: Subject, limit: i64) -> Result<Vec<NoteRow>> {
    let condition = subject.on("n");
    diesel::sql_query(format!(
        "SELECT coalesce(u.name, '') AS author, n.body, n.kind = 'task' AS is_task, n.due_at, \
         n.done_at IS NOT NULL AS done, n.created_at FROM notes n LEFT JOIN users u ON u.id = n.author_id \
         WHERE {condition} ORDER BY n.created_at DESC, n.id DESC LIMIT $2"
    ))
    .bind::<Uuid, _>(subject.id())
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(connection)
    .await
}

/// A decision of the autopilot with its receipt.
#[derive(Debug, Clone, QueryableByName)]
pub struct DecisionRow {
    #[diesel(sql_type = Uuid)]
    pub id: DecisionId,
    #[diesel(sql_type = Text)]
    pub action: DecisionAction,
    #[diesel(sql_type = Text)]
    pub outcome: DecisionOutcome,
    #[diesel(sql_type = Text)]
    pub rule: String,
    #[diesel(sql_type = Text)]
    pub reasoning: String,
    #[diesel(sql_type = Text)]
    pub counterfactual: String,
    /// A list of [`domain::autopilot::GuardResult`].
    #[diesel(sql_type = Jsonb)]
    pub guards: serde_json::Value,
    #[diesel(sql_type = Text)]
    pub engine: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub decided_by: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// Decisions about the subject's deals.
pub async fn decisions(
    connection: &mut AsyncPgConnection,
    subject: Subject,
    limit: i64,
) -> Result<Vec<DecisionRow>> {
    let condition = subject.on_deal_of("x");
    diesel::sql_query(format!(
        "SELECT x.id, x.action, x.outcome, x.rule, x.reasoning, x.counterfactual, x.guards, x.engine, \
         u.name AS decided_by, x.at FROM ai_decisions x LEFT JOIN users u ON u.id = x.decided_by \
         WHERE {condition} ORDER BY x.at DESC, x.id DESC LIMIT $2"
    ))
    .bind::<Uuid, _>(subject.id())
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(connection)
    .await
}
