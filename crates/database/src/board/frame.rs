use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Nullable, SmallInt, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::pipeline::{Ladder, LadderError, PipelineMode, PipelineType, StageKind};
use domain::{BrandId, PipelineId, StageId};

use crate::Result;
use crate::prepared::Prepare;

/// A pipeline with its stages and what of its brand a board needs.
#[derive(Debug, Clone)]
pub struct BoardFrame {
    pub pipeline: PipelineId,
    pub key: String,
    pub name: String,
    pub kind: PipelineType,
    pub mode: PipelineMode,
    pub brand: BrandId,
    pub brand_slug: String,
    pub brand_name: String,
    /// IANA name.
    pub time_zone: String,
    /// Australian state.
    pub region: String,
    /// ISO weekdays.
    pub office_days: Vec<i16>,
    /// Minutes after local midnight.
    pub office_from: i32,
    /// Minutes after local midnight.
    pub office_to: i32,
    /// In order.
    pub stages: Vec<BoardStage>,
}

/// A stage with its slug.
#[derive(Debug, Clone)]
pub struct BoardStage {
    pub key: String,
    pub stage: domain::pipeline::Stage,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Uuid)]
    pipeline: PipelineId,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: PipelineType,
    #[diesel(sql_type = Text)]
    mode: PipelineMode,
    #[diesel(sql_type = Uuid)]
    brand: BrandId,
    #[diesel(sql_type = Text)]
    brand_slug: String,
    #[diesel(sql_type = Text)]
    brand_name: String,
    #[diesel(sql_type = Text)]
    time_zone: String,
    #[diesel(sql_type = Text)]
    region: String,
    #[diesel(sql_type = Array<SmallInt>)]
    office_days: Vec<i16>,
    #[diesel(sql_type = Integer)]
    office_from: i32,
    #[diesel(sql_type = Integer)]
    office_to: i32,
    #[diesel(sql_type = Uuid)]
    stage: StageId,
    #[diesel(sql_type = Text)]
    stage_key: String,
    #[diesel(sql_type = Text)]
    stage_name: String,
    #[diesel(sql_type = Text)]
    stage_kind: StageKind,
    #[diesel(sql_type = Nullable<SmallInt>)]
    step: Option<i16>,
    #[diesel(sql_type = SmallInt)]
    position: i16,
    #[diesel(sql_type = Integer)]
    days: i32,
    #[diesel(sql_type = Nullable<Text>)]
    template_key: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    subject_b: Option<String>,
    #[diesel(sql_type = SmallInt)]
    probability: i16,
}

const SELECT: &str = "SELECT p.id AS pipeline, p.key, p.name, p.pipeline_type AS kind, p.mode, \
    b.id AS brand, b.slug AS brand_slug, b.name AS brand_name, b.time_zone, b.region, b.office_days, b.office_from, \
    b.office_to, s.id AS stage, s.key AS stage_key, s.name AS stage_name, s.kind AS stage_kind, s.step, s.position, \
    s.days, s.template_key, s.subject_b, s.probability \
    FROM pipelines p JOIN brands b ON b.id = p.brand_id JOIN stages s ON s.pipeline_id = p.id";

/// The pipeline with this id; `NotFound` outside the scope.
pub async fn find(connection: &mut AsyncPgConnection, id: PipelineId) -> Result<BoardFrame> {
    let rows = diesel::sql_query(format!("{SELECT} WHERE p.id = $1 ORDER BY s.position"))
        .bind::<Uuid, _>(id)
        .prepared()
        .load(connection)
        .await?;
    frame(rows)
}

/// The first pipeline in scope (by brand) with this key; `NotFound` when there is none.
pub async fn by_key(connection: &mut AsyncPgConnection, key: &str) -> Result<BoardFrame> {
    let rows = diesel::sql_query(format!(
        "{SELECT} WHERE p.id = (SELECT q.id FROM pipelines q JOIN brands c ON c.id = q.brand_id WHERE q.key = $1 \
         ORDER BY c.slug LIMIT 1) ORDER BY s.position"
    ))
    .bind::<Text, _>(key)
    .prepared().load(connection)
    .await?;
    frame(rows)
}

fn frame(rows: Vec<Row>) -> Result<BoardFrame> {
    let mut frame: Option<BoardFrame> = None;
    for row in rows {
        let stage = BoardStage {
            key: row.stage_key,
            stage: domain::pipeline::Stage {
                id: row.stage,
                name: row.stage_name,
                kind: row.stage_kind,
                step: row.step,
                position: row.position,
                days: row.days,
                template_key: row.template_key,
                subject_b: row.subject_b,
                probability: row.probability,
            },
        };
        frame
            .get_or_insert_with(|| BoardFrame {
                pipeline: row.pipeline,
                key: row.key,
                name: row.name,
                kind: row.kind,
                mode: row.mode,
                brand: row.brand,
                brand_slug: row.brand_slug,
                brand_name: row.brand_name,
                time_zone: row.time_zone,
                region: row.region,
                office_days: row.office_days,
                office_from: row.office_from,
                office_to: row.office_to,
                stages: Vec::new(),
            })
            .stages
            .push(stage);
    }
    frame.ok_or(diesel::result::Error::NotFound)
}

impl BoardFrame {
    /// The stages as the rules want them.
    ///
    /// # Errors
    /// When somebody has edited them into something that is no ladder.
    pub fn ladder(&self) -> std::result::Result<Ladder, LadderError> {
        Ladder::new(self.kind, self.stages.iter().map(|stage| stage.stage.clone()).collect())
    }
}
