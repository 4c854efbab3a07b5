use super::check::check;
use super::{DealStatus, LadderError, NextStep, PipelineType, Stage, StageKind};
use crate::StageId;

/// The stages of one pipeline, in order and known to be sound.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Unchecked", into = "Unchecked")]
pub struct Ladder {
    kind: PipelineType,
    stages: Vec<Stage>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Unchecked {
    kind: PipelineType,
    stages: Vec<Stage>,
}

impl TryFrom<Unchecked> for Ladder {
    type Error = LadderError;
    fn try_from(unchecked: Unchecked) -> Result<Self, LadderError> {
        Self::new(unchecked.kind, unchecked.stages)
    }
}

impl From<Ladder> for Unchecked {
    fn from(ladder: Ladder) -> Self {
        Self { kind: ladder.kind, stages: ladder.stages }
    }
}

impl Ladder {
    /// Orders the stages by position and checks them.
    ///
    /// # Errors
    /// The first rule the stages break, in words for the settings page.
    pub fn new(kind: PipelineType, mut stages: Vec<Stage>) -> Result<Self, LadderError> {
        stages.sort_by_key(|stage| stage.position);
        check(&stages)?;
        Ok(Self { kind, stages })
    }

    /// What the pipeline is for.
    pub const fn kind(&self) -> PipelineType {
        self.kind
    }

    /// Every stage in order.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Where a new deal starts: the entry stage, else (pipelines for registered users) the first stage.
    pub fn entry(&self) -> &Stage {
        self.of_kind(StageKind::Entry).unwrap_or(&self.stages[0])
    }

    /// The stage with this id, if it belongs to the pipeline.
    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// Where lost deals go.
    pub fn lost_stage(&self) -> &Stage {
        self.of_kind(StageKind::Lost).unwrap_or(&self.stages[self.stages.len() - 1])
    }

    /// Where won deals go.
    pub fn won_stage(&self) -> &Stage {
        self.of_kind(StageKind::Won).unwrap_or(&self.stages[self.stages.len() - 1])
    }

    /// Where answered deals go. Pipelines without outreach may have none.
    pub fn replied_stage(&self) -> Option<&Stage> {
        self.of_kind(StageKind::Replied)
    }

    /// The stage of outreach mail `step` (1..n).
    pub fn outreach_stage(&self, step: i16) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.kind == StageKind::Outreach && stage.step == Some(step))
    }

    /// What follows this stage. A stage of another pipeline is followed by nothing.
    pub fn next_step_after(&self, id: StageId) -> NextStep {
        let Some(stage) = self.stage(id) else {
            return NextStep::Nothing;
        };
        match stage.kind {
            StageKind::Entry => match self.outreach_stage(1) {
                Some(first) => send(first),
                None => ask("This pipeline has no outreach mail: a person takes the first step."),
            },
            StageKind::Outreach => match stage.step.and_then(|step| self.outreach_stage(step + 1)) {
                Some(next) => send(next),
                None => NextStep::CloseNoResponse { to: self.lost_stage().id },
            },
            StageKind::Replied => ask("The contact has replied: a person answers."),
            StageKind::Progress => match (self.kind, &stage.template_key) {
                (PipelineType::RegisteredUsers, Some(key)) => {
                    NextStep::SendHere { template_key: key.clone() }
                }
                (_, _) => ask(&format!("A person moves the deal on from {}.", stage.name)),
            },
            StageKind::Won | StageKind::Lost => NextStep::Nothing,
        }
    }

    /// Where a deal goes when its status is set by hand. `before_closing` is the stage it was closed from. `None` means
    /// that it stays where it is.
    pub fn stage_for_status(
        &self,
        status: DealStatus,
        current: StageId,
        before_closing: Option<StageId>,
    ) -> Option<StageId> {
        let closed = self.stage(current).is_some_and(|stage| stage.kind.is_closed());
        let target = match status {
            DealStatus::Won => self.won_stage().id,
            DealStatus::Lost => self.lost_stage().id,
            DealStatus::Active | DealStatus::Paused if closed => {
                before_closing
                    .and_then(|id| self.stage(id))
                    .filter(|stage| !stage.kind.is_closed())
                    .or_else(|| self.replied_stage())
                    .unwrap_or_else(|| self.entry())
                    .id
            }
            DealStatus::Active | DealStatus::Paused => return None,
        };
        (target != current).then_some(target)
    }

    fn of_kind(&self, kind: StageKind) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.kind == kind)
    }
}

/// The autopilot sends and closes; only replies, people and integrations move a deal anywhere else.
pub const fn autopilot_may_enter(kind: StageKind) -> bool {
    match kind {
        StageKind::Outreach | StageKind::Lost => true,
        StageKind::Entry | StageKind::Replied | StageKind::Progress | StageKind::Won => false,
    }
}

fn send(stage: &Stage) -> NextStep {
    NextStep::Send {
        to: stage.id,
        template_key: stage.template_key.clone(),
        step: stage.step.unwrap_or_default(),
    }
}

fn ask(reason: &str) -> NextStep {
    NextStep::AskPerson { reason: reason.to_owned() }
}
