use chrono::TimeDelta;

use super::fixture::{LOST, at_final, burnt_out, deal, ghost, id, mailed, now};
use super::{GuardVerdict, Rule, Snapshot, guard};
use crate::contact::ContactStatus;
use crate::engagement::{EngagementCounts, MailActivity, tier_of};
use crate::mailing::{Slot, SlotReason, SuppressionReason};
use crate::pipeline::{DealStatus, LostReason, NextStep, PipelineMode, StageKind};

fn verdict(change: impl FnOnce(&mut Snapshot)) -> GuardVerdict {
    let mut snapshot = deal();
    change(&mut snapshot);
    guard(&snapshot).verdict
}

#[test]
fn due_deal_with_nothing_in_the_way_proceeds_past_every_guard() {
    let guarded = guard(&deal());
    assert_eq!(guarded.verdict, GuardVerdict::Proceed);
    let asked: Vec<Rule> = guarded.trail.iter().map(|result| result.name).collect();
    assert_eq!(asked, Rule::ALL[..10]);
    assert!(guarded.trail.iter().all(|result| result.passed && !result.detail.is_empty()));
}

#[test]
fn every_suppression_closes_with_its_reason() {
    let cases = [
        (SuppressionReason::Unsubscribed, LostReason::Unsubscribed),
        (SuppressionReason::HardBounce, LostReason::InvalidEmail),
        (SuppressionReason::SoftBounces, LostReason::InvalidEmail),
        (SuppressionReason::Complaint, LostReason::Complained),
        (SuppressionReason::Manual, LostReason::Other),
    ];
    for (reason, lost_reason) in cases {
        assert_eq!(verdict(|s| s.suppressed = Some(reason)), GuardVerdict::CloseNeverMail { lost_reason });
    }
    assert_eq!(
        verdict(|s| s.contact_status = ContactStatus::Unsubscribed),
        GuardVerdict::CloseNeverMail { lost_reason: LostReason::Unsubscribed }
    );
}

#[test]
fn guards_answer_in_the_order_of_the_specification() {
    type Change = fn(&mut Snapshot);
    // Each obstacle with the rule it trips; putting all of them in the way at once, the first one answers, and taking
    // them away one by one lets the next one answer.
    let obstacles: &[(Rule, Change)] = &[
        (Rule::AutopilotOn, |s| s.status = DealStatus::Paused),
        (Rule::DoNotMail, |s| s.suppressed = Some(SuppressionReason::HardBounce)),
        (Rule::OneMailPerStep, |s| s.outbox_pending = true),
        (Rule::Consent, |s| s.consent = None),
        (Rule::OutOfOffice, |s| s.out_until = Some(now() + TimeDelta::days(3))),
        (Rule::FinalFollowUp, at_final),
        (Rule::Ghost, ghost),
        (Rule::Burnout, burnt_out),
        (Rule::Template, |s| s.template_ok = Err("no such template".into())),
        (Rule::Caps, |s| s.slot = Slot::At(now() + TimeDelta::hours(1), SlotReason::HourCap)),
    ];
    for first in 0..obstacles.len() {
        let mut snapshot = deal();
        // Ghost and burnout both set the mails, so the later ones are put in the way first.
        for (_, change) in obstacles[first..].iter().rev() {
            change(&mut snapshot);
        }
        let stopped = guard(&snapshot).trail.last().map(|result| (result.name, result.passed));
        assert_eq!(stopped, Some((obstacles[first].0, false)), "obstacle {first}");
    }
}

#[test]
fn closed_paused_or_switched_off_is_left_alone() {
    let changes: [fn(&mut Snapshot); 5] = [
        |s| s.status = DealStatus::Paused,
        |s| s.status = DealStatus::Won,
        |s| s.status = DealStatus::Lost,
        |s| s.mode = PipelineMode::Off,
        // Status says active, but the stage is a closed one.
        |s| s.stage.kind = StageKind::Won,
    ];
    for change in changes {
        assert!(matches!(verdict(change), GuardVerdict::LeaveAlone { .. }));
    }
}

