use mail_parser::MessageParser;
use proptest::prelude::*;

use super::*;

fn mail() -> Outgoing {
    Outgoing {
        message_id: "0199.deal-7@codeteki.au".into(),
        from: Mailbox::new("Asha Nguyễn", "asha@codeteki.au"),
        reply_to: Some(Mailbox::new("", "replies@codeteki.au")),
        to: Mailbox::new("Priya \"PJ\" Sharma, Sweets", "priya@sweets.example"),
        subject: "Café menus for Sharma Sweets – and why your Saturday bookings deserve a page of their own"
            .into(),
        html: "<p>Hi Priya,</p><p>Grüße</p>".into(),
        text: "Hi Priya,\n\nGrüße\n".into(),
        in_reply_to: Some("<first@codeteki.au>".into()),
        references: vec!["first@codeteki.au".into(), "<second@codeteki.au>".into()],
        list_unsubscribe_url: Some("https://codeteki.au/u/abc".into()),
        list_unsubscribe_mailto: Some("unsubscribe@codeteki.au".into()),
        feedback_id: Some("sales:codeteki:outreach:overture".into()),
        auto_submitted: true,
        return_path: Some("bounces@codeteki.au".into()),
        date: DateTime::from_timestamp(1_790_000_000, 0).expect("in range"),
    }
}

fn bytes(mail: &Outgoing) -> Vec<u8> {
    mail.to_message().expect("a valid mail").formatted()
}

fn header_block(mail: &Outgoing) -> String {
    let text = String::from_utf8(bytes(mail)).expect("seven bits");
    text.split_once("\r\n\r\n").expect("has a body").0.to_owned()
}

#[test]
fn every_header_of_bulk_mail_is_there() {
    let headers = header_block(&mail());
    for line in [
        "Message-ID: <0199.deal-7@codeteki.au>",
        "Reply-To: replies@codeteki.au",
        "In-Reply-To: <first@codeteki.au>",
        "References: <first@codeteki.au>\r\n <second@codeteki.au>",
        "List-Unsubscribe: <https://codeteki.au/u/abc>,\r\n <mailto:unsubscribe@codeteki.au>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Feedback-ID: sales:codeteki:outreach:overture",
        "Auto-Submitted: auto-generated",
        "Date: Mon, 21 Sep 2026 14:13:20 +0000",
        "MIME-Version: 1.0",
    ] {
        assert!(headers.contains(line), "{line} not in\n{headers}");
    }
    assert!(headers.lines().all(|line| line.len() <= 120 && line.is_ascii()), "{headers}");
}

#[test]
fn names_subject_and_parts_read_back_as_written() {
    let mail = mail();
    let raw = bytes(&mail);
    let read = MessageParser::default().parse(&raw).expect("a mail");
    let from = read.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!(
        (from.name(), from.address()),
        (Some(mail.from.name.as_str()), Some(mail.from.address.as_str()))
    );
    let to = read.to().and_then(|to| to.first()).expect("a recipient");
    assert_eq!((to.name(), to.address()), (Some(mail.to.name.as_str()), Some(mail.to.address.as_str())));
    assert_eq!(read.subject(), Some(mail.subject.as_str()));
    assert_eq!(read.body_html(0).as_deref(), Some(mail.html.as_str()));
    assert_eq!(read.body_text(0).map(|text| text.replace("\r\n", "\n")).as_deref(), Some(mail.text.as_str()));
}

#[test]
fn the_envelope_names_the_bounce_address_and_the_recipient() {
    let message = mail().to_message().expect("a valid mail");
    assert_eq!(message.envelope().from().map(ToString::to_string).as_deref(), Some("bounces@codeteki.au"));
    assert_eq!(message.envelope().to().len(), 1);
}

#[test]
fn a_retry_is_the_same_message() {
    assert_eq!(bytes(&mail()), bytes(&mail()));
}

#[test]
fn no_one_click_without_https() {
    let mut mail = mail();
    mail.list_unsubscribe_url = Some("http://127.0.0.1:3000/u/abc".into());
    let headers = header_block(&mail);
    assert!(headers.contains("List-Unsubscribe: <http://127.0.0.1:3000/u/abc>"), "{headers}");
    assert!(!headers.contains("List-Unsubscribe-Post"), "{headers}");
}

#[test]
fn identifiers_that_break_out_of_their_header_are_refused() {
    let breaks: [fn(&mut Outgoing); 11] = [
        |mail| mail.message_id = "a@b>\r\nBcc: <x@y".into(),
        |mail| mail.message_id = "no-at-sign".into(),
        |mail| mail.in_reply_to = Some("a@b\r\nX: y".into()),
        |mail| mail.references.push("a b@c".into()),
        |mail| mail.list_unsubscribe_url = Some("https://x/\r\nBcc: y@z".into()),
        |mail| mail.list_unsubscribe_url = Some("https://x/>, <https://evil".into()),
        |mail| mail.list_unsubscribe_mailto = Some("x@y.example?subject=a\nb".into()),
        |mail| mail.feedback_id = Some("a:b\r\nBcc: x@y".into()),
        |mail| mail.from.address = "asha".into(),
        |mail| mail.to.address = "x@y.example\r\nRCPT TO:<z@y.example>".into(),
        |mail| mail.return_path = Some("x@y.example> SIZE=1".into()),
    ];
    for (number, alter) in breaks.iter().enumerate() {
        let mut mail = mail();
        alter(&mut mail);
        assert!(mail.to_message().is_err(), "case {number}");
    }
}

#[test]
fn long_threads_keep_their_root_and_their_end() {
    let mut mail = mail();
    mail.references = (0..60).map(|n| format!("m{n}@codeteki.au")).collect();
    let raw = bytes(&mail);
    let read = MessageParser::default().parse(&raw).expect("a mail");
    let ids = read.references().as_text_list().expect("several").to_vec();
    assert_eq!(ids.len(), 20);
    assert_eq!(ids.first().map(AsRef::as_ref), Some("m0@codeteki.au"));
    assert_eq!(ids.get(1).map(AsRef::as_ref), Some("m41@codeteki.au"));
    assert_eq!(ids.last().map(AsRef::as_ref), Some("m59@codeteki.au"));
}

proptest! {
    #[test]
    fn no_name_or_subject_adds_a_header(
        name in "[\\PC\r\n\t\u{0}\u{7f}\u{85}\u{2028}]{0,60}",
        subject in "[\\PC\r\n\t\u{0}:<>@ ]{0,120}",
    ) {
        let mut mail = mail();
        mail.to.name.clone_from(&name);
        mail.from.name = name;
        mail.subject = subject;
        let expected: Vec<_> = header_names(&header_block(&super::tests::mail()));
        prop_assert_eq!(header_names(&header_block(&mail)), expected);
    }

    #[test]
    fn subjects_survive_encoding(subject in "[a-zA-Z0-9éüñ你हि€😀 .,:;!?'\"()<>@=_-]{1,150}") {
        let mut mail = mail();
        mail.subject = subject;
        let expected = header::phrase(&mail.subject);
        let raw = bytes(&mail);
        let read = MessageParser::default().parse(&raw).expect("a mail");
        prop_assert_eq!(read.subject().unwrap_or_default(), expected);
    }
}

fn header_names(headers: &str) -> Vec<String> {
    let own = headers.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    own.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
}
