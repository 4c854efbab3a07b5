use super::*;
use proptest::prelude::*;

#[test]
fn codes_decide_whose_fault_it_is() {
    use BounceKind::{Hard, Policy, Soft};
    let cases: &[(Option<&str>, &str, Option<BounceKind>)] = &[
        (
            Some("5.1.1"),
            "smtp; 550 5.1.1 The email account that you tried to reach does not exist",
            Some(Hard),
        ),
        (None, "550 5.1.1 <x@acme.com.au>: Recipient address rejected: User unknown", Some(Hard)),
        (Some("5.4.1"), "smtp;550 5.4.1 Recipient address rejected: Access denied", Some(Hard)),
        (Some("5.1.10"), "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound", Some(Hard)),
        (Some("5.2.2"), "552 5.2.2 mailbox full", Some(Soft)),
        (Some("4.4.7"), "Delivery time expired", Some(Soft)),
        (None, "421 4.7.0 Try again later, closing connection", Some(Soft)),
        (None, "451 greylisted", Some(Soft)),
        (Some("5.7.1"), "550 5.7.1 Message rejected as spam", Some(Policy)),
        (
            None,
            "550 5.7.515 Access denied, sending domain does not meet the required authentication level",
            Some(Policy),
        ),
        (None, "550 SPF check failed", Some(Policy)),
        (None, "553 5.1.8 <noreply@codeteki.au>: Sender address rejected: Domain not found", Some(Policy)),
        (None, "501 invalid email address in MAIL FROM", Some(Policy)),
        (None, "554 Transaction failed", Some(Policy)),
        (Some("5.0.0"), "550 No such user here", Some(Hard)),
        (Some("5.0.0"), "", Some(Hard)),
        (Some("4.0.0"), "", Some(Soft)),
        (Some("2.0.0"), "delivered", None),
        (None, "Message 155012 could not be queued", None),
        (None, "Your message of 550 kB was too large", None),
        (None, "see host 10.0.550.1", None),
        (None, "", None),
    ];
    for (status, words, expected) in cases {
        assert_eq!(bounce_kind(*status, words), *expected, "{status:?} {words}");
    }
}

#[test]
fn codes_are_read_at_token_boundaries_only() {
    for text in ["5.1.1.4", "15.1.1", "Exim 4.92.3", "v5.1.1", "5.1", "5..1", "5.1.1234"] {
        assert_eq!(enhanced_status(text), None, "{text}");
    }
    assert_eq!(enhanced_status("said: 550-5.1.1."), Some(EnhancedStatus { class: 5, subject: 1, detail: 1 }));
    assert_eq!(enhanced_status("(#5.1.1)"), Some(EnhancedStatus { class: 5, subject: 1, detail: 1 }));
    for text in ["1550", "5501", "order 550 shipped", "$550", "12-550 x", "Unit 3/550 x", "-550 x"] {
        assert_eq!(smtp_code(text), None, "{text}");
    }
    assert_eq!(smtp_code("smtp; 550-5.1.1 gone"), Some(550));
    assert_eq!(smtp_code("host said: 452 full"), Some(452));
    assert_eq!(smtp_code("Mailer\n  450 busy"), Some(450));
}

proptest! {
    #[test]
    fn class_4_is_never_hard(subject in 0_u8..8, detail in 0_u16..1000, words in "[a-z ]{0,40}") {
        let kind = bounce_kind(Some(&format!("4.{subject}.{detail}")), &words);
        prop_assert_ne!(kind, Some(BounceKind::Hard));
    }

    #[test]
    fn no_text_panics(status in ".{0,20}", words in "\\PC{0,80}") {
        let _ = bounce_kind(Some(&status), &words);
    }
}
