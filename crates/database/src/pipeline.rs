//! Pipelines and their stages.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::pipeline::{self as rules, Ladder, LadderError, PipelineMode, PipelineType, StageKind};
use domain::{BrandId, PipelineId, StageId};

use crate::Result;
use crate::schema::{pipelines, stages};

/// A pipeline as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = pipelines)]
pub struct Pipeline {
    pub id: PipelineId,
    pub brand_id: BrandId,
    /// Slug within the brand; never changes.
    pub key: String,
    pub name: String,
    pub pipeline_type: PipelineType,
    pub mode: PipelineMode,
    pub position: i16,
    pub is_active: bool,
}

/// A stage as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = stages)]
pub struct Stage {
    pub id: StageId,
    pub brand_id: BrandId,
    pub pipeline_id: PipelineId,
    pub key: String,
    pub name: String,
    pub kind: StageKind,
    /// Outreach step 1..n.
    pub step: Option<i16>,
    pub position: i16,
    /// Days to wait here before the next step.
    pub days: i32,
    /// The mail that brings a deal into this stage.
    pub template_key: Option<String>,
    pub subject_b: Option<String>,
    /// Chance to win from here, percent.
    pub probability: i16,
}

impl Stage {
    /// As the rules know it.
    pub fn as_rule(&self) -> rules::Stage {
        rules::Stage {
            id: self.id,
            name: self.name.clone(),
            kind: self.kind,
            step: self.step,
            position: self.position,
            days: self.days,
            template_key: self.template_key.clone(),
            subject_b: self.subject_b.clone(),
            probability: self.probability,
        }
    }
}

impl Pipeline {
    /// Its ladder, from any list that holds its stages.
    ///
    /// # Errors
    /// The rule that its stages break.
    pub fn ladder(&self, stages: &[Stage]) -> std::result::Result<Ladder, LadderError> {
        let own = stages.iter().filter(|stage| stage.pipeline_id == self.id).map(Stage::as_rule).collect();
        Ladder::new(self.pipeline_type, own)
    }
}

/// Every pipeline in scope, in board order.
pub async fn all(connection: &mut AsyncPgConnection) -> Result<Vec<Pipeline>> {
    pipelines::table
        .order((pipelines::brand_id, pipelines::position))
        .select(Pipeline::as_select())
        .load(connection)
        .await
}

/// The pipeline with this id; `NotFound` outside the scope.
pub async fn find(connection: &mut AsyncPgConnection, id: PipelineId) -> Result<Pipeline> {
    pipelines::table.filter(pipelines::id.eq(id)).select(Pipeline::as_select()).first(connection).await
}

/// A brand's pipeline by its key.
pub async fn by_key(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    key: &str,
) -> Result<Option<Pipeline>> {
    pipelines::table
        .filter(pipelines::brand_id.eq(brand).and(pipelines::key.eq(key)))
        .select(Pipeline::as_select())
        .first(connection)
        .await
        .optional()
}

/// A pipeline's stages in order.
pub async fn stages_of(connection: &mut AsyncPgConnection, pipeline: PipelineId) -> Result<Vec<Stage>> {
    stages::table
        .filter(stages::pipeline_id.eq(pipeline))
        .order(stages::position)
        .select(Stage::as_select())
        .load(connection)
        .await
}

/// The stages of every pipeline in scope, by pipeline and order.
pub async fn all_stages(connection: &mut AsyncPgConnection) -> Result<Vec<Stage>> {
    stages::table
        .order((stages::pipeline_id, stages::position))
        .select(Stage::as_select())
        .load(connection)
        .await
}
