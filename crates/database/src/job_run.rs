//! What the worker did and when it is to do it again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Double, Jsonb, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;
use uuid::Uuid;

use crate::Result;
use crate::prepared::Prepare;
use crate::schema::{job_runs, timetable_marks};

/// One run of a job.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = job_runs)]
pub struct JobRun {
    pub id: Uuid,
    pub job: String,
    /// `timetable`, `person`, `queue` or `demo`.
    #[diesel(column_name = triggered_by)]
    pub trigger: String,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// `running`, `done` or `failed`.
    pub outcome: String,
    pub summary: Value,
    pub error: Option<String>,
}

/// Stores a run that begins.
pub async fn begin(connection: &mut AsyncPgConnection, run: &JobRun) -> Result<()> {
    diesel::insert_into(job_runs::table).values(run).execute(connection).await?;
    Ok(())
}

/// Writes how a run ended.
pub async fn finish(connection: &mut AsyncPgConnection, run: &JobRun) -> Result<()> {
    diesel::update(job_runs::table.filter(job_runs::id.eq(run.id)))
        .set((
            job_runs::finished_at.eq(run.finished_at),
            job_runs::outcome.eq(&run.outcome),
            job_runs::summary.eq(&run.summary),
            job_runs::error.eq(run.error.as_deref()),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// The newest runs, newest first.
pub async fn newest(connection: &mut AsyncPgConnection, limit: i64) -> Result<Vec<JobRun>> {
    job_runs::table
        .order((job_runs::started_at.desc(), job_runs::id.desc()))
        .limit(limit)
        .select(JobRun::as_select())
        .load(connection)
        .await
}

/// The newest run of each job.
pub async fn last_of_each(connection: &mut AsyncPgConnection) -> Result<Vec<JobRun>> {
    job_runs::table
        .distinct_on(job_runs::job)
        .order((job_runs::job, job_runs::started_at.desc(), job_runs::id.desc()))
        .select(JobRun::as_select())
        .load(connection)
        .await
}

/// Fails runs that began before a moment and never ended: their worker is gone.
pub async fn abandon(
    connection: &mut AsyncPgConnection,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<usize> {
    diesel::update(
        job_runs::table.filter(job_runs::outcome.eq("running")).filter(job_runs::started_at.lt(before)),
    )
    .set((
        job_runs::outcome.eq("failed"),
        job_runs::finished_at.eq(now),
        job_runs::error.eq("The worker stopped before the run ended."),
    ))
    .execute(connection)
    .await
}

/// Forgets runs that began before a moment.
pub async fn forget(connection: &mut AsyncPgConnection, before: DateTime<Utc>) -> Result<usize> {
    diesel::delete(job_runs::table.filter(job_runs::started_at.lt(before))).execute(connection).await
}

/// Moves a job's mark to an occurrence. `false` when it stands there or later already: somebody else has it.
pub async fn mark(connection: &mut AsyncPgConnection, job: &str, due_at: DateTime<Utc>) -> Result<bool> {
    let moved = diesel::sql_query(
        "INSERT INTO timetable_marks (job, due_at) VALUES ($1, $2)
         ON CONFLICT (job) DO UPDATE SET due_at = excluded.due_at WHERE timetable_marks.due_at < excluded.due_at",
    )
    .bind::<Text, _>(job)
    .bind::<Timestamptz, _>(due_at)
    .prepared().execute(connection)
    .await?;
    Ok(moved == 1)
}

/// Every job's mark.
pub async fn marks(connection: &mut AsyncPgConnection) -> Result<Vec<(String, DateTime<Utc>)>> {
    timetable_marks::table.select((timetable_marks::job, timetable_marks::due_at)).load(connection).await
}

/// Puts a job into the queue when the transaction commits. A waiting job with the same key is replaced.
pub async fn enqueue(
    connection: &mut AsyncPgConnection,
    job: &str,
    payload: &Value,
    key: &str,
) -> Result<()> {
    enqueue_later(connection, job, payload, key, 0.0).await
}

/// The same, to be run after so many seconds.
pub async fn enqueue_later(
    connection: &mut AsyncPgConnection,
    job: &str,
    payload: &Value,
    key: &str,
    delay_seconds: f64,
) -> Result<()> {
    diesel::sql_query("SELECT app.enqueue_later($1, $2, $3, $4)")
        .bind::<Text, _>(job)
        .bind::<Jsonb, _>(payload)
        .bind::<Text, _>(key)
        .bind::<Double, _>(delay_seconds)
        .prepared()
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes the right to move the demo's clock until the transaction ends; `false` when somebody else has it.
pub async fn hold_clock(connection: &mut AsyncPgConnection) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Held {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        held: bool,
    }
    let row: Held =
        diesel::sql_query("SELECT pg_try_advisory_xact_lock(hashtextextended('demo clock', 0)) AS held")
            .prepared()
            .get_result(connection)
            .await?;
    Ok(row.held)
}
