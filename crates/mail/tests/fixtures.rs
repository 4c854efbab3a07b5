//! Mails as the programs of the world write them.

use domain::reply::{DeliveryStatus, ReportType};
use mail::receive::{Inbound, parse};

macro_rules! fixture {
    ($name:literal) => {
        parse(include_bytes!(concat!("fixtures/", $name))).expect("a readable mail")
    };
}

fn only(mail: &Inbound) -> &DeliveryStatus {
    assert_eq!(mail.deliveries.len(), 1, "{:?}", mail.deliveries);
    &mail.deliveries[0]
}

#[test]
fn a_reply_from_gmail() {
    let mail = fixture!("gmail_reply.eml");
    assert_eq!(mail.message_id.as_deref(), Some("CAF+qZx7p=LkVwq0=9mC9o5b8uX@mail.gmail.com"));
    assert_eq!(mail.in_reply_to, ["0199a2-followup@desifirms.com.au"]);
    assert_eq!(mail.references, ["0199a1-invite@desifirms.com.au", "0199a2-followup@desifirms.com.au"]);
    assert_eq!(mail.from.as_deref(), Some("priya.sharma@gmail.com"));
    assert_eq!(mail.from_name, "Priya Sharma \u{2013} Sweets");
    assert_eq!(mail.to, ["outreach@desifirms.com.au"]);
    assert_eq!(mail.cc, ["raj@sharmasweets.com.au"]);
    assert_eq!(mail.subject, "Re: Sharma Sweets: an invitation to join Desi Firms");
    assert_eq!(mail.date.map(|date| date.to_rfc3339()).as_deref(), Some("2026-09-09T00:12:17+00:00"));
    assert!(mail.text.starts_with("Hi Asha,\n\nYes, we\u{2019}d love to be listed."), "{}", mail.text);
    assert!(mail.text.contains("\n> Unsubscribe: https://"), "history is kept and marked: {}", mail.text);
    assert!(!mail.return_path_empty && mail.report.is_none() && mail.auto_submitted.is_none());
    assert_eq!(mail.related_ids(), ["0199a2-followup@desifirms.com.au", "0199a1-invite@desifirms.com.au"]);
}

#[test]
fn a_reply_from_outlook() {
    let mail = fixture!("outlook_reply.eml");
    assert_eq!(mail.from.as_deref(), Some("tom@harbourbakery.com.au"));
    assert_eq!(mail.from_name, "Tom O\u{2019}Brien");
    assert!(mail.text.contains("Our caf\u{e9} & bakery has two addresses."), "{}", mail.text);
    assert!(mail.text.contains("\nFrom: Desi Firms <outreach@desifirms.com.au>\nSent: "), "{}", mail.text);
    // Outlook puts this on ordinary mail: it makes nothing automatic.
    assert!(!mail.auto_reply_header && mail.auto_submitted.is_none());
}

#[test]
fn html_of_outlook_becomes_lines() {
    let mail = fixture!("outlook_html_only.eml");
    assert!(
        mail.text.starts_with(
            "Hello Asha,\n\nWhat does a listing cost after the first year? Our caf\u{e9} & bakery has two addresses.\n\nKind regards,\nTom O\u{2019}Brien\n"
        ),
        "{}",
        mail.text
    );
    assert!(
        mail.text.contains("\nFrom: Desi Firms <outreach@desifirms.com.au>\nSent: Tuesday"),
        "{}",
        mail.text
    );
    assert!(!mail.text.contains("MsoNormal"), "{}", mail.text);
}

#[test]
fn history_in_html_of_apple_mail_is_marked_as_quoted() {
    let mail = fixture!("apple_html_only.eml");
    assert_eq!(
        mail.text,
        "Sounds good,\ncall me on Friday.\n\nSent from my iPhone\n\n\
         > On 9 Sep 2026, at 9:00 am, Desi Firms <outreach@desifirms.com.au> wrote:\n\n\
         > Hi Mei,\n\n> Not interested? Unsubscribe"
    );
}

#[test]
fn an_absence_note_from_exchange() {
    let mail = fixture!("out_of_office_exchange.eml");
    assert_eq!(mail.auto_submitted.as_deref(), Some("auto-generated"));
    assert_eq!(mail.subject, "Automatic reply: Bright Events: list your next event");
    assert!(
        mail.text.contains("I am on leave and will be back on Monday 21 September 2026."),
        "{}",
        mail.text
    );
    assert!(mail.text.contains("grace.lee@brightevents.com.au"), "{}", mail.text);
}

