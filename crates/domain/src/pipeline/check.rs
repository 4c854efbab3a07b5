use std::collections::HashSet;

use super::{Stage, StageKind};

/// Why stages don't make a pipeline. The text is for the person editing them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LadderError {
    #[error("a pipeline needs exactly one {} stage; this one has {found}", .kind.label())]
    NotExactlyOne { kind: StageKind, found: usize },
    #[error("a pipeline has at most one {} stage; this one has {found}", .kind.label())]
    MoreThanOne { kind: StageKind, found: usize },
    #[error("a pipeline needs an open stage for new deals to start in")]
    NoStart,
    #[error("a pipeline with outreach mails needs a stage of the kind {}", .missing.label())]
    OutreachNeeds { missing: StageKind },
    #[error("outreach stages must be numbered 1, 2, 3 … in the order of the board; {stage:?} breaks it")]
    StepsOutOfOrder { stage: String },
    #[error("only outreach stages have a step; {stage:?} isn't one")]
    StepOnOtherKind { stage: String },
    #[error("the entry stage {stage:?} must come before the outreach stages")]
    EntryAfterOutreach { stage: String },
    #[error("two stages are called {name:?}")]
    DuplicateName { name: String },
    #[error("a stage has no name")]
    BlankName,
    #[error("two stages share position {position}")]
    DuplicatePosition { position: i16 },
    #[error("two stages share one id")]
    DuplicateId,
    #[error("{stage:?} waits {days} days; it must be 0 to 365")]
    DaysOutOfRange { stage: String, days: i32 },
    #[error("{stage:?} has a probability of {percent} %; it must be 0 to 100")]
    ProbabilityOutOfRange { stage: String, percent: i16 },
}

/// Checks stages already sorted by position.
pub(super) fn check(stages: &[Stage]) -> Result<(), LadderError> {
    check_each(stages)?;
    let count = |kind| stages.iter().filter(|stage| stage.kind == kind).count();
    for kind in [StageKind::Won, StageKind::Lost] {
        let found = count(kind);
        if found != 1 {
            return Err(LadderError::NotExactlyOne { kind, found });
        }
    }
    for kind in [StageKind::Entry, StageKind::Replied] {
        let found = count(kind);
        if found > 1 {
            return Err(LadderError::MoreThanOne { kind, found });
        }
    }
    match stages.first() {
        Some(first) if !first.kind.is_closed() => {}
        Some(_) | None => return Err(LadderError::NoStart),
    }
    check_outreach(stages)
}

fn check_outreach(stages: &[Stage]) -> Result<(), LadderError> {
    let outreach = stages.iter().filter(|stage| stage.kind == StageKind::Outreach);
    for (expected, stage) in (1i16..).zip(outreach) {
        if stage.step != Some(expected) {
            return Err(LadderError::StepsOutOfOrder { stage: stage.name.clone() });
        }
    }
    let Some(first) = stages.iter().find(|stage| stage.kind == StageKind::Outreach) else {
        return Ok(());
    };
    if !stages.iter().any(|stage| stage.kind == StageKind::Replied) {
        return Err(LadderError::OutreachNeeds { missing: StageKind::Replied });
    }
    match stages.iter().find(|stage| stage.kind == StageKind::Entry) {
        None => Err(LadderError::OutreachNeeds { missing: StageKind::Entry }),
        Some(entry) if entry.position > first.position => {
            Err(LadderError::EntryAfterOutreach { stage: entry.name.clone() })
        }
        Some(_) => Ok(()),
    }
}

fn check_each(stages: &[Stage]) -> Result<(), LadderError> {
    let (mut names, mut ids, mut positions) = (HashSet::new(), HashSet::new(), HashSet::new());
    for stage in stages {
        let name = stage.name.trim();
        if name.is_empty() {
            return Err(LadderError::BlankName);
        }
        if !names.insert(name.to_lowercase()) {
            return Err(LadderError::DuplicateName { name: name.to_owned() });
        }
        if !ids.insert(stage.id) {
            return Err(LadderError::DuplicateId);
        }
        if !positions.insert(stage.position) {
            return Err(LadderError::DuplicatePosition { position: stage.position });
        }
        if stage.kind != StageKind::Outreach && stage.step.is_some() {
            return Err(LadderError::StepOnOtherKind { stage: name.to_owned() });
        }
        if !(0..=365).contains(&stage.days) {
            return Err(LadderError::DaysOutOfRange { stage: name.to_owned(), days: stage.days });
        }
        if !(0..=100).contains(&stage.probability) {
            return Err(LadderError::ProbabilityOutOfRange {
                stage: name.to_owned(),
                percent: stage.probability,
            });
        }
    }
    Ok(())
}
