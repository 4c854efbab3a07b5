use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::import::ImportStatus;
use domain::{BrandId, ImportId, PipelineId, UserId};

use super::Advance;
use crate::Result;
use crate::prepared::Prepare;
use crate::schema::{brands, imports, pipelines, users};

/// An import as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports)]
pub struct Import {
    pub id: ImportId,
    pub brand_id: BrandId,
    /// Where deals are made; `None`: contacts only.
    pub pipeline_id: Option<PipelineId>,
    pub file_name: String,
    pub status: ImportStatus,
    /// How the file is read and what its columns are; `outreach::imports::Options`.
    pub options: serde_json::Value,
    /// Rows of data in the file, blank ones left out.
    pub total_rows: i64,
    /// Rows dealt with. Committed with what they made, so that a second start goes on exactly there.
    pub done_rows: i64,
    pub created_count: i64,
    pub updated_count: i64,
    pub skipped_count: i64,
    pub suppressed_count: i64,
    /// Rows with errors, not errors.
    pub error_count: i64,
    pub deal_count: i64,
    /// Why it stopped, for people.
    pub failure: Option<String>,
    pub created_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl Import {
    /// What it has come to so far.
    pub fn counts(&self) -> Advance {
        Advance {
            rows: self.done_rows,
            created: self.created_count,
            updated: self.updated_count,
            skipped: self.skipped_count,
            suppressed: self.suppressed_count,
            errors: self.error_count,
            deals: self.deal_count,
        }
    }
}

/// An import with the names a list shows.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct ListedImport {
    pub import: Import,
    pub brand: String,
    pub pipeline: Option<String>,
    pub author: Option<String>,
}

/// Stores a new import.
pub async fn insert(connection: &mut AsyncPgConnection, import: &Import) -> Result<()> {
    diesel::insert_into(imports::table).values(import).execute(connection).await?;
    Ok(())
}

/// The import with this id; `NotFound` outside the scope.
pub async fn find(connection: &mut AsyncPgConnection, id: ImportId) -> Result<Import> {
    imports::table.filter(imports::id.eq(id)).select(Import::as_select()).first(connection).await
}

macro_rules! with_names {
    () => {
        imports::table
            .inner_join(brands::table.on(brands::id.eq(imports::brand_id)))
            .left_join(pipelines::table)
            .left_join(users::table)
            .select((Import::as_select(), brands::name, pipelines::name.nullable(), users::name.nullable()))
    };
}

/// The import with this id and the names beside it; `NotFound` outside the scope.
pub async fn listed(connection: &mut AsyncPgConnection, id: ImportId) -> Result<ListedImport> {
    with_names!().filter(imports::id.eq(id)).first(connection).await
}

/// The newest imports in scope, newest first.
pub async fn newest(connection: &mut AsyncPgConnection, limit: i64) -> Result<Vec<ListedImport>> {
    with_names!().order((imports::created_at.desc(), imports::id.desc())).limit(limit).load(connection).await
}

/// Options of the brand's last started import whose file had exactly these column names.
pub async fn remembered_options(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    columns: &[String],
) -> Result<Option<serde_json::Value>> {
    use diesel::sql_types::{Jsonb, Uuid};

    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Jsonb)]
        options: serde_json::Value,
    }
    let found: Option<Found> = diesel::sql_query(
        "SELECT options FROM imports \
         WHERE brand_id = $1 AND options->'columns' = $2 AND status <> 'uploaded' \
         ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .bind::<Uuid, _>(brand)
    .bind::<Jsonb, _>(serde_json::json!(columns))
    .prepared()
    .get_result(connection)
    .await
    .optional()?;
    Ok(found.map(|found| found.options))
}
