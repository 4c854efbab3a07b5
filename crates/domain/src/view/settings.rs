//! The settings pages.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::board::When;
use crate::pipeline::{PipelineMode, StageKind};
use crate::{PipelineId, StageId};

/// A pipeline in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PipelineLine {
    pub id: PipelineId,
    pub name: String,
    pub brand_slug: String,
    pub brand_name: String,
    pub mode: PipelineMode,
    pub stages: i64,
    /// Active and paused deals.
    pub open_deals: i64,
}

/// A pipeline with its stages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PipelineSettings {
    pub id: PipelineId,
    pub name: String,
    pub brand_name: String,
    pub mode: PipelineMode,
    /// The person may change it: managers and admins of the brand.
    pub may_edit: bool,
    pub deals: i64,
    pub stages: Vec<StageSettings>,
}

/// A stage of a pipeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageSettings {
    pub id: StageId,
    pub name: String,
    pub kind: StageKind,
    /// Outreach step 1..n.
    pub step: Option<i16>,
    /// Days to wait here before the next step.
    pub days: i32,
    /// "Business invitation"; empty: no mail brings a deal here.
    pub template: String,
    /// The other subject half of the deals get; empty: one subject for all.
    pub subject_b: String,
    /// Chance to win from here, percent.
    pub probability: i16,
    pub deals: i64,
}

/// What a person changed about a pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineEdit {
    pub pipeline: PipelineId,
    pub mode: PipelineMode,
    pub stages: Vec<StageEdit>,
}

/// What a person changed about a stage; numbers as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageEdit {
    pub stage: StageId,
    pub days: String,
    pub subject_b: String,
    pub probability: String,
}

/// The jobs page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobsView {
    /// The person may start jobs: admins.
    pub may_run: bool,
    pub jobs: Vec<JobLine>,
    pub runs: Vec<JobRunLine>,
}

/// A job of the timetable or of the queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobLine {
    pub name: String,
    pub title: String,
    /// "hourly, Mon–Fri 9–17"; "on demand".
    pub timetable: String,
    pub next: Option<When>,
    pub last: Option<JobRunLine>,
    /// It makes sense to start it by hand.
    pub can_run: bool,
}

/// One run of a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobRunLine {
    pub id: Uuid,
    pub title: String,
    /// "timetable", "a person", "queue", "demo clock".
    pub trigger: String,
    pub started: When,
    /// "1.2 s"; empty while it runs.
    pub took: String,
    pub outcome: JobOutcome,
    /// "18 sent, 2 failed"; the error of a failed run.
    pub result: String,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobOutcome {
    Running,
    Done,
    Failed,
}

/// The person's own settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountView {
    pub name: String,
    pub email: String,
    /// IANA name.
    pub time_zone: String,
    /// IANA name and words.
    pub zones: Vec<(String, String)>,
    /// "Admin of Codeteki".
    pub roles: Vec<String>,
    pub sessions: Vec<SessionLine>,
}

/// A place the person is signed in at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionLine {
    /// "Chrome on Windows"; "Unknown browser".
    pub device: String,
    pub is_this: bool,
    pub signed_in: When,
    pub last_seen: When,
}
