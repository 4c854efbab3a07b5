//! Delivery over real sockets, against a server that answers as told.

mod smtp_server;

use std::time::Duration;

use mail::deliver::{DeliveryError, SmtpSettings, SmtpTransport, Timeouts, TlsMode, Transport};
use mail::message::{Mailbox, Outgoing};
use smtp_server::{Script, Server};

fn mail(id: &str) -> Outgoing {
    Outgoing {
        message_id: format!("{id}@codeteki.au"),
        from: Mailbox::new("Asha", "asha@codeteki.au"),
        reply_to: None,
        to: Mailbox::new("Priya", "priya@sweets.example"),
        subject: "A question".into(),
        html: "<p>Hi Priya,</p>".into(),
        text: "Hi Priya,\n.\nA line with one dot must survive.\n".into(),
        in_reply_to: None,
        references: vec![],
        list_unsubscribe_url: None,
        list_unsubscribe_mailto: None,
        feedback_id: None,
        auto_submitted: false,
        return_path: None,
        date: chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("in range"),
    }
}

fn transport(port: u16, username: &str) -> SmtpTransport {
    let settings = SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        tls: TlsMode::None,
        username: username.into(),
        password: "secret".into(),
    };
    let short = Duration::from_millis(300);
    SmtpTransport::with_timeouts(
        settings,
        Timeouts {
            connect: short,
            command: short,
            content: short,
        },
    )
}

async fn answer_of(script: Script) -> (Result<String, DeliveryError>, Server) {
    let server = Server::start(script).await;
    let result = transport(server.port, "").deliver(&mail("one")).await;
    (result.map(|accepted| accepted.provider_id), server)
}

#[tokio::test]
async fn an_accepted_mail_returns_the_servers_own_words_and_arrives_whole() {
    let (result, server) = answer_of(Script::default()).await;
    assert_eq!(result, Ok("2.0.0 thanks 2.0.0 queued as Q1234".to_owned()));
    let contents = server.contents();
    assert_eq!(contents.len(), 1);
    assert!(
        contents[0].contains("Message-ID: <one@codeteki.au>\r\n"),
        "{}",
        contents[0]
    );
    assert!(
        contents[0].contains("\r\n..\r\nA line with one dot"),
        "{}",
        contents[0]
    );
}

#[tokio::test]
async fn a_refused_recipient_is_at_fault_and_policy_is_not() {
    for (rcpt, recipient_fault) in [
        ("550-5.1.1 The account\r\n550 5.1.1 does not exist", true),
        ("550 User unknown", true),
        ("550 5.7.1 Rejected: see our policy 550", false),
        ("554 5.7.1 Blocked, order 5501 from 10.5.1.1", false),
    ] {
        let (result, server) = answer_of(Script {
            rcpt: Some(rcpt),
            ..Script::default()
        })
        .await;
        match result {
            Err(DeliveryError::Permanent {
                recipient_fault: found,
                reason,
            }) => {
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
        Script {
            mail: Some("553 5.1.8 Sender address rejected"),
            ..Script::default()
        },
        Script {
            data: Some("554 No valid recipients"),
            ..Script::default()
        },
        Script {
            content: Some("554 5.7.1 Looks like spam"),
            ..Script::default()
        },
        Script {
            content: Some("550 Content refused"),
            ..Script::default()
        },
    ] {
        let (result, _server) = answer_of(script.clone()).await;
        assert!(
            matches!(
                result,
                Err(DeliveryError::Permanent {
                    recipient_fault: false,
                    ..
                })
            ),
            "{script:?} {result:?}"
        );
    }
}

#[tokio::test]
async fn temporary_refusals_may_be_tried_again() {
    for (script, wait) in [
        (
            Script {
                greeting: Some("421 4.3.2 busy"),
                ..Script::default()
            },
            None,
        ),
        (
            Script {
                mail: Some("451 4.3.0 try later"),
                ..Script::default()
            },
            None,
        ),
        (
            Script {
                rcpt: Some("450-4.2.0 Greylisted\r\n450 4.2.0 for 300 seconds"),
                ..Script::default()
            },
            Some(Duration::from_secs(300)),
        ),
        (
            Script {
                data: Some("452 4.3.1 disk full"),
                ..Script::default()
            },
            None,
        ),
        (
            Script {
                content: Some("451 4.7.1 slow down"),
                ..Script::default()
            },
            None,
        ),
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
            Script {
                hang_at: Some(at),
                ..Script::default()
            },
            Script {
                close_at: Some(at),
                ..Script::default()
            },
        ] {
            let (result, _server) = answer_of(script.clone()).await;
            assert!(
                matches!(result, Err(DeliveryError::Transient { .. })),
                "{script:?} {result:?}"
            );
        }
    }
}

#[tokio::test]
async fn silence_or_loss_after_the_content_is_unclear() {
    for script in [
        Script {
            hang_at: Some("CONTENT"),
            ..Script::default()
        },
        Script {
            close_at: Some("CONTENT"),
            ..Script::default()
        },
        Script {
            content: Some("?? what"),
            ..Script::default()
        },
    ] {
        let (result, server) = answer_of(script.clone()).await;
        assert!(
            matches!(result, Err(DeliveryError::Unknown { .. })),
            "{script:?} {result:?}"
        );
        assert_eq!(server.contents().len(), 1, "the server has the mail");
    }
}

#[tokio::test]
async fn nobody_listening_may_be_tried_again() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    drop(listener);
    let result = transport(port, "").deliver(&mail("one")).await;
    assert!(
        matches!(result, Err(DeliveryError::Transient { .. })),
        "{result:?}"
    );
}

