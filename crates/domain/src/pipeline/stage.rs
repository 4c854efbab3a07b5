use serde::{Deserialize, Serialize};

use super::{DealStatus, StageKind};
use crate::StageId;

/// One stage of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub id: StageId,
    pub name: String,
    pub kind: StageKind,
    /// Number of the outreach mail this stage stands for, 1..n; `None` for every other kind.
    pub step: Option<i16>,
    /// Order on the board, ascending, unique in the pipeline.
    pub position: i16,
    /// Days to wait here before the next step.
    pub days: i32,
    /// The mail that brings a deal into this stage.
    pub template_key: Option<String>,
    /// Subject of variant B of that mail.
    pub subject_b: Option<String>,
    /// Chance of winning from here, percent.
    pub probability: i16,
}

/// The status a deal has after moving to a stage of this kind. Leaving a won or lost stage reopens the deal; a pause
/// survives every other move.
pub const fn status_after_move(kind: StageKind, old: DealStatus) -> DealStatus {
    match (kind, old) {
        (StageKind::Won, _) => DealStatus::Won,
        (StageKind::Lost, _) => DealStatus::Lost,
        (
            StageKind::Entry | StageKind::Outreach | StageKind::Replied | StageKind::Progress,
            DealStatus::Paused,
        ) => DealStatus::Paused,
        (
            StageKind::Entry | StageKind::Outreach | StageKind::Replied | StageKind::Progress,
            DealStatus::Active | DealStatus::Won | DealStatus::Lost,
        ) => DealStatus::Active,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_stages_close_and_open_stages_reopen() {
        for &kind in StageKind::ALL {
            for &old in DealStatus::ALL {
                let new = status_after_move(kind, old);
                let closed = matches!(new, DealStatus::Won | DealStatus::Lost);
                assert_eq!(closed, kind.is_closed(), "{kind} from {old}");
            }
        }
        assert_eq!(status_after_move(StageKind::Progress, DealStatus::Paused), DealStatus::Paused);
        assert_eq!(status_after_move(StageKind::Outreach, DealStatus::Lost), DealStatus::Active);
    }
}
