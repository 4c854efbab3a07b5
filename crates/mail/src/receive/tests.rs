use proptest::prelude::*;

use super::*;

const MINIMAL: &str = "From: a@b.example\r\nSubject: x\r\n\r\nbody\r\n";

#[test]
fn a_mail_without_headers_is_none() {
    assert_eq!(parse(b""), Err(ReceiveError::NotAMail));
    assert_eq!(parse(b"\r\n\r\n"), Err(ReceiveError::NotAMail));
}

#[test]
fn size_is_bounded() {
    let mut raw = MINIMAL.as_bytes().to_vec();
    raw.resize(10 * 1024 * 1024 + 1, b'x');
    assert_eq!(parse(&raw), Err(ReceiveError::TooLarge));
}

#[test]
fn nesting_is_bounded() {
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    assert_eq!(parse(nested.as_bytes()), Err(ReceiveError::TooManyParts));
    // What is allowed must not exhaust the stack either.
    let nested = "content-type: message/rfc822\r\n\r\n".repeat(499);
    assert!(parse(nested.as_bytes()).is_ok());
    let digests: String = (0..499)
        .map(|n| format!("Content-Type: multipart/digest; boundary=b{n}\r\n\r\n--b{n}\r\n\r\n"))
        .collect();
    assert!(parse(digests.as_bytes()).is_ok());
}

#[test]
fn deep_html_is_read_without_trouble() {
    let html = format!(
        "{}yes{}",
        "<div><blockquote type=cite>".repeat(50_000),
        "</blockquote></div>".repeat(50_000)
    );
    let raw = format!("From: a@b.example\r\nContent-Type: text/html\r\n\r\n{html}");
    assert_eq!(parse(raw.as_bytes()).expect("a mail").text, "> yes");
}

#[test]
fn control_characters_are_gone_from_everything() {
    let raw = "From: \"A\u{0}\u{7}B\" <a@b.example>\r\nSubject: x\u{0}y\u{1b}[2J\r\nMessage-ID: <a\u{0}@b>\r\n\r\nhi\u{0}\u{8} there\r\n";
    let mail = parse(raw.as_bytes()).expect("a mail");
    let shown = format!("{} {} {:?} {}", mail.from_name, mail.subject, mail.message_id, mail.text);
    assert!(!shown.chars().any(|c| c.is_control()), "{shown:?}");
    assert_eq!(mail.text, "hi there");
}

#[test]
fn the_parts_of_a_related_thread_come_most_telling_first() {
    let raw = "From: a@b.example\r\nIn-Reply-To: <two@x>\r\nReferences: <one@x>\r\n <two@x>\r\n\r\nhi\r\n";
    let mail = parse(raw.as_bytes()).expect("a mail");
    assert_eq!(mail.related_ids(), ["two@x", "one@x"]);
}

#[test]
fn an_ordinary_mail_claims_nothing_special() {
    let facts = parse(MINIMAL.as_bytes()).expect("a mail").facts(false);
    assert_eq!(facts.from, "a@b.example");
    assert_eq!(facts.report, None);
    assert!(
        !(facts.auto_reply_header || facts.return_path_empty || facts.list_headers || facts.answers_our_mail)
    );
}

#[test]
fn lists_and_automatic_answers_are_recognised_by_their_headers() {
    let raw =
        "From: a@b.example\r\nPrecedence: List\r\nList-Id: <news.b.example>\r\nX-Autoreply: no\r\n\r\nhi\r\n";
    let mail = parse(raw.as_bytes()).expect("a mail");
    assert_eq!(mail.precedence.as_deref(), Some("list"));
    assert!(mail.list_headers);
    assert!(!mail.auto_reply_header, "\"no\" means no");
}

fn mail_like() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just("Content-Type: multipart/mixed; boundary=b".to_owned()),
        Just("Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"".to_owned()),
        Just("Content-Type: multipart/digest; boundary=c".to_owned()),
        Just("Content-Type: message/rfc822".to_owned()),
        Just("Content-Type: message/delivery-status".to_owned()),
        Just("Content-Type: message/feedback-report".to_owned()),
        Just("Content-Type: text/rfc822-headers".to_owned()),
        Just("Content-Type: text/html; charset=utf-16".to_owned()),
        Just("Content-Type: text/plain; charset=iso-2022-jp".to_owned()),
        Just("Content-Transfer-Encoding: base64".to_owned()),
        Just("Content-Transfer-Encoding: quoted-printable".to_owned()),
        Just("Final-Recipient: rfc822;".to_owned()),
        Just("X-Failed-Recipients: ,,@".to_owned()),
        Just("Date: Thu, 99 Feb 99999 99:99:99 +9999".to_owned()),
        Just("--b".to_owned()),
        Just("--b--".to_owned()),
        Just("--c".to_owned()),
        Just(String::new()),
        "From: .{0,30}",
        "Subject: =\\?utf-8\\?[QB]\\?.{0,20}\\?=",
        "References: [<>a@ ]{0,40}",
        ".{0,40}",
        "[<>/a-z&;#\"'=! -]{0,60}",
    ];
    (prop::collection::vec(line, 0..40), any::<bool>())
        .prop_map(|(lines, crlf)| lines.join(if crlf { "\r\n" } else { "\n" }).into_bytes())
}

/// Whatever comes in, `parse` returns, and what it returns can be stored.
fn storable(raw: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(mail) = parse(raw) {
        prop_assert!(!mail.text.contains('\0'));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_bytes_never_panic(raw in prop::collection::vec(any::<u8>(), 0..2_000)) {
        storable(&raw)?;
    }

    #[test]
    fn mail_like_text_never_panics(raw in mail_like()) {
        storable(&raw)?;
    }

    #[test]
    fn damaged_mails_never_panic(position in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..8)) {
        for fixture in [
            &include_bytes!("../../tests/fixtures/bounce_gmail.eml")[..],
            &include_bytes!("../../tests/fixtures/complaint_arf.eml")[..],
            &include_bytes!("../../tests/fixtures/outlook_reply.eml")[..],
        ] {
            let at = position.index(fixture.len());
            let end = (at + bytes.len() + 3).min(fixture.len());
            let raw = [&fixture[..at], &bytes, &fixture[end..]].concat();
            storable(&raw)?;
            storable(&fixture[..at])?;
        }
    }
}