#[tokio::test]
async fn an_account_that_is_turned_away_is_not_configured() {
    let server = Server::start(Script {
        auth: Some("535 5.7.8 Bad credentials"),
        ..Script::default()
    })
    .await;
    let result = transport(server.port, "asha").deliver(&mail("one")).await;
    assert!(
        matches!(result, Err(DeliveryError::NotConfigured { .. })),
        "{result:?}"
    );
    server.answer(Script {
        greeting: Some("554 5.7.1 your network is blocked"),
        ..Script::default()
    });
    let result = transport(server.port, "").deliver(&mail("one")).await;
    assert!(
        matches!(result, Err(DeliveryError::NotConfigured { .. })),
        "{result:?}"
    );
}

#[tokio::test]
async fn encryption_is_never_given_up_silently() {
    let server = Server::start(Script::default()).await;
    let settings = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.port,
        tls: TlsMode::StartTls,
        username: "asha".into(),
        password: "secret".into(),
    };
    let result = SmtpTransport::new(settings).deliver(&mail("one")).await;
    assert!(
        matches!(result, Err(DeliveryError::NotConfigured { .. })),
        "{result:?}"
    );
    assert!(
        !server
            .commands()
            .iter()
            .any(|command| command.starts_with("AUTH")),
        "{:?}",
        server.commands()
    );
}

#[tokio::test]
async fn one_connection_serves_many_mails_and_survives_a_refusal() {
    let server = Server::start(Script::default()).await;
    let transport = transport(server.port, "asha");
    transport.test_connection().await.expect("signs in");
    transport.deliver(&mail("one")).await.expect("accepted");
    server.answer(Script {
        rcpt: Some("550 5.1.1 no such user"),
        ..Script::default()
    });
    transport.deliver(&mail("two")).await.expect_err("refused");
    server.answer(Script::default());
    transport.deliver(&mail("three")).await.expect("accepted");
    assert_eq!(server.connections(), 1);
    assert_eq!(server.contents().len(), 2);
    assert_eq!(
        server
            .commands()
            .iter()
            .filter(|command| command.starts_with("AUTH"))
            .count(),
        1
    );
}

#[tokio::test]
async fn an_abandoned_delivery_never_spoils_the_next_one() {
    let mut server = Server::start(Script {
        hang_at: Some("CONTENT"),
        ..Script::default()
    })
    .await;
    let transport = std::sync::Arc::new(transport(server.port, ""));
    let first = mail("one");
    tokio::select! {
        result = transport.deliver(&first) => panic!("must hang, not {result:?}"),
        () = server.hangs() => {}
    }
    server.answer(Script::default());
    transport.deliver(&mail("two")).await.expect("accepted");
    assert_eq!(server.connections(), 2);
    assert!(server.contents()[1].contains("<two@codeteki.au>"));
}

#[tokio::test]
async fn a_connection_closed_while_idle_is_replaced() {
    let server = Server::start(Script {
        close_at: Some("NOOP"),
        ..Script::default()
    })
    .await;
    let transport = transport(server.port, "");
    transport.deliver(&mail("one")).await.expect("accepted");
    transport
        .deliver(&mail("two"))
        .await
        .expect("accepted on a new connection");
    assert_eq!(server.connections(), 2);
}

/// `OVERTURE_TEST_SMTP=host:port` names a server that takes any mail without sign-in.
#[tokio::test]
async fn a_real_server_takes_the_mail() -> anyhow::Result<()> {
    let Ok(address) = std::env::var("OVERTURE_TEST_SMTP") else {
        return Ok(());
    };
    let (host, port) = address
        .rsplit_once(':')
        .ok_or_else(|| anyhow::anyhow!("host:port is wanted"))?;
    let settings = SmtpSettings {
        host: host.to_owned(),
        port: port.parse()?,
        tls: TlsMode::None,
        username: String::new(),
        password: String::new(),
    };
    let accepted = SmtpTransport::new(settings).deliver(&mail("real")).await?;
    assert!(!accepted.provider_id.is_empty());
    Ok(())
}
