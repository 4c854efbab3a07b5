use chrono::TimeDelta;

use super::fixture::{LOST, assessed, at_final, days_ago, deal, ghost, id, mailed, now};
use super::{
    DecisionAction, DecisionOutcome, Revisit, Rule, Snapshot, TemplateVariant, decide, next_step_summary,
};
use crate::contact::ContactStatus;
use crate::engagement::Tier;
use crate::mailing::{Slot, SlotReason, SuppressionReason};
use crate::pipeline::{DealStatus, LostReason, NextStep, PipelineMode, StageKind};

fn changed(change: impl FnOnce(&mut Snapshot)) -> Snapshot {
    let mut snapshot = deal();
    change(&mut snapshot);
    snapshot
}

fn sent_days_ago(days: i64, tier: Tier) -> Snapshot {
    changed(|s| {
        mailed(s, &[(days, None)]);
        s.entered_at = days_ago(days);
        s.assessment = assessed(tier);
        // The stage's own days lie between every tier's.
        s.stage.days = 4;
    })
}

#[test]
fn due_deal_is_sent_the_next_mail_and_moves_to_its_stage() {
    let decision = decide(&deal());
    assert_eq!(decision.action, DecisionAction::SendEmail);
    assert_eq!((decision.to, decision.step), (Some(id(3)), Some(2)));
    assert_eq!(decision.template_key.as_deref(), Some("business_followup1"));
    assert_eq!(decision.revisit(), Revisit::Leave);
    assert!(!decision.reason.is_empty() && !decision.counterfactual.is_empty());
}

#[test]
fn waits_depend_on_the_tier_when_the_date_comes() {
    for (tier, days) in [
        (Tier::Engaged, 2),
        (Tier::Hot, 2),
        (Tier::New, 4),
        (Tier::Warm, 4),
        (Tier::Lurker, 5),
        (Tier::Cold, 7),
    ] {
        let early = decide(&sent_days_ago(days - 1, tier));
        assert_eq!(early.action, DecisionAction::Wait, "{tier}");
        assert_eq!(early.wait_until, Some(now() + TimeDelta::days(1)), "{tier}");
        assert_eq!(decide(&sent_days_ago(days, tier)).action, DecisionAction::SendEmail, "{tier}");
    }
}

#[test]
fn day_shortened_by_daylight_saving_still_counts_as_a_day() {
    let mut snapshot = sent_days_ago(4, Tier::New);
    snapshot.now -= TimeDelta::hours(1);
    assert_eq!(decide(&snapshot).action, DecisionAction::SendEmail);
    snapshot.now -= TimeDelta::hours(2);
    assert_eq!(decide(&snapshot).action, DecisionAction::Wait);
}

#[test]
fn change_of_approach_really_uses_another_template() {
    let with = |tier, variants: &[&str]| {
        let mut snapshot = sent_days_ago(10, tier);
        snapshot.available_variants = variants.iter().map(|key| (*key).to_owned()).collect();
        let decision = decide(&snapshot);
        (decision.action, decision.template_key.unwrap_or_default())
    };
    let both = ["business_followup1_short", "business_followup1_value"];
    let cases = [
        (Tier::Cold, &both[..], DecisionAction::ChangeApproach, "business_followup1_short"),
        (Tier::Lurker, &both[..], DecisionAction::ChangeApproach, "business_followup1_value"),
        (Tier::Cold, &both[1..], DecisionAction::SendEmail, "business_followup1"),
        (Tier::Lurker, &[], DecisionAction::SendEmail, "business_followup1"),
        (Tier::Warm, &both[..], DecisionAction::SendEmail, "business_followup1"),
    ];
    for (tier, variants, action, key) in cases {
        assert_eq!(with(tier, variants), (action, key.to_owned()), "{tier} with {variants:?}");
    }
}

#[test]
fn an_approach_once_decided_on_outlives_the_tier_it_was_decided_for() {
    let decided = |tier| {
        let mut snapshot = sent_days_ago(10, tier);
        snapshot.available_variants =
            vec!["business_followup1_short".into(), "business_followup1_value".into()];
        snapshot.decided_variant = Some(TemplateVariant::Short);
        decide(&snapshot)
    };
    for tier in [Tier::Cold, Tier::Lurker, Tier::Warm, Tier::Hot, Tier::New] {
        let decision = decided(tier);
        assert_eq!(decision.rule, Rule::NewApproach, "{tier}");
        assert_eq!(decision.template_key.as_deref(), Some("business_followup1_short"), "{tier}");
        assert!(decision.reason.contains("decided on"), "{}", decision.reason);
        assert_eq!(decision.decided_variant(), Some(TemplateVariant::Short));
    }
}

#[test]
fn closings_name_the_stage_and_the_reason() {
    let cases = [
        (changed(ghost), LostReason::NoResponse),
        (changed(at_final), LostReason::NoResponse),
        (changed(|s| s.suppressed = Some(SuppressionReason::Complaint)), LostReason::Complained),
    ];
    for (snapshot, lost_reason) in cases {
        let decision = decide(&snapshot);
        assert_eq!(decision.action, DecisionAction::Close);
        assert_eq!((decision.lost_reason, decision.to), (Some(lost_reason), Some(id(LOST))));
        assert_eq!(decision.revisit(), Revisit::Parked);
    }
}

