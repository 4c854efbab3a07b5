use super::super::{Stage, StageKind};
use crate::StageId;

/// One stage as first loaded; its place in the list is its place on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct CatalogueStage {
    /// Stable, unique within the pipeline.
    pub key: &'static str,
    pub name: &'static str,
    pub kind: StageKind,
    /// Number of the outreach mail, 1..n.
    pub step: Option<i16>,
    /// Days to wait here.
    pub days: i32,
    /// The mail that brings a deal into this stage.
    pub template_key: Option<&'static str>,
    /// Subject of variant B of that mail.
    pub subject_b: Option<&'static str>,
    /// Chance of winning from here, percent.
    pub probability: i16,
}

impl CatalogueStage {
    /// The stage with its identifier and place.
    pub fn stage(&self, id: StageId, position: i16) -> Stage {
        Stage {
            id,
            name: self.name.to_owned(),
            kind: self.kind,
            step: self.step,
            position,
            days: self.days,
            template_key: self.template_key.map(str::to_owned),
            subject_b: self.subject_b.map(str::to_owned),
            probability: self.probability,
        }
    }

    const fn new(
        key: &'static str,
        name: &'static str,
        kind: StageKind,
        days: i32,
        probability: i16,
    ) -> Self {
        Self { key, name, kind, step: None, days, template_key: None, subject_b: None, probability }
    }

    pub(super) const fn mail(self, template_key: &'static str) -> Self {
        Self { template_key: Some(template_key), ..self }
    }

    pub(super) const fn subject_b(self, subject: &'static str) -> Self {
        Self { subject_b: Some(subject), ..self }
    }
}

pub(super) const fn entry(
    key: &'static str,
    name: &'static str,
    days: i32,
    probability: i16,
) -> CatalogueStage {
    CatalogueStage::new(key, name, StageKind::Entry, days, probability)
}

pub(super) const fn outreach(
    step: i16,
    key: &'static str,
    name: &'static str,
    days: i32,
    probability: i16,
    template_key: &'static str,
) -> CatalogueStage {
    let stage = CatalogueStage::new(key, name, StageKind::Outreach, days, probability).mail(template_key);
    CatalogueStage { step: Some(step), ..stage }
}

pub(super) const fn replied(days: i32, probability: i16) -> CatalogueStage {
    CatalogueStage::new("responded", "Responded", StageKind::Replied, days, probability)
}

pub(super) const fn progress(
    key: &'static str,
    name: &'static str,
    days: i32,
    probability: i16,
) -> CatalogueStage {
    CatalogueStage::new(key, name, StageKind::Progress, days, probability)
}

pub(super) const fn won(key: &'static str, name: &'static str) -> CatalogueStage {
    CatalogueStage::new(key, name, StageKind::Won, 0, 100)
}

pub(super) const fn lost(key: &'static str, name: &'static str) -> CatalogueStage {
    CatalogueStage::new(key, name, StageKind::Lost, 0, 0)
}
