use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn mail(kind: InboundKind, intent: Intent, confidence: f32) -> Classification {
    Classification {
        kind,
        intent,
        confidence,
        reason: String::new(),
        return_date: None,
        referral: None,
        bounce: None,
    }
}

fn facts(stage: StageKind) -> EffectFacts {
    EffectFacts { today: day("2026-03-03"), stage, soft_bounces: 1 }
}

#[test]
fn interested_moves_to_replied_and_never_to_lost() {
    let found = effect(&mail(InboundKind::Reply, Intent::Interested, 0.9), &facts(StageKind::Outreach));
    assert_eq!(found.move_to, Some(TargetKind::Replied));
    assert_eq!(found.contact_status, Some(ContactStatus::Interested));
    assert!(found.stop_outreach && found.notify && found.counts_as_reply && !found.needs_review);
    assert_eq!(found.suppress, None);
}

#[test]
fn unsubscribe_suppresses_and_closes() {
    let found = effect(&mail(InboundKind::Reply, Intent::Unsubscribe, 0.97), &facts(StageKind::Outreach));
    assert_eq!(found.suppress, Some(SuppressionReason::Unsubscribed));
    assert_eq!(found.lost_reason, Some(LostReason::Unsubscribed));
    assert_eq!(found.move_to, Some(TargetKind::Lost));
    let won = effect(&mail(InboundKind::Reply, Intent::Unsubscribe, 0.97), &facts(StageKind::Won));
    assert_eq!(won.suppress, Some(SuppressionReason::Unsubscribed));
    assert_eq!(won.move_to, None, "a client who opts out is still a client");
}

#[test]
fn not_interested_closes_and_doubt_does_not() {
    let sure = effect(&mail(InboundKind::Reply, Intent::NotInterested, 0.9), &facts(StageKind::Outreach));
    assert_eq!((sure.move_to, sure.lost_reason), (Some(TargetKind::Lost), Some(LostReason::NotInterested)));
    let unsure = effect(&mail(InboundKind::Reply, Intent::NotInterested, 0.55), &facts(StageKind::Outreach));
    assert_eq!((unsure.move_to, unsure.needs_review), (Some(TargetKind::Replied), true));
}

#[test]
fn out_of_office_leaves_the_stage_and_resumes_by_itself() {
    let mut notice = mail(InboundKind::AutoReply, Intent::OutOfOffice, 0.95);
    let found = effect(&notice, &facts(StageKind::Outreach));
    assert_eq!(found, ReplyEffect { resume_on: Some(day("2026-03-10")), ..ReplyEffect::default() });
    notice.return_date = Some(day("2026-03-12"));
    assert_eq!(effect(&notice, &facts(StageKind::Outreach)).resume_on, Some(day("2026-03-13")));
    // Back on a Friday: the working day after is Monday.
    notice.return_date = Some(day("2026-03-13"));
    assert_eq!(effect(&notice, &facts(StageKind::Outreach)).resume_on, Some(day("2026-03-16")));
}

#[test]
fn bounces_follow_their_fault() {
    let mut bounce = mail(InboundKind::Bounce, Intent::Bounce, 0.97);
    bounce.bounce = Some(BounceKind::Hard);
    let hard = effect(&bounce, &facts(StageKind::Outreach));
    assert_eq!(
        (hard.suppress, hard.lost_reason),
        (Some(SuppressionReason::HardBounce), Some(LostReason::InvalidEmail))
    );

    bounce.bounce = Some(BounceKind::Policy);
    let policy = effect(&bounce, &EffectFacts { soft_bounces: 9, ..facts(StageKind::Outreach) });
    assert_eq!((policy.suppress, policy.move_to, policy.sender_alarm), (None, None, true));

    bounce.bounce = Some(BounceKind::Soft);
    let second = effect(&bounce, &EffectFacts { soft_bounces: 2, ..facts(StageKind::Outreach) });
    assert_eq!((second.suppress, second.event), (None, Some(EventKind::SoftBounce)));
    let third = effect(&bounce, &EffectFacts { soft_bounces: 3, ..facts(StageKind::Outreach) });
    assert_eq!(
        (third.suppress, third.lost_reason),
        (Some(SuppressionReason::SoftBounces), Some(LostReason::InvalidEmail))
    );
}

#[test]
fn a_complaint_suppresses() {
    let found = effect(&mail(InboundKind::Complaint, Intent::Complaint, 0.98), &facts(StageKind::Outreach));
    assert_eq!(
        (found.suppress, found.lost_reason),
        (Some(SuppressionReason::Complaint), Some(LostReason::Complained))
    );
    let opt_out =
        effect(&mail(InboundKind::Complaint, Intent::Unsubscribe, 0.97), &facts(StageKind::Outreach));
    assert_eq!(opt_out.suppress, Some(SuppressionReason::Unsubscribed));
    assert!(!opt_out.counts_as_reply);
}

#[test]
fn an_automatic_receipt_and_other_mail_change_nothing() {
    for kind in [InboundKind::AutoReply, InboundKind::Other] {
        assert_eq!(
            effect(&mail(kind, Intent::Other, 0.85), &facts(StageKind::Outreach)),
            ReplyEffect::default()
        );
    }
}

#[test]
fn an_answer_never_moves_a_deal_back_and_reopens_a_lost_one() {
    let question = mail(InboundKind::Reply, Intent::Question, 0.75);
    assert_eq!(effect(&question, &facts(StageKind::Progress)).move_to, None);
    assert_eq!(effect(&question, &facts(StageKind::Won)).move_to, None);
    assert_eq!(effect(&question, &facts(StageKind::Lost)).move_to, Some(TargetKind::Replied));
    assert!(effect(&question, &facts(StageKind::Outreach)).needs_review);
}

proptest! {
    #[test]
    fn interested_is_never_lost_and_lost_always_has_a_reason(
        kind in 0..InboundKind::ALL.len(), intent in 0..Intent::ALL.len(), stage in 0..StageKind::ALL.len(),
        confidence in 0.0_f32..1.0, soft_bounces in 0_u32..5, bounce in 0..4_usize,
    ) {
        let mut mail = mail(InboundKind::ALL[kind], Intent::ALL[intent], confidence);
        mail.bounce = BounceKind::ALL.get(bounce).copied();
        let found = effect(&mail, &EffectFacts { soft_bounces, ..facts(StageKind::ALL[stage]) });
        if mail.intent == Intent::Interested && mail.kind != InboundKind::Bounce {
            prop_assert_ne!(found.move_to, Some(TargetKind::Lost));
        }
        prop_assert_eq!(found.move_to == Some(TargetKind::Lost), found.lost_reason.is_some());
        if found.suppress.is_some() {
            prop_assert!(found.stop_outreach);
        }
    }
}