#[test]
fn reply_stops_the_outreach_until_a_person_puts_the_deal_back() {
    let replied = |days: i64| {
        decide(&changed(|s| {
            s.counts.replied = 1;
            s.counts.last_reply_at = Some(days_ago(days));
            s.assessment = assessed(Tier::Engaged);
        }))
    };
    let during = replied(3);
    assert_eq!((during.action, during.rule), (DecisionAction::FlagForReview, Rule::Answered));
    assert_eq!(during.revisit(), Revisit::Parked);
    assert_eq!(replied(11).action, DecisionAction::SendEmail);
}

#[test]
fn replied_and_progress_stages_are_never_mailed() {
    for kind in [StageKind::Replied, StageKind::Progress] {
        for tier in Tier::ALL {
            let mut snapshot = changed(|s| {
                s.stage.kind = kind;
                s.assessment = assessed(*tier);
                s.next_step = NextStep::AskPerson { reason: "The contact has replied.".into() };
            });
            assert_eq!(decide(&snapshot).action, DecisionAction::FlagForReview, "{kind} {tier}");
            snapshot.entered_at = now();
            assert_eq!(decide(&snapshot).action, DecisionAction::Wait, "{kind} {tier}");
        }
    }
}

#[test]
fn stage_mail_goes_out_once_on_entry_and_then_a_person_is_asked() {
    let mut snapshot = changed(|s| {
        s.stage.kind = StageKind::Progress;
        s.stage.days = 2;
        s.next_step = NextStep::SendHere { template_key: "agents_profile".into() };
        s.entered_at = now();
    });
    let entry = decide(&snapshot);
    assert_eq!((entry.action, entry.to), (DecisionAction::SendEmail, None));
    assert_eq!(entry.template_key.as_deref(), Some("agents_profile"));
    snapshot.mailed_this_visit = true;
    let waiting = decide(&snapshot);
    assert_eq!(waiting.wait_until, Some(now() + TimeDelta::days(2)));
    snapshot.now += TimeDelta::days(2);
    let asked = decide(&snapshot);
    assert_eq!((asked.action, asked.rule), (DecisionAction::FlagForReview, Rule::PersonsTurn));
}

#[test]
fn contact_who_said_no_is_not_mailed_by_another_pipeline() {
    let decision = decide(&changed(|s| s.contact_status = ContactStatus::NotInterested));
    assert_eq!((decision.action, decision.rule), (DecisionAction::FlagForReview, Rule::Refused));
}

#[test]
fn suggest_mode_proposes_and_parks_but_never_waits_to_obey_an_opt_out() {
    let suggest = |change: fn(&mut Snapshot)| {
        decide(&changed(|s| {
            s.mode = PipelineMode::Suggest;
            change(s);
        }))
    };
    let mail = suggest(|_| {});
    assert_eq!((mail.outcome, mail.revisit()), (DecisionOutcome::Proposed, Revisit::Parked));
    assert_eq!(suggest(ghost).outcome, DecisionOutcome::Proposed);
    let opt_out = suggest(|s| s.suppressed = Some(SuppressionReason::Unsubscribed));
    assert_eq!(opt_out.outcome, DecisionOutcome::Applied);
}

#[test]
fn paused_deal_is_left_as_it_is_without_a_receipt() {
    let decision = decide(&changed(|s| s.status = DealStatus::Paused));
    assert_eq!(decision.revisit(), Revisit::Leave);
    assert!(!decision.recorded());
}

#[test]
fn card_says_what_when_why_and_what_blocks() {
    let soon = now() + TimeDelta::hours(3);
    let cases = [
        (deal(), "Send Follow Up 1", Some(now()), None),
        (changed(|s| s.due_at = Some(soon)), "Send Follow Up 1", Some(soon), None),
        (
            changed(|s| s.slot = Slot::At(soon, SlotReason::DayCap)),
            "Send Follow Up 1",
            Some(soon),
            Some("this day's cap is reached"),
        ),
        (changed(|s| s.consent = None), "A person decides", None, Some("No consent basis")),
        (changed(|s| s.status = DealStatus::Paused), "Send Follow Up 1", None, Some("The deal is paused")),
        (changed(at_final), "Close: no response", Some(now()), None),
        (changed(|s| s.mode = PipelineMode::Suggest), "Send Follow Up 1", Some(now()), Some("approval")),
        (sent_days_ago(3, Tier::New), "Send Follow Up 1", Some(now() + TimeDelta::days(1)), None),
    ];
    for (snapshot, what, when, blocked_by) in cases {
        let summary = next_step_summary(&snapshot);
        assert_eq!((summary.what.as_str(), summary.when), (what, when));
        assert_eq!(summary.blocked_by.is_some(), blocked_by.is_some(), "{summary:?}");
        assert!(summary.blocked_by.unwrap_or_default().contains(blocked_by.unwrap_or_default()));
        assert!(!summary.why.is_empty());
    }
}
