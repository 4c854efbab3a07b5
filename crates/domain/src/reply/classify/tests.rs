use proptest::prelude::*;

use super::*;
use crate::reply::{DeliveryStatus, ReportType};

pub(super) fn today() -> NaiveDate {
    "2026-03-03".parse().expect("a date")
}

pub(super) fn mail(text: &str) -> InboundFacts {
    InboundFacts {
        from: "priya@acme.com.au".into(),
        subject: "Re: An invitation".into(),
        text: text.into(),
        answers_our_mail: true,
        ..InboundFacts::default()
    }
}

fn intent(text: &str) -> (Intent, bool) {
    let found = classify(&mail(text), today());
    (found.intent, found.needs_review())
}

#[test]
fn people_who_opt_out() {
    for text in [
        "STOP",
        "Stop.",
        "stop!\n\nPriya",
        "Please stop",
        "unsubscribe",
        "Unsubscribe me please",
        "Hi, please unsubscribe",
        "Please remove me from your list",
        "Take me off this list",
        "take us off your mailing list please",
        "Don't contact me again",
        "Do not email me.",
        "Stop emailing me!!",
        "I do not wish to receive these emails",
        "How do I unsubscribe?",
        "I can't unsubscribe from this",
        "I never signed up, please remove me",
        "Interested in other things, but unsubscribe me",
        "If you don't stop emailing me I will report you",
        "No thanks. Please take my name off.",
        "I'm not interested and would like you to please remove my details from your\ndatabase",
        "Yes please remove me",
        "Not interested, stop",
        "Hi\nUnsubscribe\nThanks\nBob",
        "I unsubscribed last week, why are you still emailing",
        "We'd rather you didn't contact us",
        "We do not accept unsolicited emails",
    ] {
        assert_eq!(intent(text), (Intent::Unsubscribe, false), "{text}");
    }
}

#[test]
fn the_word_is_not_always_the_wish() {
    for text in [
        "Please don't unsubscribe me, I like these",
        "Our unsubscribe rate is high, can you help?",
        "Happy to chat.\n\nKind regards,\nPriya\nAcme | To unsubscribe from our news click here",
        "Sounds good\n\nOn Tue, 3 Mar 2026, Codeteki <a@codeteki.au> wrote:\n> Unsubscribe: https://x",
        "We had to stop at the lights, call me on Monday",
    ] {
        assert_ne!(intent(text).0, Intent::Unsubscribe, "{text}");
    }
    // One channel only: a person reads it.
    assert_eq!(intent("Please do not contact me by phone"), (Intent::Unsubscribe, true));
}

#[test]
fn people_who_decline() {
    for text in [
        "Not interested",
        "not interested thanks",
        "We're not interested at the moment.",
        "I don't think we'd be interested",
        "We are no longer interested.",
        "No thanks",
        "No",
        "No thank you, we already have an agency",
        "This is not for us",
        "Thanks, but we'll pass",
        "We're happy with our current provider",
        "I am not keen",
        "We have closed down",
    ] {
        assert_eq!(intent(text), (Intent::NotInterested, false), "{text}");
    }
}

#[test]
fn people_who_are_interested() {
    for text in [
        "Interested",
        "I'm interested!",
        "Yes please",
        "Yes",
        "We would be very interested in this",
        "Sounds good, call me on Monday",
        "Let's talk next week",
        "Happy to chat",
        "I'd love to list my business",
        "Can you tell me more?",
        "Please send me more information",
        "No problem, we're keen",
        "How much is it? I'm interested.",
        "Why not, interested",
        "Interested. Please email me at priya@gmail.com",
        "I'm interested but on leave until 12 March",
        "No, we are interested",
        "We're interested. No need to call.",
        "Stop by our office anytime, we are interested",
        "Yes, we would be interested if it is free",
    ] {
        assert_eq!(intent(text), (Intent::Interested, false), "{text}");
    }
}