#[test]
fn final_follow_up_closes_only_after_its_own_wait() {
    let closes = |days_since_sent: i64| {
        verdict(|s| {
            at_final(s);
            mailed(s, &[(30, Some(20)), (days_since_sent, None)]);
            s.entered_at = super::fixture::days_ago(days_since_sent);
        })
    };
    assert_eq!(closes(6), GuardVerdict::Proceed);
    assert_eq!(closes(7), GuardVerdict::CloseNoResponse { to: id(LOST) });
}

#[test]
fn answered_deal_is_never_closed_for_want_of_an_answer() {
    let answered = verdict(|s| {
        at_final(s);
        s.counts.replied = 1;
    });
    assert_eq!(answered, GuardVerdict::Proceed);
}

#[test]
fn ghost_closes_in_outreach_only() {
    assert_eq!(verdict(ghost), GuardVerdict::CloseGhost { to: id(LOST) });
    for kind in [StageKind::Replied, StageKind::Progress] {
        let kept = verdict(|s| {
            ghost(s);
            s.stage.kind = kind;
            s.next_step = NextStep::AskPerson { reason: "theirs".into() };
        });
        assert_eq!(kept, GuardVerdict::Proceed, "{kind}");
    }
    // Started again by a person: old silence doesn't close it at once.
    let again = verdict(|s| {
        ghost(s);
        s.stage.kind = StageKind::Entry;
        s.entered_at = now() - TimeDelta::days(30);
    });
    assert_eq!(again, GuardVerdict::Proceed);
}

#[test]
fn unverified_mails_keep_a_deal_from_closing_as_ghost() {
    let mut snapshot = deal();
    let mails: Vec<MailActivity> = [40, 30, 20, 12]
        .map(|days| MailActivity::unopened(super::fixture::days_ago(days)))
        .into_iter()
        .enumerate()
        .map(|(place, mail)| MailActivity { tracked: place != 3, ..mail })
        .collect();
    snapshot.counts = EngagementCounts::from_mails(&mails, now());
    snapshot.assessment = tier_of(&snapshot.counts, now());
    assert_eq!(guard(&snapshot).verdict, GuardVerdict::Proceed);
}

#[test]
fn burnout_waits_one_week_and_then_lets_go() {
    let GuardVerdict::WaitUntil { at, .. } = verdict(burnt_out) else { panic!("burnout must wait") };
    assert!(at > now() + TimeDelta::days(5));
    let mut later = deal();
    burnt_out(&mut later);
    later.now = at;
    assert_eq!(guard(&later).verdict, GuardVerdict::Proceed);
}

#[test]
fn kept_slot_waits_until_its_time() {
    let at = now() + TimeDelta::minutes(20);
    let waits = verdict(|s| s.slot = Slot::At(at, SlotReason::DomainSpacing));
    assert!(matches!(waits, GuardVerdict::WaitUntil { at: until, .. } if until == at));
    assert_eq!(verdict(|s| s.slot = Slot::At(now(), SlotReason::DomainSpacing)), GuardVerdict::Proceed);
}

#[test]
fn broken_template_blocks_with_its_reason_once_the_mail_is_due() {
    let broken = |s: &mut Snapshot| s.template_ok = Err("subject is empty".into());
    let GuardVerdict::HoldAskPerson { reason } = verdict(broken) else { panic!("must hold") };
    assert!(reason.contains("subject is empty"));
    let early = verdict(|s| {
        broken(s);
        mailed(s, &[(1, None)]);
        s.entered_at = now() - TimeDelta::days(1);
    });
    assert_eq!(early, GuardVerdict::Proceed);
}

#[test]
fn consent_matters_only_while_the_autopilot_acts() {
    assert!(matches!(verdict(|s| s.consent = None), GuardVerdict::HoldAskPerson { .. }));
    let theirs = verdict(|s| {
        s.consent = None;
        s.stage.kind = StageKind::Replied;
        s.next_step = NextStep::AskPerson { reason: "theirs".into() };
    });
    assert_eq!(theirs, GuardVerdict::Proceed);
}
