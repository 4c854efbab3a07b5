//! Loads brands and the pipeline catalogue. Loading again changes nothing that exists.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::pipeline::catalogue::CataloguePipeline;
use domain::{BrandId, PipelineId, StageId};
use uuid::Uuid;

use crate::Result;
use crate::brand::Brand;
use crate::schema::{brands, pipelines, stages, templates};

/// A mail template found on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    pub key: String,
    /// Folder under the brand's.
    pub family: String,
    /// SHA-256 of the file, hex.
    pub checksum: String,
}

/// Stores a brand unless its slug is taken. Returns whether it is new.
pub async fn load_brand(connection: &mut AsyncPgConnection, brand: &Brand) -> Result<bool> {
    let inserted = diesel::insert_into(brands::table)
        .values(brand)
        .on_conflict(brands::slug)
        .do_nothing()
        .execute(connection)
        .await?;
    Ok(inserted == 1)
}

/// Registers the scoped brand's template files, so that stages may name them. Files that are gone keep their row while
/// a stage names them; sending such a mail is blocked with a reason.
pub async fn load_templates(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    files: &[TemplateFile],
    now: DateTime<Utc>,
) -> Result<()> {
    let known: std::collections::HashMap<String, String> = templates::table
        .filter(templates::brand_id.eq(brand))
        .select((templates::key, templates::checksum))
        .load::<(String, String)>(connection)
        .await?
        .into_iter()
        .collect();
    for file in files.iter().filter(|file| known.get(&file.key) != Some(&file.checksum)) {
        diesel::insert_into(templates::table)
            .values((
                templates::brand_id.eq(brand),
                templates::key.eq(&file.key),
                templates::family.eq(&file.family),
                templates::checksum.eq(&file.checksum),
                templates::updated_at.eq(now),
            ))
            .on_conflict((templates::brand_id, templates::key))
            .do_update()
            .set((
                templates::family.eq(&file.family),
                templates::checksum.eq(&file.checksum),
                templates::updated_at.eq(now),
            ))
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Stores a catalogue pipeline and its stages for the scoped brand. What exists under the same key stays as people have
/// edited it. Returns whether the pipeline is new.
pub async fn load_pipeline(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    position: i16,
    pipeline: &CataloguePipeline,
    mut new_id: impl FnMut() -> Uuid,
    now: DateTime<Utc>,
) -> Result<bool> {
    let id = PipelineId(new_id());
    let inserted = diesel::insert_into(pipelines::table)
        .values((
            pipelines::id.eq(id),
            pipelines::brand_id.eq(brand),
            pipelines::key.eq(pipeline.key),
            pipelines::name.eq(pipeline.name),
            pipelines::pipeline_type.eq(pipeline.kind),
            pipelines::mode.eq(pipeline.mode),
            pipelines::position.eq(position),
            pipelines::created_at.eq(now),
        ))
        .on_conflict((pipelines::brand_id, pipelines::key))
        .do_nothing()
        .execute(connection)
        .await?;
    if inserted == 0 {
        return Ok(false);
    }
    for (place, stage) in (1i16..).zip(pipeline.stages) {
        diesel::insert_into(stages::table)
            .values((
                (
                    stages::id.eq(StageId(new_id())),
                    stages::brand_id.eq(brand),
                    stages::pipeline_id.eq(id),
                    stages::key.eq(stage.key),
                    stages::name.eq(stage.name),
                    stages::kind.eq(stage.kind),
                    stages::step.eq(stage.step),
                ),
                (
                    stages::position.eq(place),
                    stages::days.eq(stage.days),
                    stages::template_key.eq(stage.template_key),
                    stages::subject_b.eq(stage.subject_b),
                    stages::probability.eq(stage.probability),
                    stages::created_at.eq(now),
                ),
            ))
            .execute(connection)
            .await?;
    }
    Ok(true)
}