#[test]
fn doubt_goes_to_a_person() {
    for text in [
        "I'm not interested in SEO but I am interested in the website",
        "It's not that I'm not interested",
        "Not right now, try again in June",
        "If we are interested we will let you know",
        "Where did you get my address?",
        "Thanks",
        "Lorem ipsum",
        "We'll be in touch if we're interested.",
        "We don't currently have the budget for this",
        "",
        "> only a quotation",
    ] {
        assert!(intent(text).1, "{text}: {:?}", classify(&mail(text), today()));
    }
    // A warm lead in the negative's clothes is never closed by itself.
    assert_ne!(intent("I don't want to miss this, sign us up"), (Intent::NotInterested, false));
}

#[test]
fn people_who_ask() {
    for text in [
        "How much does it cost?",
        "What is included?",
        "Is this available in Perth",
        "Are you interested in our SEO services?",
    ] {
        assert_eq!(intent(text), (Intent::Question, false), "{text}");
    }
}

#[test]
fn people_who_refer() {
    let found =
        classify(&mail("I'm not the right person. Please contact Jane Smith at jane@acme.com.au."), today());
    assert_eq!((found.intent, found.referral.as_deref()), (Intent::Referral, Some("jane@acme.com.au")));
    let found = classify(&mail("Please contact our marketing team: marketing@acme.com.au"), today());
    assert_eq!((found.intent, found.referral.as_deref()), (Intent::Referral, Some("marketing@acme.com.au")));
    let own = classify(&mail("Please email priya@acme.com.au"), today());
    assert_eq!(own.referral, None);
}

#[test]
fn out_of_office_by_header_subject_or_words() {
    let notice =
        "I am out of the office and return on 12 March. For urgent matters contact jane@acme.com.au.";
    let mut by_header = mail(notice);
    by_header.auto_submitted = Some("auto-replied".into());
    let mut by_subject = mail(notice);
    by_subject.subject = "Automatic reply: An invitation".into();
    let mut by_other_header = mail(notice);
    by_other_header.auto_reply_header = true;
    for facts in [by_header, by_subject, by_other_header] {
        let found = classify(&facts, today());
        assert_eq!((found.kind, found.intent), (InboundKind::AutoReply, Intent::OutOfOffice), "{facts:?}");
        assert_eq!(found.return_date, NaiveDate::from_ymd_opt(2026, 3, 12));
        assert!(found.confidence >= 0.9 && found.referral.is_none());
    }
    let by_words = classify(&mail(notice), today());
    assert_eq!(
        (by_words.kind, by_words.intent, by_words.needs_review()),
        (InboundKind::Reply, Intent::OutOfOffice, false)
    );
}

#[test]
fn lists_and_likely_words_are_no_automatic_reply() {
    let mut list = mail("I'm interested");
    list.precedence = Some("list".into());
    assert_eq!(
        (classify(&list, today()).kind, classify(&list, today()).intent),
        (InboundKind::Reply, Intent::Interested)
    );

    for subject in
        ["Take the work away from your desk", "Re: Out of office furniture", "A day away from work"]
    {
        let mut facts = mail("We make chairs.");
        facts.subject = subject.into();
        assert_ne!(classify(&facts, today()).intent, Intent::OutOfOffice, "{subject}");
    }

    let mut newsletter = mail("Are you interested? Read more. Unsubscribe here.");
    newsletter.list_headers = true;
    newsletter.answers_our_mail = false;
    newsletter.subject = "Acme news".into();
    let found = classify(&newsletter, today());
    assert_ne!(found.intent, Intent::OutOfOffice);
}

#[test]
fn a_newsletters_footer_is_no_opt_out() {
    let mut newsletter =
        mail("Our spring range is here.\nIf you no longer wish to receive these mails, unsubscribe.");
    newsletter.list_headers = true;
    newsletter.answers_our_mail = false;
    newsletter.subject = "Acme news".into();
    let found = classify(&newsletter, today());
    assert_eq!((found.kind, found.intent), (InboundKind::Other, Intent::Other), "{found:?}");
}

#[test]
fn a_receipt_is_automatic_and_wants_nothing() {
    let mut receipt =
        mail("Thank you for contacting Acme. Your ticket is 4711. Are you interested in our news?");
    receipt.auto_submitted = Some("auto-generated".into());
    let found = classify(&receipt, today());
    assert_eq!((found.kind, found.intent), (InboundKind::AutoReply, Intent::Other));
    receipt.auto_submitted = Some("no".into());
    assert_eq!(classify(&receipt, today()).kind, InboundKind::Reply);
}

