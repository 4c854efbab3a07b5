use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::import::ImportStatus;
use domain::{BrandId, ImportId, PipelineId};

use crate::Result;
use crate::schema::imports;

/// What one chunk of rows came to. The first five add up to `rows`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Advance {
    pub rows: i64,
    pub created: i64,
    pub updated: i64,
    pub skipped: i64,
    /// Rows whose address the brand must not mail.
    pub suppressed: i64,
    /// Rows with errors.
    pub errors: i64,
    pub deals: i64,
}

/// Starts an import that waits for a person or has failed. Returns whether it did.
pub async fn queue(
    connection: &mut AsyncPgConnection,
    id: ImportId,
    pipeline: Option<PipelineId>,
    options: &serde_json::Value,
) -> Result<bool> {
    let waiting = [ImportStatus::Uploaded, ImportStatus::Failed];
    let changed =
        diesel::update(imports::table.filter(imports::id.eq(id).and(imports::status.eq_any(waiting))))
            .set((
                imports::status.eq(ImportStatus::Queued),
                imports::pipeline_id.eq(pipeline),
                imports::options.eq(options),
                imports::failure.eq(None::<String>),
                imports::finished_at.eq(None::<DateTime<Utc>>),
            ))
            .execute(connection)
            .await?;
    Ok(changed == 1)
}

/// Puts the job that runs the import into the queue, in the caller's transaction.
pub async fn enqueue(connection: &mut AsyncPgConnection, brand: BrandId, id: ImportId) -> Result<()> {
    diesel::sql_query("SELECT app.enqueue('run_import', $1, $2)")
        .bind::<Jsonb, _>(serde_json::json!({ "brand_id": brand, "import_id": id }))
        .bind::<Text, _>(format!("import:{id}"))
        .execute(connection)
        .await?;
    Ok(())
}

/// Marks a queued or interrupted import as running. Returns whether there was anything to run.
pub async fn begin(connection: &mut AsyncPgConnection, id: ImportId) -> Result<bool> {
    let open = [ImportStatus::Queued, ImportStatus::Running];
    let changed = diesel::update(imports::table.filter(imports::id.eq(id).and(imports::status.eq_any(open))))
        .set(imports::status.eq(ImportStatus::Running))
        .execute(connection)
        .await?;
    Ok(changed == 1)
}

/// Settings of a transaction that stores many rows. Its commit doesn't wait for the disk: a crash of the database loses
/// the chunk together with the progress that counts it, so that it is simply done again.
pub async fn settings_for_bulk(connection: &mut AsyncPgConnection) -> Result<()> {
    diesel::sql_query(
        "SELECT set_config('synchronous_commit', 'off', true), set_config('gin_pending_list_limit', '32MB', true)",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Rows done, with the import locked until the transaction ends: two workers on one import wait for each other.
pub async fn done_rows_locked(connection: &mut AsyncPgConnection, id: ImportId) -> Result<i64> {
    imports::table
        .filter(imports::id.eq(id))
        .select(imports::done_rows)
        .for_no_key_update()
        .first(connection)
        .await
}

/// Adds a chunk to the import's counts. The caller's transaction holds the chunk itself.
pub async fn advance(connection: &mut AsyncPgConnection, id: ImportId, by: &Advance) -> Result<()> {
    diesel::update(imports::table.filter(imports::id.eq(id)))
        .set((
            imports::done_rows.eq(imports::done_rows + by.rows),
            imports::created_count.eq(imports::created_count + by.created),
            imports::updated_count.eq(imports::updated_count + by.updated),
            imports::skipped_count.eq(imports::skipped_count + by.skipped),
            imports::suppressed_count.eq(imports::suppressed_count + by.suppressed),
            imports::error_count.eq(imports::error_count + by.errors),
            imports::deal_count.eq(imports::deal_count + by.deals),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends an import whose rows are all done.
pub async fn finish(connection: &mut AsyncPgConnection, id: ImportId, at: DateTime<Utc>) -> Result<()> {
    diesel::update(imports::table.filter(imports::id.eq(id)))
        .set((
            imports::status.eq(ImportStatus::Done),
            imports::total_rows.eq(imports::done_rows),
            imports::finished_at.eq(at),
            imports::failure.eq(None::<String>),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Stops an import with a reason for people. What it has imported stays.
pub async fn fail(
    connection: &mut AsyncPgConnection,
    id: ImportId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(imports::table.filter(imports::id.eq(id).and(imports::status.ne(ImportStatus::Done))))
        .set((
            imports::status.eq(ImportStatus::Failed),
            imports::failure.eq(reason),
            imports::finished_at.eq(at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
