use super::visible_text;
use proptest::prelude::*;

#[test]
fn history_and_signatures_are_cut() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "Gmail",
            "Yes please!\r\n\r\nOn Tue, 3 Mar 2026 at 10:00, Codeteki <hi@codeteki.au> wrote:\r\n\r\n> Hi Priya\r\n> unsubscribe\r\n",
            "Yes please!",
        ),
        (
            "Gmail, wrapped",
            "Yes\n\nOn Tue, Mar 3, 2026 at 10:00 AM Codeteki\n<hi@codeteki.au>\nwrote:\n\n> Hi",
            "Yes",
        ),
        ("Gmail, old", "Yes\n2026-03-03 10:00 GMT+11:00 Codeteki <hi@codeteki.au>:\n> Hi", "Yes"),
        (
            "Apple",
            "Sounds good.\n\nSent from my iPhone\n\n> On 3 Mar 2026, at 10:00 am, Codeteki <hi@codeteki.au> wrote:\n> \n> Hi",
            "Sounds good.",
        ),
        (
            "Outlook",
            "No thanks\n\nFrom: Codeteki <hi@codeteki.au>\nSent: Tuesday, 3 March 2026 10:00 AM\nTo: Priya\nSubject: Hello\n\nHi Priya, unsubscribe",
            "No thanks",
        ),
        (
            "Outlook, bold",
            "No thanks\n\n*From:* Codeteki\n*Sent:* Tuesday\n*To:* Priya\n*Subject:* Hello\n\nHi",
            "No thanks",
        ),
        (
            "Outlook on the web",
            "Call me\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Codeteki\nSent: Tuesday\nTo: P\nSubject: Hi\nHello",
            "Call me",
        ),
        ("Outlook, plain", "Call me\n\n-----Original Message-----\nFrom: Codeteki\nHello", "Call me"),
        (
            "Zoho",
            "Interested\n\n---- On Tue, 03 Mar 2026 10:00:00 +1100 Codeteki <hi@codeteki.au> wrote ----\nHello",
            "Interested",
        ),
        ("forwarded", "FYI\n\n---------- Forwarded message ---------\nFrom: Codeteki\nHello", "FYI"),
        ("signature", "Yes\n-- \nPriya Sharma\nunsubscribe at any time", "Yes"),
        (
            "between the lines",
            "On Tue, 3 Mar 2026, Codeteki wrote:\n> Shall we talk?\nYes, Monday.\n> When?\nAt ten.",
            "Yes, Monday.\nAt ten.",
        ),
        (
            "no history",
            "On Monday I wrote to you.\nFrom: here to there",
            "On Monday I wrote to you.\nFrom: here to there",
        ),
        ("paragraphs", "One\n\n\n\nTwo\n\n", "One\n\nTwo"),
        ("only history", "> Hi\n> there", ""),
        ("empty", "", ""),
    ];
    for (name, body, expected) in cases {
        assert_eq!(visible_text(body), *expected, "{name}");
    }
}

proptest! {
    #[test]
    fn never_panics_and_never_grows(body in "(?s).{0,300}") {
        prop_assert!(visible_text(&body).len() <= body.len());
    }

    #[test]
    fn cutting_again_adds_nothing(body in "(On 3 Mar A <a@b.c> wrote:|> x|Yes|From: a|Sent: b|To: c|--|\\n| ){0,30}") {
        let once = visible_text(&body);
        prop_assert!(visible_text(&once).len() <= once.len());
    }
}
