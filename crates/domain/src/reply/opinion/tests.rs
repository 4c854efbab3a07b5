use super::*;
use crate::pipeline::StageKind;
use crate::reply::{EffectFacts, TargetKind, classify, effect};

fn today() -> NaiveDate {
    "2026-03-03".parse().expect("a date")
}

fn mail(text: &str) -> InboundFacts {
    InboundFacts {
        from: "priya@acme.com.au".into(),
        subject: "Re: An invitation".into(),
        text: text.into(),
        answers_our_mail: true,
        ..InboundFacts::default()
    }
}

fn opinion(intent: Intent, confidence: f32) -> Opinion {
    Opinion { intent, confidence, model: "tiny-1".into() }
}

/// Intent, and whether a person reads the mail, once the opinion is weighed in.
fn read(text: &str, intent: Intent, confidence: f32) -> (Intent, bool) {
    let facts = mail(text);
    let found = with_opinion(classify(&facts, today()), &facts, today(), &opinion(intent, confidence));
    (found.intent, found.needs_review())
}

/// Nothing in it that the lexicon knows.
const OPEN: &str = "Lorem ipsum dolor sit amet";

#[test]
fn only_what_the_rules_are_unsure_of_may_be_asked_about() {
    for (text, expected) in [
        (OPEN, true),
        ("Thanks", true),
        ("Not right now, try again in June", true),
        ("I'm not interested in SEO but I am interested in the website", true),
        ("Wow, I'm SO interested. Not.", true),
        ("I'm interested!", false),
        ("Not interested", false),
        ("How much?", false),
        ("STOP", false),
        // A person answers these, whatever an AI thinks.
        ("Please do not contact me by phone", false),
        ("Where did you get my address?", false),
        // There is nothing to read.
        ("", false),
        ("> only a quotation", false),
    ] {
        let facts = mail(text);
        assert_eq!(may_ask(&classify(&facts, today()), &facts), expected, "{text}");
    }
}

#[test]
fn mail_that_no_person_wrote_is_never_asked_about() {
    let automatic = InboundFacts { auto_submitted: Some("auto-replied".into()), ..mail(OPEN) };
    let list = InboundFacts { list_headers: true, answers_our_mail: false, ..mail("Are you interested?") };
    for facts in [automatic, list] {
        let found = classify(&facts, today());
        assert!(!may_ask(&found, &facts), "{found:?}");
        let weighed = with_opinion(found.clone(), &facts, today(), &opinion(Intent::Interested, 1.0));
        assert_eq!(weighed, found);
    }
}

#[test]
fn an_opinion_is_weighed_by_what_follows_from_it() {
    use Intent::{Interested, NotInterested, Other, OutOfOffice, Question, Referral, Unsubscribe};
    for (said, confidence, expected) in [
        (Interested, 0.75, (Interested, false)),
        (Interested, 0.74, (Other, true)),
        (Question, 0.8, (Question, false)),
        (Referral, 0.8, (Referral, false)),
        (Other, 0.9, (Other, false)),
        (Other, 0.2, (Other, true)),
        // Nobody looks afterwards: more certainty is asked for.
        (NotInterested, 0.84, (Other, true)),
        (NotInterested, 0.85, (NotInterested, false)),
        (OutOfOffice, 0.84, (Other, true)),
        (OutOfOffice, 0.9, (OutOfOffice, false)),
        // Never more than a suggestion, however certain.
        (Unsubscribe, 1.0, (Unsubscribe, true)),
        (Unsubscribe, 0.5, (Other, true)),
        (Intent::Bounce, 1.0, (Other, true)),
        (Intent::Complaint, 1.0, (Other, true)),
        (Interested, f32::NAN, (Other, true)),
        (Unsubscribe, f32::NAN, (Other, true)),
    ] {
        assert_eq!(read(OPEN, said, confidence), expected, "{said} {confidence}");
    }
}

