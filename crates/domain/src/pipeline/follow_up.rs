use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Ladder, NextStep, Stage, StageKind};
use crate::autopilot::wait_after_send;
use crate::calendar::add_days_keeping_local_time;
use crate::engagement::Tier;

/// When the autopilot looks at a deal after a person has moved it, and why then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// UTC; `None`: never by itself.
    pub at: Option<DateTime<Utc>>,
    /// For the card.
    pub reason: String,
}

impl FollowUp {
    /// What follows when a person puts a deal into this stage. Nothing goes out because of the move itself: an outreach
    /// stage says that its mail has gone out, so the wait for the next one begins.
    pub fn after_move(ladder: &Ladder, stage: &Stage, tier: Tier, now: DateTime<Utc>, tz: Tz) -> Self {
        let next = ladder.next_step_after(stage.id);
        let days = match (&next, stage.kind) {
            (NextStep::Nothing, _) => {
                return Self { at: None, reason: String::new() };
            }
            (NextStep::SendHere { .. }, _) => 0,
            (NextStep::Send { .. }, StageKind::Outreach) => wait_after_send(tier, stage.days),
            (NextStep::Send { .. } | NextStep::CloseNoResponse { .. } | NextStep::AskPerson { .. }, _) => {
                stage.days
            }
        };
        Self { at: Some(add_days_keeping_local_time(now, days, tz)), reason: reason(&next, stage, days) }
    }

    /// What follows when the mail that brings a deal into this stage, or the stage's own mail, has gone out.
    pub fn after_mail(ladder: &Ladder, stage: &Stage, tier: Tier, now: DateTime<Utc>, tz: Tz) -> Self {
        let next = ladder.next_step_after(stage.id);
        let (days, reason) = match (&next, stage.kind) {
            (NextStep::Nothing, _) => {
                return Self { at: None, reason: String::new() };
            }
            (NextStep::Send { .. }, StageKind::Outreach) => {
                let days = wait_after_send(tier, stage.days);
                (days, format!("{} went out: the next mail follows {}.", stage.name, wait(days)))
            }
            (NextStep::CloseNoResponse { .. }, _) => (
                stage.days,
                format!("{} went out: closes {} without an answer.", stage.name, wait(stage.days)),
            ),
            (NextStep::Send { .. } | NextStep::SendHere { .. } | NextStep::AskPerson { .. }, _) => (
                stage.days,
                format!("The mail of {} went out: a person looks {}.", stage.name, wait(stage.days)),
            ),
        };
        Self { at: Some(add_days_keeping_local_time(now, days, tz)), reason }
    }
}

fn wait(days: i32) -> String {
    match days {
        0 => "at once".to_owned(),
        1 => "after 1 day".to_owned(),
        days => format!("after {days} days"),
    }
}

fn reason(next: &NextStep, stage: &Stage, days: i32) -> String {
    let wait = wait(days);
    match next {
        NextStep::Send { .. } if days == 0 => format!("Moved to {}: the next mail is due.", stage.name),
        NextStep::Send { .. } => format!("Moved to {}: the next mail follows {wait}.", stage.name),
        NextStep::SendHere { .. } => format!("Moved to {}: the mail of this stage is due.", stage.name),
        NextStep::CloseNoResponse { .. } => {
            format!("Moved to {}: closes {wait} without an answer.", stage.name)
        }
        NextStep::AskPerson { reason } => reason.clone(),
        NextStep::Nothing => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StageId;
    use crate::pipeline::PipelineType;

    const NOON: &str = "2026-10-02T02:00:00Z";

    /// Found (0 days), Invited (4), Follow Up (7), Responded (2), Listed, Not Interested.
    fn ladder() -> Ladder {
        let row = |position: i16, kind, step, days| Stage {
            id: StageId(uuid::Uuid::from_u128(u128::from(position.unsigned_abs()))),
            name: format!("Stage {position}"),
            kind,
            step,
            position,
            days,
            template_key: step.map(|step: i16| format!("mail{step}")),
            subject_b: None,
            probability: 0,
        };
        let stages = vec![
            row(1, StageKind::Entry, None, 0),
            row(2, StageKind::Outreach, Some(1), 4),
            row(3, StageKind::Outreach, Some(2), 7),
            row(4, StageKind::Replied, None, 2),
            row(5, StageKind::Won, None, 0),
            row(6, StageKind::Lost, None, 0),
        ];
        Ladder::new(PipelineType::Business, stages).expect("sound")
    }

    fn days_after(position: usize, tier: Tier) -> Option<i64> {
        let (ladder, now) = (ladder(), NOON.parse().expect("written right"));
        let stage = &ladder.stages()[position - 1];
        let follow_up = FollowUp::after_move(&ladder, stage, tier, now, Tz::Australia__Perth);
        follow_up.at.map(|at| (at - now).num_days())
    }

    #[test]
    fn a_person_s_move_starts_the_wait_of_the_stage() {
        for (position, tier, days) in [
            (1, Tier::New, Some(0)),
            (2, Tier::New, Some(4)),
            (2, Tier::Hot, Some(2)),
            (2, Tier::Cold, Some(7)),
            // The last outreach stage closes after its own days, whatever the tier.
            (3, Tier::Hot, Some(7)),
            (4, Tier::Engaged, Some(2)),
            (5, Tier::Engaged, None),
            (6, Tier::Engaged, None),
        ] {
            assert_eq!(days_after(position, tier), days, "stage {position}, {tier}");
        }
    }

    #[test]
    fn the_wait_keeps_the_local_time_when_clocks_change() {
        let (ladder, now) = (ladder(), NOON.parse().expect("written right"));
        let follow_up =
            FollowUp::after_move(&ladder, &ladder.stages()[1], Tier::New, now, Tz::Australia__Sydney);
        // Sydney's clocks go forward on 4 October 2026: four days are an hour short.
        assert_eq!(follow_up.at.map(|at| (at - now).num_hours()), Some(95));
    }
}
