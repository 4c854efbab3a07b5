//! What the settings pages change and show.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::pipeline::PipelineMode;
use domain::{BrandId, PipelineId, StageId, UserId};
use uuid::Uuid;

use crate::Result;
use crate::prepared::Prepare;
use crate::schema::{audit_log, pipelines, stages};

/// Deals of a stage.
#[derive(Debug, Clone, QueryableByName)]
pub struct StageCount {
    #[diesel(sql_type = SqlUuid)]
    pub stage_id: StageId,
    #[diesel(sql_type = SqlUuid)]
    pub pipeline_id: PipelineId,
    #[diesel(sql_type = BigInt)]
    pub deals: i64,
    /// Active and paused.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
}

/// Deals per stage, of every pipeline in scope.
pub async fn stage_counts(connection: &mut AsyncPgConnection) -> Result<Vec<StageCount>> {
    diesel::sql_query(
        "SELECT stage_id, pipeline_id, count(*) AS deals, \
         count(*) FILTER (WHERE status IN ('active', 'paused')) AS open FROM deals GROUP BY stage_id, pipeline_id",
    )
    .prepared().load(connection)
    .await
}

/// Sets how far the autopilot may go.
pub async fn set_mode(
    connection: &mut AsyncPgConnection,
    pipeline: PipelineId,
    mode: PipelineMode,
) -> Result<()> {
    diesel::update(pipelines::table.filter(pipelines::id.eq(pipeline)))
        .set(pipelines::mode.eq(mode))
        .execute(connection)
        .await?;
    Ok(())
}

/// New values of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageChange {
    pub stage: StageId,
    pub days: i32,
    pub subject_b: Option<String>,
    /// Percent.
    pub probability: i16,
}

/// Stores a stage's new values.
pub async fn set_stage(connection: &mut AsyncPgConnection, change: &StageChange) -> Result<()> {
    diesel::update(stages::table.filter(stages::id.eq(change.stage)))
        .set((
            stages::days.eq(change.days),
            stages::subject_b.eq(change.subject_b.as_deref()),
            stages::probability.eq(change.probability),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// A change worth keeping on record.
#[derive(Debug, Clone)]
pub struct Audited<'a> {
    pub id: Uuid,
    pub brand: BrandId,
    pub by: UserId,
    pub action: &'a str,
    pub subject_kind: &'a str,
    pub subject: Uuid,
    pub detail: serde_json::Value,
    pub at: DateTime<Utc>,
}

/// Writes a change into the audit log.
pub async fn audit(connection: &mut AsyncPgConnection, change: &Audited<'_>) -> Result<()> {
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::id.eq(change.id),
            audit_log::brand_id.eq(change.brand),
            audit_log::user_id.eq(change.by),
            audit_log::action.eq(change.action),
            audit_log::subject_kind.eq(change.subject_kind),
            audit_log::subject_id.eq(change.subject),
            audit_log::detail.eq(&change.detail),
            audit_log::at.eq(change.at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
