//! A deal every test starts from: invited ten days ago, nothing opened, Follow Up 1 due.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::Snapshot;
use crate::StageId;
use crate::contact::{ConsentBasis, ContactStatus};
use crate::engagement::{EngagementCounts, MailActivity, Tier, TierAssessment, tier_of};
use crate::mailing::Slot;
use crate::pipeline::{DealStatus, NextStep, PipelineMode, Stage, StageKind};

pub(super) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).expect("in range")
}

pub(super) fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

pub(super) fn id(number: u128) -> StageId {
    StageId(Uuid::from_u128(number))
}

pub(super) const LOST: u128 = 9;

pub(super) fn deal() -> Snapshot {
    let mut snapshot = Snapshot {
        now: now(),
        status: DealStatus::Active,
        mode: PipelineMode::Auto,
        stage: Stage {
            id: id(2),
            name: "Invited".into(),
            kind: StageKind::Outreach,
            step: Some(1),
            position: 2,
            days: 4,
            template_key: Some("business_invitation".into()),
            subject_b: None,
            probability: 7,
        },
        entered_at: days_ago(10),
        due_at: Some(now()),
        next_step: NextStep::Send { to: id(3), template_key: Some("business_followup1".into()), step: 2 },
        next_stage_name: Some("Follow Up 1".into()),
        lost_stage: id(LOST),
        suppressed: None,
        consent: Some(ConsentBasis::Published),
        contact_status: ContactStatus::Contacted,
        counts: EngagementCounts::default(),
        assessment: tier_of(&EngagementCounts::default(), now()),
        slot: Slot::Now,
        outbox_pending: false,
        mailed_this_visit: false,
        template_ok: Ok(()),
        available_variants: Vec::new(),
        decided_variant: None,
        out_until: None,
    };
    mailed(&mut snapshot, &[(10, None)]);
    snapshot
}

/// Replaces the deal's mails: days since each was sent, days since it was opened.
pub(super) fn mailed(snapshot: &mut Snapshot, mails: &[(i64, Option<i64>)]) {
    let mails: Vec<MailActivity> = mails
        .iter()
        .map(|&(sent, opened)| MailActivity {
            human_opened_at: opened.map(days_ago),
            ..MailActivity::unopened(days_ago(sent))
        })
        .collect();
    snapshot.counts = EngagementCounts::from_mails(&mails, now());
    snapshot.assessment = tier_of(&snapshot.counts, now());
}

/// Makes it the final follow-up's turn to expire.
pub(super) fn at_final(snapshot: &mut Snapshot) {
    snapshot.stage.step = Some(4);
    snapshot.stage.days = 7;
    snapshot.next_step = NextStep::CloseNoResponse { to: id(LOST) };
}

pub(super) fn ghost(snapshot: &mut Snapshot) {
    mailed(snapshot, &[(30, None), (20, None), (10, None)]);
    snapshot.entered_at = days_ago(10);
    assert_eq!(snapshot.assessment.tier, Tier::Ghost);
}

pub(super) fn burnt_out(snapshot: &mut Snapshot) {
    mailed(snapshot, &[(40, Some(39)), (30, None), (20, None), (5, None)]);
    snapshot.entered_at = days_ago(5);
    assert!(snapshot.assessment.burnout);
}

/// Builds an assessment that no mails need to back.
pub(super) fn assessed(tier: Tier) -> TierAssessment {
    TierAssessment { tier, unverified: false, burnout: false, reason: "For the test.".into() }
}
