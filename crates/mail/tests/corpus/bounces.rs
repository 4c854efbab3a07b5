//! Delivery reports, by the standard and in prose.

use domain::reply::InboundKind::{Bounce, Other};
use domain::reply::Intent as I;
use domain::reply::bounce::BounceKind::{Hard, Policy, Soft};

use crate::case::{Case, read};

/// The mail of ours that the reports are about.
const OURS: &str = "0199c1-invite@desifirms.com.au";

pub fn cases() -> Vec<Case> {
    vec![
        read("dsn_postfix_hard", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("dsn_sendmail", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("dsn_sendmail_530", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.3.0"),
            Hard,
        )]),
        read("dsn_o365_5_1_10", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.10"),
            Hard,
        )]),
        read("dsn_o365_5_2_2", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "full@oldshop.example",
            Some("5.2.2"),
            Soft,
        )]),
        read("dsn_o365_5_7_1", Bounce, I::Bounce).waits_for_a_person().about(OURS).gives_up(&[(
            "boss@oldshop.example",
            Some("5.7.1"),
            Policy,
        )]),
        read("dsn_o365_5_4_310", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "x@nodomain.example",
            Some("5.4.310"),
            Hard,
        )]),
        read("dsn_gmail_delayed", Other, I::Other).unattended().about(OURS),
        read("dsn_gmail_dmarc", Bounce, I::Bounce).waits_for_a_person().about(OURS).gives_up(&[(
            "boss@gmail.com",
            Some("5.7.26"),
            Policy,
        )]),
        read("dsn_ses", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("dsn_mailbox_full_expired", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "full@oldshop.example",
            Some("4.2.2"),
            Soft,
        )]),
        read("dsn_greylisted_expired", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "slow@oldshop.example",
            Some("4.7.1"),
            Soft,
        )]),
        read("dsn_success", Other, I::Other).unattended().about(OURS),
        read("dsn_relayed_expanded", Other, I::Other).unattended().about(OURS),
        read("dsn_several_recipients", Bounce, I::Bounce).about(OURS).gives_up(&[
            ("gone@oldshop.example", Some("5.1.1"), Hard),
            ("full@oldshop.example", Some("5.2.2"), Soft),
        ]),
        read("dsn_number_550_in_words", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "slow@oldshop.example",
            Some("4.4.2"),
            Soft,
        )]),
        read("dsn_without_report_type", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("dsn_sender_refused", Bounce, I::Bounce).waits_for_a_person().about(OURS).gives_up(&[(
            "boss@oldshop.example",
            Some("5.1.8"),
            Policy,
        )]),
        read("dsn_status_000_word_unknown", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.0.0"),
            Hard,
        )]),
        read("dsn_mimecast", Bounce, I::Bounce).waits_for_a_person().about(OURS).gives_up(&[(
            "boss@oldshop.example",
            Some("5.0.0"),
            Policy,
        )]),
        read("dsn_barracuda", Bounce, I::Bounce).waits_for_a_person().about(OURS).gives_up(&[(
            "boss@oldshop.example",
            Some("5.7.1"),
            Policy,
        )]),
        read("dsn_utf8_global", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("prose_qmail", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("prose_qmail_two", Bounce, I::Bounce).about(OURS).gives_up(&[
            ("gone@oldshop.example", Some("5.1.1"), Hard),
            ("full@oldshop.example", Some("5.2.2"), Soft),
        ]),
        read("prose_exim_two", Bounce, I::Bounce)
            .about(OURS)
            .gives_up(&[("gone@oldshop.example", None, Hard), ("full@oldshop.example", None, Soft)]),
        read("prose_exim_delayed", Other, I::Other).unattended(),
        read("prose_yahoo", Bounce, I::Bounce).about(OURS).gives_up(&[("gone@yahoo.com", None, Hard)]),
        read("prose_zoho", Bounce, I::Bounce).about(OURS).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("prose_exchange_2003", Bounce, I::Bounce).gives_up(&[(
            "gone@oldshop.example",
            Some("5.1.1"),
            Hard,
        )]),
        read("prose_spam_block", Bounce, I::Bounce).waits_for_a_person().gives_up(&[(
            "boss@oldshop.example",
            Some("5.7.1"),
            Policy,
        )]),
    ]
}