#[test]
fn an_absence_note_from_gmail() {
    let mail = fixture!("out_of_office_gmail.eml");
    assert_eq!(mail.auto_submitted.as_deref(), Some("auto-replied"));
    assert_eq!(mail.precedence.as_deref(), Some("bulk"));
    assert!(mail.auto_reply_header && mail.return_path_empty);
}

#[test]
fn a_delivery_report_from_postfix() {
    let mail = fixture!("bounce_postfix.eml");
    assert_eq!(mail.report, Some(ReportType::DeliveryStatus));
    assert!(mail.return_path_empty);
    let delivery = only(&mail);
    assert_eq!(delivery.recipient, "owner@oldshop.example");
    assert_eq!((delivery.action.as_str(), delivery.status.as_deref()), ("failed", Some("5.1.1")));
    assert_eq!(
        delivery.diagnostic.as_deref(),
        Some(
            "smtp; 550 5.1.1 <owner@oldshop.example>: Recipient address rejected: User unknown in virtual mailbox table"
        )
    );
    assert_eq!(mail.original_message_id.as_deref(), Some("0199f1-intro@codeteki.au"));
    assert_eq!(mail.original_recipient.as_deref(), Some("owner@oldshop.example"));
    assert_eq!(mail.related_ids(), ["0199f1-intro@codeteki.au"]);
}

#[test]
fn a_delivery_report_from_exchange() {
    let mail = fixture!("bounce_exchange.eml");
    assert_eq!(mail.report, Some(ReportType::DeliveryStatus));
    let delivery = only(&mail);
    assert_eq!(delivery.recipient, "j.hale@harbourlegal.com.au");
    assert_eq!(delivery.status.as_deref(), Some("5.1.10"));
    assert!(delivery.diagnostic.as_deref().is_some_and(|words| words.contains("RecipientNotFound")));
    assert_eq!(mail.original_message_id.as_deref(), Some("0199f2-intro@codeteki.au"));
    assert!(mail.text.starts_with("Your message to j.hale@harbourlegal.com.au"), "{}", mail.text);
    assert!(!mail.text.contains("Hi there"), "the returned mail is not the report's text: {}", mail.text);
}

#[test]
fn a_delivery_report_from_gmail() {
    let mail = fixture!("bounce_gmail.eml");
    assert_eq!(mail.report, Some(ReportType::DeliveryStatus));
    let delivery = only(&mail);
    assert_eq!(delivery.recipient, "gone.person@gmail.com");
    assert_eq!((delivery.action.as_str(), delivery.status.as_deref()), ("failed", Some("5.1.1")));
    assert!(delivery.diagnostic.as_deref().is_some_and(|words| words.ends_with("NoSuchUser")));
    assert_eq!(mail.original_message_id.as_deref(), Some("0199g1-invite@desifirms.com.au"));
}

#[test]
fn a_delivery_report_from_exim_which_follows_no_standard() {
    let mail = fixture!("bounce_exim.eml");
    assert_eq!(mail.report, Some(ReportType::DeliveryStatus));
    let delivery = only(&mail);
    assert_eq!(delivery.recipient, "info@tinyshop.example");
    assert!(delivery.diagnostic.as_deref().is_some_and(|words| words.contains("550 No such user here")));
    assert_eq!(mail.original_recipient.as_deref(), Some("info@tinyshop.example"));
}

#[test]
fn a_spam_complaint() {
    let mail = fixture!("complaint_arf.eml");
    assert_eq!(mail.report, Some(ReportType::FeedbackReport));
    assert_eq!(mail.feedback_type.as_deref(), Some("abuse"));
    assert_eq!(mail.original_recipient.as_deref(), Some("angry.reader@hotmail.com"));
    assert_eq!(mail.original_message_id.as_deref(), Some("0199h1-invite@desifirms.com.au"));
    assert!(!mail.list_headers, "the reported mail's headers are not the report's");
}

#[test]
fn a_reply_in_an_old_character_set() {
    let mail = fixture!("windows_1252_reply.eml");
    assert_eq!(mail.subject, "Re: Mu\u{f1}oz Catering");
    assert_eq!(mail.text, "Interested \u{2013} what\u{2019}s next?");
    assert!(
        mail.related_ids().iter().any(|id| id.contains("0199i1-invite@desifirms.com.au")),
        "{:?}",
        mail.related_ids()
    );
}