#[test]
fn whoever_has_left_refers() {
    let mut gone = mail("Priya is no longer with Acme. Please contact jane@acme.com.au.");
    gone.auto_submitted = Some("auto-replied".into());
    let found = classify(&gone, today());
    assert_eq!((found.intent, found.referral.as_deref()), (Intent::Referral, Some("jane@acme.com.au")));
}

#[test]
fn reports_are_read_by_their_parts() {
    let report = |action: &str, status: &str, diagnostic: &str| InboundFacts {
        from: "mailer-daemon@mx.example".into(),
        subject: "Undelivered Mail".into(),
        report: Some(ReportType::DeliveryStatus),
        return_path_empty: true,
        deliveries: vec![DeliveryStatus {
            recipient: "x@acme.com".into(),
            action: action.into(),
            status: Some(status.into()),
            diagnostic: Some(diagnostic.into()),
        }],
        ..InboundFacts::default()
    };
    let of = |facts: InboundFacts| {
        let found = classify(&facts, today());
        (found.kind, found.intent, found.bounce)
    };
    assert_eq!(
        of(report("failed", "5.1.1", "smtp; 550 5.1.1 unknown")),
        (InboundKind::Bounce, Intent::Bounce, Some(BounceKind::Hard))
    );
    assert_eq!(
        of(report("failed", "5.7.1", "smtp; 550 5.7.1 spam")),
        (InboundKind::Bounce, Intent::Bounce, Some(BounceKind::Policy))
    );
    assert_eq!(
        of(report("failed", "4.4.7", "expired")),
        (InboundKind::Bounce, Intent::Bounce, Some(BounceKind::Soft))
    );
    assert_eq!(of(report("delayed", "4.4.1", "")), (InboundKind::Other, Intent::Other, None));

    let complaint = |kind: &str| InboundFacts {
        report: Some(ReportType::FeedbackReport),
        feedback_type: Some(kind.into()),
        ..InboundFacts::default()
    };
    assert_eq!(of(complaint("abuse")), (InboundKind::Complaint, Intent::Complaint, None));
    assert_eq!(of(complaint("opt-out")), (InboundKind::Complaint, Intent::Unsubscribe, None));
    assert_eq!(of(complaint("not-spam")), (InboundKind::Other, Intent::Other, None));

    let prose = InboundFacts {
        from: "MAILER-DAEMON@mx.example".into(),
        subject: "Delivery Status Notification (Failure)".into(),
        text: "The address was not found:\n550 5.1.1 The email account does not exist".into(),
        return_path_empty: true,
        ..InboundFacts::default()
    };
    assert_eq!(of(prose), (InboundKind::Bounce, Intent::Bounce, Some(BounceKind::Hard)));
}

#[test]
fn an_unsubscribe_by_mailto_is_a_bare_subject() {
    let facts = InboundFacts {
        from: "priya@acme.com.au".into(),
        subject: "Unsubscribe".into(),
        ..InboundFacts::default()
    };
    assert_eq!(classify(&facts, today()).intent, Intent::Unsubscribe);
    // Our own subject, quoted back, decides nothing.
    let quoted = InboundFacts { subject: "Re: Unsubscribe".into(), text: "What is this?".into(), ..mail("") };
    assert_eq!(classify(&quoted, today()).intent, Intent::Question);
}

proptest! {
    #[test]
    fn any_mail_gets_a_confidence_and_a_reason(text in "(?s).{0,200}", subject in "\\PC{0,40}", list: bool, auto: bool) {
        let facts = InboundFacts { subject, list_headers: list, auto_reply_header: auto, ..mail(&text) };
        let found = classify(&facts, today());
        prop_assert!((0.0..=1.0).contains(&found.confidence) && !found.reason.is_empty());
        prop_assert!(found.return_date.is_none_or(|date| date >= today()));
    }

    #[test]
    fn a_plain_stop_always_stops(padding in "[ \\t\\n]{0,4}", mark in "[.!]{0,3}", upper: bool) {
        let word = if upper { "STOP" } else { "stop" };
        prop_assert_eq!(intent(&format!("{padding}{word}{mark}{padding}")).0, Intent::Unsubscribe);
    }
}
