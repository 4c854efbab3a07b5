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

/// What is asked of a deal: of its tier and state, and of itself.
pub(super) struct Question {
    state: &'static [&'static str],
    own: &'static str,
}

impl Question {
    /// As a condition.
    pub(super) fn condition(&self) -> String {
        format!("({} AND {})", self.state.join(" AND "), self.own)
    }

    /// How many deals of a group answer yes. Groups are alike in tier and state, so these are looked at once for all.
    fn count(&self, narrowed: &str) -> String {
        let (state, own) = (self.state.join(" AND "), self.own);
        format!("CASE WHEN {state} THEN count(*) FILTER (WHERE {own}{narrowed}) ELSE 0 END")
    }
}

// `$1` is the viewer, `$2` and `$3` the lines, `$4` the pattern: the same in every statement of the board.
const ACTIVE: &str = "d.status = 'active'";
const OPEN: &str = "d.status IN ('active', 'paused')";
const PLANNED: &[&str] = &[ACTIVE, "NOT d.is_blocked"];
pub(super) const DUE: Question = Question { state: PLANNED, own: "d.next_action_at < $2" };
pub(super) const OVERDUE: Question = Question { state: PLANNED, own: "d.next_action_at < $3" };
pub(super) const BLOCKED: Question = Question { state: &[ACTIVE, "d.is_blocked"], own: "true" };
pub(super) const HOT: Question = Question { state: &[OPEN, "d.tier IN ('hot', 'engaged')"], own: "true" };
pub(super) const MINE: Question = Question { state: &[OPEN], own: "d.owner_id = $1" };

/// The deals of one stage that are alike in tier and state, added up.
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

/// Every stage of a pipeline by tier and state, in one statement.
pub async fn figures(
    mut connection: &AsyncPgConnection,
    pipeline: PipelineId,
    narrowing: &Narrowing,
    viewpoint: &Viewpoint,
) -> Result<Vec<Cell>> {
    let narrowed = narrowing.conditions();
    // Without a narrowing the sums are those of all deals, and PostgreSQL adds the same sum up only once.
    let passed = match narrowed.as_str() {
        "" => String::new(),
        narrowed => format!("FILTER (WHERE true{narrowed})"),
    };
    let sql = format!(
        "SELECT d.stage_id AS stage, d.tier, count(*) AS total, \
         coalesce(sum(d.value_cents), 0)::bigint AS total_value, {due} AS due, {overdue} AS overdue, \
         {blocked} AS blocked, {hot} AS hot, {mine} AS mine, count(*) {passed} AS passed, \
         coalesce(sum(d.value_cents) {passed}, 0)::bigint AS passed_value, {passed_overdue} AS passed_overdue \
         FROM deals d WHERE d.pipeline_id = $5 AND $4::text IS NOT NULL \
         GROUP BY d.stage_id, d.tier, d.status, d.is_blocked",
        due = DUE.count(""),
        overdue = OVERDUE.count(""),
        blocked = BLOCKED.count(""),
        hot = HOT.count(""),
        mine = MINE.count(""),
        passed_overdue = OVERDUE.count(&narrowed),
    );
    diesel::sql_query(sql)
        .bind::<Uuid, _>(viewpoint.viewer)
        .bind::<Timestamptz, _>(viewpoint.lines.due_before)
        .bind::<Timestamptz, _>(viewpoint.lines.overdue_before)
        .bind::<Text, _>(narrowing.pattern())
        .bind::<Uuid, _>(pipeline)
        .prepared()
        .load(&mut connection)
        .await
}
