use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::Tier;
use domain::{PipelineId, StageId};

use super::{Narrowing, Viewpoint};
use crate::Result;
use crate::prepared::Prepare;

/// The moments that make a step due or overdue.
#[derive(Debug, Clone, Copy)]
pub struct Lines {
    pub due_before: DateTime<Utc>,
    pub overdue_before: DateTime<Utc>,
}

// `$1` is the viewer, `$2` and `$3` the lines, `$4` the pattern: the same in every statement of the board.
pub(super) const DUE: &str = "(d.status = 'active' AND NOT d.is_blocked AND d.next_action_at < $2)";
pub(super) const OVERDUE: &str = "(d.status = 'active' AND NOT d.is_blocked AND d.next_action_at < $3)";
pub(super) const BLOCKED: &str = "(d.status = 'active' AND d.is_blocked)";
pub(super) const HOT: &str = "(d.tier IN ('hot', 'engaged') AND d.status IN ('active', 'paused'))";
pub(super) const MINE: &str = "(d.owner_id = $1 AND d.status IN ('active', 'paused'))";

/// The deals of one stage and tier, added up.
#[derive(Debug, Clone, QueryableByName)]
pub struct Cell {
    #[diesel(sql_type = Uuid)]
    pub stage: StageId,
    #[diesel(sql_type = Text)]
    pub tier: Tier,
    /// Every deal, whatever the narrowing; so are the next six.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    /// Cents.
    #[diesel(sql_type = BigInt)]
    pub total_value: i64,
    #[diesel(sql_type = BigInt)]
    pub due: i64,
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    #[diesel(sql_type = BigInt)]
    pub blocked: i64,
    #[diesel(sql_type = BigInt)]
    pub hot: i64,
    #[diesel(sql_type = BigInt)]
    pub mine: i64,
    /// Of the deals that are let through; so are the next two.
    #[diesel(sql_type = BigInt)]
    pub passed: i64,
    /// Cents.
    #[diesel(sql_type = BigInt)]
    pub passed_value: i64,
    #[diesel(sql_type = BigInt)]
    pub passed_overdue: i64,
}

/// Every stage of a pipeline by tier, in one statement.
pub async fn figures(
    connection: &mut AsyncPgConnection,
    pipeline: PipelineId,
    narrowing: &Narrowing,
    viewpoint: &Viewpoint,
) -> Result<Vec<Cell>> {
    // Without a narrowing the sums are those of all deals, and PostgreSQL adds the same sum up only once.
    let (passed, passed_overdue) = match narrowing.conditions() {
        narrowed if narrowed.is_empty() => (String::new(), format!("FILTER (WHERE {OVERDUE})")),
        narrowed => (format!("FILTER (WHERE true{narrowed})"), format!("FILTER (WHERE {OVERDUE}{narrowed})")),
    };
    let sql = format!(
        "SELECT d.stage_id AS stage, d.tier, count(*) AS total, \
         coalesce(sum(d.value_cents), 0)::bigint AS total_value, \
         count(*) FILTER (WHERE {DUE}) AS due, count(*) FILTER (WHERE {OVERDUE}) AS overdue, \
         count(*) FILTER (WHERE {BLOCKED}) AS blocked, count(*) FILTER (WHERE {HOT}) AS hot, \
         count(*) FILTER (WHERE {MINE}) AS mine, count(*) {passed} AS passed, \
         coalesce(sum(d.value_cents) {passed}, 0)::bigint AS passed_value, \
         count(*) {passed_overdue} AS passed_overdue \
         FROM deals d WHERE d.pipeline_id = $5 AND $4::text IS NOT NULL GROUP BY 1, 2"
    );
    diesel::sql_query(sql)
        .bind::<Uuid, _>(viewpoint.viewer)
        .bind::<Timestamptz, _>(viewpoint.lines.due_before)
        .bind::<Timestamptz, _>(viewpoint.lines.overdue_before)
        .bind::<Text, _>(narrowing.pattern())
        .bind::<Uuid, _>(pipeline)
        .prepared()
        .load(connection)
        .await
}
