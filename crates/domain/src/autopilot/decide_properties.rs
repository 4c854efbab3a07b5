use chrono::TimeDelta;
use proptest::prelude::*;

use super::fixture::{LOST, assessed, days_ago, deal, id, now};
use super::{DecisionAction, Revisit, Snapshot, decide, next_step_summary};
use crate::contact::{ConsentBasis, ContactStatus};
use crate::engagement::Tier;
use crate::mailing::{Slot, SlotReason, SuppressionReason};
use crate::pipeline::{DealStatus, NextStep, PipelineMode, StageKind};

fn pick<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

prop_compose! {
    fn any_snapshot()(
        (status, mode, kind, tier) in
            (pick(DealStatus::ALL), pick(PipelineMode::ALL), pick(StageKind::ALL), pick(Tier::ALL)),
        (contact_status, suppressed, consent) in (
            pick(ContactStatus::ALL),
            proptest::option::of(pick(SuppressionReason::ALL)),
            proptest::option::of(pick(ConsentBasis::ALL)),
        ),
        (next, entered, replied) in (0u8..5, 0i64..40, proptest::option::of(0i64..40)),
        flags in any::<[bool; 6]>(),
    ) -> Snapshot {
        let mut snapshot = deal();
        let s = &mut snapshot;
        s.status = status;
        s.mode = mode;
        s.stage.kind = kind;
        s.entered_at = days_ago(entered);
        s.assessment = assessed(tier);
        s.assessment.burnout = flags[0];
        s.contact_status = contact_status;
        s.suppressed = suppressed;
        s.consent = consent;
        s.counts.last_reply_at = replied.map(days_ago);
        s.counts.replied = i32::from(replied.is_some());
        s.outbox_pending = flags[1];
        s.mailed_this_visit = flags[2];
        s.template_ok = if flags[3] { Ok(()) } else { Err("broken".into()) };
        s.slot = if flags[4] { Slot::Now } else { Slot::At(now() + TimeDelta::hours(2), SlotReason::HourCap) };
        s.out_until = flags[5].then(|| now() + TimeDelta::days(4));
        s.next_step = match next {
            0 => NextStep::Send { to: id(3), template_key: None, step: 2 },
            1 => NextStep::CloseNoResponse { to: id(LOST) },
            2 => NextStep::SendHere { template_key: "mail".into() },
            3 => NextStep::AskPerson { reason: "theirs".into() },
            _ => NextStep::Nothing,
        };
        snapshot
    }
}

proptest! {
    #[test]
    fn nothing_is_ever_sent_against_a_guard(s in any_snapshot()) {
        let decision = decide(&s);
        let sends = matches!(decision.action, DecisionAction::SendEmail | DecisionAction::ChangeApproach);
        if sends {
            prop_assert_eq!(s.status, DealStatus::Active);
            prop_assert!(s.mode != PipelineMode::Off && !s.stage.kind.is_closed());
            prop_assert!(s.suppressed.is_none() && s.consent.is_some() && s.template_ok.is_ok());
            prop_assert!(s.contact_status != ContactStatus::Unsubscribed);
            prop_assert!(!s.outbox_pending && s.slot == Slot::Now && !s.answered());
            prop_assert!(s.out_until.is_none() && s.next_step.mails());
        }
    }

    #[test]
    fn every_decision_explains_itself_and_never_comes_back_at_once(s in any_snapshot()) {
        let decision = decide(&s);
        prop_assert!(!decision.reason.is_empty() && !decision.counterfactual.is_empty());
        prop_assert_eq!(decision.action == DecisionAction::Close, decision.lost_reason.is_some());
        if let Revisit::At(at) = decision.revisit() {
            prop_assert!(at > s.now, "{decision:?}");
        }
        prop_assert!(!next_step_summary(&s).what.is_empty());
    }
}
