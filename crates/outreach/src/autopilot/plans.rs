use std::collections::HashMap;

use database::Connection;
use database::pipeline::Pipeline;
use domain::PipelineId;
use domain::pipeline::{Ladder, PipelineMode};

use crate::Refused;

/// One pipeline as the rules see it.
pub(crate) struct Plan {
    pub pipeline: Pipeline,
    pub ladder: Ladder,
}

/// The pipelines of a brand.
pub(crate) struct Plans(HashMap<PipelineId, Plan>);

impl Plans {
    /// Loads every pipeline in scope. One whose stages are unsound is left out, and its deals with it, until somebody
    /// mends it in the settings.
    pub async fn load(connection: &mut Connection) -> Result<Self, Refused> {
        let pipelines = database::pipeline::all(connection).await?;
        let stages = database::pipeline::all_stages(connection).await?;
        let mut plans = HashMap::new();
        for pipeline in pipelines {
            match pipeline.ladder(&stages) {
                Ok(ladder) => {
                    plans.insert(pipeline.id, Plan { pipeline, ladder });
                }
                Err(error) => {
                    tracing::error!(pipeline.id = %pipeline.id, %error, "a pipeline's stages are unsound")
                }
            }
        }
        Ok(Self(plans))
    }

    pub fn get(&self, id: PipelineId) -> Option<&Plan> {
        self.0.get(&id)
    }

    /// All of them, in no particular order.
    pub fn into_vec(self) -> Vec<Plan> {
        self.0.into_values().collect()
    }

    /// Pipelines whose autopilot is on.
    pub fn running(&self) -> Vec<PipelineId> {
        let running = |plan: &&Plan| plan.pipeline.is_active && plan.pipeline.mode != PipelineMode::Off;
        self.0.values().filter(running).map(|plan| plan.pipeline.id).collect()
    }
}
