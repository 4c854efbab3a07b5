//! The pipelines both brands start with, as data. Loading them again changes nothing: `key` identifies a pipeline
//! within its brand and a stage within its pipeline for ever, whatever people rename them to.

mod codeteki;
mod desifirms;
mod row;

use super::{Ladder, LadderError, PipelineMode, PipelineType, Stage};
use crate::StageId;

pub use row::CatalogueStage;

/// One pipeline as first loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct CataloguePipeline {
    /// Slug of the brand.
    pub brand: &'static str,
    /// Stable, unique within the brand.
    pub key: &'static str,
    pub name: &'static str,
    pub kind: PipelineType,
    pub mode: PipelineMode,
    /// In the order of the board.
    pub stages: &'static [CatalogueStage],
}

/// Every pipeline of both brands, in the order of the sidebar.
pub fn all() -> impl Iterator<Item = &'static CataloguePipeline> {
    codeteki::PIPELINES.iter().chain(desifirms::PIPELINES)
}

/// One pipeline by brand slug and key.
pub fn find(brand: &str, key: &str) -> Option<&'static CataloguePipeline> {
    all().find(|pipeline| pipeline.brand == brand && pipeline.key == key)
}

impl CataloguePipeline {
    /// The pipeline with identifiers, `id_of` giving one for each stage key.
    ///
    /// # Errors
    /// Only if the identifiers repeat: a test holds the catalogue itself sound.
    pub fn ladder(&self, mut id_of: impl FnMut(&str) -> StageId) -> Result<Ladder, LadderError> {
        let stages: Vec<Stage> =
            (1i16..).zip(self.stages).map(|(position, row)| row.stage(id_of(row.key), position)).collect();
        Ladder::new(self.kind, stages)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::{NextStep, StageKind};
    use super::*;

    /// Identifiers by order of the request.
    pub(crate) fn counted() -> impl FnMut(&str) -> StageId {
        let mut last = 0u128;
        move |_| {
            last += 1;
            StageId(uuid::Uuid::from_u128(last))
        }
    }

    fn shape(pipeline: &CataloguePipeline) -> String {
        let stage = |row: &CatalogueStage| {
            let kind = match row.kind {
                StageKind::Entry => format!("e{}", row.days),
                StageKind::Outreach => format!("o{} {}", row.step.unwrap_or_default(), row.days),
                StageKind::Replied => format!("r{}", row.days),
                StageKind::Progress => format!("p{}", row.days),
                StageKind::Won => "won".into(),
                StageKind::Lost => "lost".into(),
            };
            format!("{} {kind}", row.name)
        };
        pipeline.stages.iter().map(stage).collect::<Vec<_>>().join(" · ")
    }

    #[test]
    fn catalogue_is_the_table_of_the_specification() {
        let invited =
            "Invited o1 4 · Follow Up 1 o2 5 · Follow Up 2 o3 7 · Follow Up 3 (Final) o4 7 · Responded r2";
        let backlink = "Target Found e0 · Pitch Sent o1 5 · Follow Up 1 o2 5 · Follow Up 2 o3 7 · Responded r2 · \
                        Link Placed won · Rejected lost";
        let nudges = "Registered e2 · Nudge 1 o1 3 · Nudge 2 o2 5 · Responded r2";
        let expected = [
            ("codeteki", "sales", "Prospect Found e0 · Intro Sent o1 4 · Follow Up 1 o2 5 · Follow Up 2 o3 7 · Responded r1 · Discovery Call p2 · Proposal p3 · Negotiating p5 · Client won · Lost lost".to_owned()),
            ("codeteki", "backlink", backlink.to_owned()),
            ("codeteki", "partnership", "Partner Found e0 · Intro Sent o1 5 · Follow Up 1 o2 6 · Follow Up 2 o3 8 · Responded r2 · In Discussion p5 · Partner Active won · Declined lost".to_owned()),
            ("desifirms", "realestate", format!("Agent Found e0 · {invited} · Registered p3 · Listing Properties won · Not Interested lost")),
            ("desifirms", "business", format!("Business Found e0 · {invited} · Signed Up p3 · Listed won · Not Interested lost")),
            ("desifirms", "events", format!("Organizer Found e0 · {invited} · Signed Up p3 · Event Listed won · Not Interested lost")),
            ("desifirms", "classifieds", format!("Lead Found e0 · {invited} · Ad Posted won · Not Interested lost")),
            ("desifirms", "backlink", backlink.to_owned()),
            ("desifirms", "registered_business", format!("{nudges} · Listed won · Not Interested lost")),
            ("desifirms", "registered_realestate", format!("{nudges} · Agent Profile Created won · Not Interested lost")),
            ("desifirms", "registered_events", format!("{nudges} · Event Posted won · Not Interested lost")),
            ("desifirms", "agents", "Registered p1 · Profile Complete p2 · Agency Created p2 · Team Invited p3 · First Listing p3 · Active Lister won · Not Interested lost".to_owned()),
        ];
        let actual: Vec<_> = all().map(|p| (p.brand, p.key, shape(p))).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn every_pipeline_makes_a_sound_ladder() {
        for pipeline in all() {
            let ladder = pipeline.ladder(counted());
            assert!(ladder.is_ok(), "{} {}: {ladder:?}", pipeline.brand, pipeline.key);
        }
    }

    #[test]
    fn keys_are_unique_and_chances_rise_towards_winning() {
        let mut pipelines = HashSet::new();
        for pipeline in all() {
            assert!(pipelines.insert((pipeline.brand, pipeline.key)));
            let keys: HashSet<_> = pipeline.stages.iter().map(|stage| stage.key).collect();
            assert_eq!(keys.len(), pipeline.stages.len(), "{}", pipeline.name);
            for stage in pipeline.stages {
                match stage.kind {
                    StageKind::Won => assert_eq!(stage.probability, 100),
                    StageKind::Lost => assert_eq!(stage.probability, 0),
                    StageKind::Entry | StageKind::Outreach | StageKind::Replied | StageKind::Progress => {
                        assert!((1..100).contains(&stage.probability), "{} {}", pipeline.name, stage.name);
                    }
                }
            }
        }
    }

    #[test]
    fn every_outreach_stage_has_a_template_used_once_in_its_pipeline() {
        for pipeline in all() {
            let mut seen = HashSet::new();
            for stage in pipeline.stages {
                let missing = stage.kind == StageKind::Outreach && stage.template_key.is_none();
                assert!(!missing, "{} {}", pipeline.name, stage.name);
                if let Some(key) = stage.template_key {
                    assert!(seen.insert(key), "{} uses {key} twice", pipeline.name);
                }
            }
        }
    }

    #[test]
    fn found_stage_is_followed_by_the_invitation_never_by_a_follow_up() {
        let first_mail = |brand, key| {
            let ladder = find(brand, key)?.ladder(counted()).ok()?;
            match ladder.next_step_after(ladder.entry().id) {
                NextStep::Send { template_key, step: 1, .. } => template_key,
                _ => None,
            }
        };
        for (brand, key, template) in [
            ("codeteki", "sales", "services_intro"),
            ("codeteki", "backlink", "backlink_pitch"),
            ("codeteki", "partnership", "partnership_intro"),
            ("desifirms", "realestate", "realestate_invitation"),
            ("desifirms", "business", "business_invitation"),
            ("desifirms", "events", "events_invitation"),
            ("desifirms", "classifieds", "classifieds_invitation"),
            ("desifirms", "backlink", "backlink_pitch"),
            ("desifirms", "registered_business", "business_nudge1"),
            ("desifirms", "registered_realestate", "realestate_nudge1"),
            ("desifirms", "registered_events", "events_nudge1"),
        ] {
            assert_eq!(first_mail(brand, key).as_deref(), Some(template), "{brand} {key}");
        }
    }
}
