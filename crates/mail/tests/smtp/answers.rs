//! What the server's answers mean for the mail.

use std::time::Duration;

use mail::deliver::{DeliveryError, Transport};

use crate::server::{Script, Server};
use crate::{PATIENT, mail, transport_within};

/// One delivery. Only the part of the dialogue in which the server falls silent has little time.
async fn answer_of(script: Script) -> (Result<String, DeliveryError>, Server) {
    let mut timeouts = PATIENT;
    let short = Duration::from_millis(500);
    match script.hang_at {
        Some("EHLO") => timeouts.connect = short,
        Some("CONTENT") => timeouts.content = short,
        Some(_) => timeouts.command = short,
        None => {}
    }
    let server = Server::start(script).await;
    let result = transport_within(server.port, "", timeouts).deliver(&mail("one")).await;
    (result.map(|accepted| accepted.provider_id), server)
}

#[tokio::test]
async fn an_accepted_mail_returns_the_servers_own_words_and_arrives_whole() {
    let (result, server) = answer_of(Script::default()).await;
    assert_eq!(result, Ok("2.0.0 thanks 2.0.0 queued as Q1234".to_owned()));
    let contents = server.contents();
    assert_eq!(contents.len(), 1);
    assert!(contents[0].contains("Message-ID: <one@codeteki.au>\r\n"), "{}", contents[0]);
    assert!(contents[0].contains("\r\n..\r\nA line with one dot"), "{}", contents[0]);
}

#[tokio::test]
async fn a_refused_recipient_is_at_fault_and_policy_is_not() {
    for (rcpt, recipient_fault) in [
        ("550-5.1.1 The account\r\n550 5.1.1 does not exist", true),
        ("550 User unknown", true),
        ("550 5.7.1 Rejected: see our policy 550", false),
        ("554 5.7.1 Blocked, order 5501 from 10.5.1.1", false),
    ] {
        let (result, server) = answer_of(Script { rcpt: Some(rcpt), ..Script::default() }).await;
        match result {
            Err(DeliveryError::Permanent { recipient_fault: found, reason }) => {
                assert_eq!(found, recipient_fault, "{reason}");
            }
            other => panic!("{rcpt}: {other:?}"),
        }
        assert!(server.contents().is_empty());
    }
}

#[tokio::test]
async fn refusals_of_sender_or_content_are_ours() {
    for script in [
        Script { mail: Some("553 5.1.8 Sender address rejected"), ..Script::default() },
        Script { data: Some("554 No valid recipients"), ..Script::default() },
        Script { content: Some("554 5.7.1 Looks like spam"), ..Script::default() },
        Script { content: Some("550 Content refused"), ..Script::default() },
    ] {
        let (result, _server) = answer_of(script.clone()).await;
        assert!(
            matches!(result, Err(DeliveryError::Permanent { recipient_fault: false, .. })),
            "{script:?} {result:?}"
        );
    }
}

#[tokio::test]
async fn temporary_refusals_may_be_tried_again() {
    for (script, wait) in [
        (Script { greeting: Some("421 4.3.2 busy"), ..Script::default() }, None),
        (Script { mail: Some("451 4.3.0 try later"), ..Script::default() }, None),
        (
            Script { rcpt: Some("450-4.2.0 Greylisted\r\n450 4.2.0 for 300 seconds"), ..Script::default() },
            Some(Duration::from_secs(300)),
        ),
        (Script { data: Some("452 4.3.1 disk full"), ..Script::default() }, None),
        (Script { content: Some("451 4.7.1 slow down"), ..Script::default() }, None),
    ] {
        let (result, _server) = answer_of(script.clone()).await;
        match result {
            Err(DeliveryError::Transient { retry_after, .. }) => assert_eq!(retry_after, wait, "{script:?}"),
            other => panic!("{script:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn silence_or_loss_before_the_content_may_be_tried_again() {
    for at in ["EHLO", "MAIL", "RCPT", "DATA"] {
        for script in [
            Script { hang_at: Some(at), ..Script::default() },
            Script { close_at: Some(at), ..Script::default() },
        ] {
            let (result, _server) = answer_of(script.clone()).await;
            assert!(matches!(result, Err(DeliveryError::Transient { .. })), "{script:?} {result:?}");
        }
    }
}

#[tokio::test]
async fn a_server_that_never_asked_for_the_content_does_not_get_it() {
    let (result, server) = answer_of(Script { data: Some("250 ok"), ..Script::default() }).await;
    assert!(matches!(result, Err(DeliveryError::Transient { .. })), "{result:?}");
    assert!(server.contents().is_empty());
}

#[tokio::test]
async fn silence_or_loss_after_the_content_is_unclear() {
    for script in [
        Script { hang_at: Some("CONTENT"), ..Script::default() },
        Script { close_at: Some("CONTENT"), ..Script::default() },
        Script { content: Some("?? what"), ..Script::default() },
    ] {
        let (result, server) = answer_of(script.clone()).await;
        assert!(matches!(result, Err(DeliveryError::Unknown { .. })), "{script:?} {result:?}");
        assert_eq!(server.contents().len(), 1, "the server has the mail");
    }
}