#[test]
fn words_of_interest_are_never_read_as_a_refusal_or_an_absence() {
    for text in [
        "I'm not interested in SEO but I am interested in the website",
        "Wow, I'm SO interested. Not.",
        "If we are interested we will let you know",
    ] {
        let before = classify(&mail(text), today());
        for said in [Intent::NotInterested, Intent::OutOfOffice] {
            assert_eq!(read(text, said, 1.0), (before.intent, true), "{text}");
        }
        assert_eq!(read(text, Intent::Interested, 0.9), (Intent::Interested, false), "{text}");
    }
}

#[test]
fn words_of_unsubscribing_win() {
    for text in ["Please unsubscribe me", "STOP", "Please do not contact me by phone"] {
        let facts = mail(text);
        let found = classify(&facts, today());
        let weighed = with_opinion(found.clone(), &facts, today(), &opinion(Intent::Interested, 1.0));
        assert_eq!(weighed, found, "{text}");
    }
}

#[test]
fn no_opinion_suppresses_an_address_by_itself() {
    let stage = EffectFacts { today: today(), stage: StageKind::Outreach, soft_bounces: 1 };
    for text in [OPEN, "Thanks", "Not right now, try again in June", "Maybe next year"] {
        for said in Intent::ALL {
            for confidence in [0.0, 0.6, 0.8, 1.0] {
                let facts = mail(text);
                let found = classify(&facts, today());
                let weighed = with_opinion(found, &facts, today(), &opinion(*said, confidence));
                assert_eq!(effect(&weighed, &stage).suppress, None, "{text} {said} {confidence}");
            }
        }
    }
}

#[test]
fn a_believed_interest_moves_the_deal_and_a_doubtful_refusal_closes_nothing() {
    let stage = EffectFacts { today: today(), stage: StageKind::Outreach, soft_bounces: 1 };
    let follows = |said, confidence| {
        let facts = mail(OPEN);
        effect(&with_opinion(classify(&facts, today()), &facts, today(), &opinion(said, confidence)), &stage)
    };
    let interested = follows(Intent::Interested, 0.9);
    assert_eq!((interested.move_to, interested.needs_review), (Some(TargetKind::Replied), false));
    let doubtful = follows(Intent::NotInterested, 0.8);
    assert_eq!((doubtful.move_to, doubtful.needs_review), (Some(TargetKind::Replied), true));
    let unsubscribe = follows(Intent::Unsubscribe, 1.0);
    assert!(unsubscribe.needs_review && unsubscribe.stop_outreach);
}

#[test]
fn the_reason_says_that_an_ai_read_the_mail_and_what_the_rules_had_found() {
    let facts = mail(OPEN);
    let reason = |said, confidence| {
        with_opinion(classify(&facts, today()), &facts, today(), &opinion(said, confidence)).reason
    };
    assert_eq!(
        reason(Intent::NotInterested, 0.92),
        "AI (tiny-1): not interested, 92 % sure; the rules: no phrase known"
    );
    assert_eq!(reason(Intent::Interested, 0.5), "no phrase known; AI (tiny-1): interested, 50 % sure");
}

#[test]
fn dates_and_addresses_come_from_the_mail_itself() {
    let facts = mail("Estoy de vacaciones, back on 12 March");
    let found = classify(&facts, today());
    assert!(may_ask(&found, &facts), "{found:?}");
    let away = with_opinion(found, &facts, today(), &opinion(Intent::OutOfOffice, 0.95));
    assert_eq!(away.return_date, Some("2026-03-12".parse().expect("a date")));
    let facts = mail("Lorem ipsum jane@acme.example dolor");
    let found = classify(&facts, today());
    assert!(may_ask(&found, &facts));
    let referred = with_opinion(found.clone(), &facts, today(), &opinion(Intent::Referral, 0.9));
    assert_eq!(referred.referral.as_deref(), Some("jane@acme.example"));
    let interested = with_opinion(found, &facts, today(), &opinion(Intent::Interested, 0.9));
    assert_eq!(interested.referral, None);
}
