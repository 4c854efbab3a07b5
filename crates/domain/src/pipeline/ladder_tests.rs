use uuid::Uuid;

use super::{DealStatus, Ladder, LadderError, NextStep, PipelineType, Stage, StageKind};
use crate::StageId;

fn id(number: u128) -> StageId {
    StageId(Uuid::from_u128(number))
}

fn stage(number: i16, kind: StageKind) -> Stage {
    Stage {
        id: id(u128::from(number.unsigned_abs())),
        name: format!("Stage {number}"),
        kind,
        step: None,
        position: number,
        days: 3,
        template_key: None,
        subject_b: None,
        probability: 10,
    }
}

fn outreach(number: i16, step: i16) -> Stage {
    Stage {
        step: Some(step),
        template_key: Some(format!("mail{step}")),
        ..stage(number, StageKind::Outreach)
    }
}

fn stages() -> Vec<Stage> {
    vec![
        stage(1, StageKind::Entry),
        outreach(2, 1),
        outreach(3, 2),
        stage(4, StageKind::Replied),
        stage(5, StageKind::Progress),
        stage(6, StageKind::Won),
        stage(7, StageKind::Lost),
    ]
}

fn ladder() -> Ladder {
    Ladder::new(PipelineType::Business, stages()).expect("sound")
}

#[test]
fn each_kind_of_stage_has_its_next_step() {
    let ladder = ladder();
    let send = |to, step: i16| NextStep::Send { to: id(to), template_key: Some(format!("mail{step}")), step };
    assert_eq!(ladder.next_step_after(id(1)), send(2, 1));
    assert_eq!(ladder.next_step_after(id(2)), send(3, 2));
    assert_eq!(ladder.next_step_after(id(3)), NextStep::CloseNoResponse { to: id(7) });
    assert!(matches!(ladder.next_step_after(id(4)), NextStep::AskPerson { .. }));
    assert!(matches!(ladder.next_step_after(id(5)), NextStep::AskPerson { .. }));
    assert_eq!(ladder.next_step_after(id(6)), NextStep::Nothing);
    assert_eq!(ladder.next_step_after(id(7)), NextStep::Nothing);
    assert_eq!(ladder.next_step_after(id(99)), NextStep::Nothing);
}

#[test]
fn next_step_never_leads_into_replied_progress_or_won() {
    let ladder = ladder();
    for stage in ladder.stages() {
        match ladder.next_step_after(stage.id) {
            NextStep::Send { to, .. } | NextStep::CloseNoResponse { to } => {
                let kind = ladder.stage(to).expect("own stage").kind;
                assert!(super::autopilot_may_enter(kind), "{} leads into {kind}", stage.name);
            }
            NextStep::SendHere { .. } | NextStep::AskPerson { .. } | NextStep::Nothing => {}
        }
    }
}

#[test]
fn progress_stage_mails_on_entry_only_for_registered_users() {
    let mut stages = stages();
    stages[4].template_key = Some("welcome".into());
    let ladder = Ladder::new(PipelineType::Sales, stages.clone()).expect("sound");
    assert!(matches!(ladder.next_step_after(id(5)), NextStep::AskPerson { .. }));
    let ladder = Ladder::new(PipelineType::RegisteredUsers, stages).expect("sound");
    assert_eq!(ladder.next_step_after(id(5)), NextStep::SendHere { template_key: "welcome".into() });
}

#[test]
fn stages_are_ordered_by_position_whatever_order_they_come_in() {
    let mut shuffled = stages();
    shuffled.reverse();
    let ladder = Ladder::new(PipelineType::Business, shuffled).expect("sound");
    assert_eq!(ladder, self::ladder());
    assert_eq!(ladder.entry().id, id(1));
}

#[test]
fn pipeline_without_entry_starts_in_its_first_stage() {
    let stages = vec![stage(3, StageKind::Lost), stage(1, StageKind::Progress), stage(2, StageKind::Won)];
    let ladder = Ladder::new(PipelineType::RegisteredUsers, stages).expect("sound");
    assert_eq!(ladder.entry().id, id(1));
    assert_eq!(ladder.replied_stage(), None);
}

#[test]
fn setting_the_status_moves_the_deal() {
    let ladder = ladder();
    let cases = [
        (DealStatus::Won, id(2), None, Some(id(6))),
        (DealStatus::Lost, id(2), None, Some(id(7))),
        (DealStatus::Won, id(6), None, None),
        (DealStatus::Active, id(2), None, None),
        (DealStatus::Paused, id(5), None, None),
        (DealStatus::Active, id(7), Some(id(3)), Some(id(3))),
        (DealStatus::Active, id(7), Some(id(6)), Some(id(4))),
        (DealStatus::Active, id(7), None, Some(id(4))),
    ];
    for (status, current, before, target) in cases {
        assert_eq!(ladder.stage_for_status(status, current, before), target, "{status} from {current}");
    }
}

#[test]
fn unsound_stages_are_refused_with_the_reason() {
    type Spoil = fn(&mut Vec<Stage>);
    let cases: &[(Spoil, LadderError)] = &[
        (|s| s.clear(), LadderError::NotExactlyOne { kind: StageKind::Won, found: 0 }),
        (
            |s| {
                s.remove(6);
            },
            LadderError::NotExactlyOne { kind: StageKind::Lost, found: 0 },
        ),
        (|s| s[4].kind = StageKind::Won, LadderError::NotExactlyOne { kind: StageKind::Won, found: 2 }),
        (|s| s[4].kind = StageKind::Entry, LadderError::MoreThanOne { kind: StageKind::Entry, found: 2 }),
        (|s| s[4].kind = StageKind::Replied, LadderError::MoreThanOne { kind: StageKind::Replied, found: 2 }),
        (|s| s[3].kind = StageKind::Progress, LadderError::OutreachNeeds { missing: StageKind::Replied }),
        (|s| s[0].kind = StageKind::Progress, LadderError::OutreachNeeds { missing: StageKind::Entry }),
        (|s| s[6].position = 0, LadderError::NoStart),
        (|s| s[2].step = Some(3), LadderError::StepsOutOfOrder { stage: "Stage 3".into() }),
        (|s| s[1].step = None, LadderError::StepsOutOfOrder { stage: "Stage 2".into() }),
        (|s| s[3].step = Some(1), LadderError::StepOnOtherKind { stage: "Stage 4".into() }),
        (|s| s[0].position = 9, LadderError::EntryAfterOutreach { stage: "Stage 1".into() }),
        (|s| s[1].name = " stage 1 ".into(), LadderError::DuplicateName { name: "stage 1".into() }),
        (|s| s[1].name = "  ".into(), LadderError::BlankName),
        (|s| s[1].position = 1, LadderError::DuplicatePosition { position: 1 }),
        (|s| s[1].id = id(1), LadderError::DuplicateId),
        (|s| s[1].days = -1, LadderError::DaysOutOfRange { stage: "Stage 2".into(), days: -1 }),
        (
            |s| s[1].probability = 101,
            LadderError::ProbabilityOutOfRange { stage: "Stage 2".into(), percent: 101 },
        ),
    ];
    for (spoil, error) in cases {
        let mut stages = stages();
        spoil(&mut stages);
        assert_eq!(Ladder::new(PipelineType::Business, stages).as_ref(), Err(error));
    }
}
