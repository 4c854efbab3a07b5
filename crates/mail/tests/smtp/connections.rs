//! Connecting, signing in, encrypting, and connections that are used again.

use std::time::Duration;

use mail::deliver::{DeliveryError, SmtpSettings, SmtpTransport, TlsMode, Transport};

use crate::server::{Script, Server};
use crate::{PATIENT, mail, transport, transport_within};

#[tokio::test]
async fn nobody_listening_may_be_tried_again() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    drop(listener);
    let result = transport(port, "").deliver(&mail("one")).await;
    assert!(matches!(result, Err(DeliveryError::Transient { .. })), "{result:?}");
}

#[tokio::test]
async fn an_account_that_is_turned_away_is_not_configured() {
    let server = Server::start(Script { auth: Some("535 5.7.8 Bad credentials"), ..Script::default() }).await;
    let result = transport(server.port, "asha").deliver(&mail("one")).await;
    assert!(matches!(result, Err(DeliveryError::NotConfigured { .. })), "{result:?}");
    server.answer(Script { greeting: Some("554 5.7.1 your network is blocked"), ..Script::default() });
    let result = transport(server.port, "").deliver(&mail("one")).await;
    assert!(matches!(result, Err(DeliveryError::NotConfigured { .. })), "{result:?}");
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
    assert!(matches!(result, Err(DeliveryError::NotConfigured { .. })), "{result:?}");
    assert!(!server.commands().iter().any(|command| command.starts_with("AUTH")), "{:?}", server.commands());
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_does_not_encrypt() {
    let server = Server::start(Script::default()).await;
    let settings = SmtpSettings {
        host: "localhost".into(),
        port: server.port,
        tls: TlsMode::Tls,
        username: "asha".into(),
        password: "secret".into(),
    };
    let result = SmtpTransport::new(settings).deliver(&mail("one")).await;
    assert!(
        matches!(result, Err(DeliveryError::NotConfigured { .. } | DeliveryError::Transient { .. })),
        "{result:?}"
    );
    assert!(server.contents().is_empty());
    assert!(!server.commands().iter().any(|line| line.contains("AUTH")), "{:?}", server.commands());
}

#[tokio::test]
async fn one_connection_serves_many_mails_and_survives_a_refusal() {
    let server = Server::start(Script::default()).await;
    let transport = transport(server.port, "asha");
    transport.test_connection().await.expect("signs in");
    transport.deliver(&mail("one")).await.expect("accepted");
    server.answer(Script { rcpt: Some("550 5.1.1 no such user"), ..Script::default() });
    transport.deliver(&mail("two")).await.expect_err("refused");
    server.answer(Script::default());
    transport.deliver(&mail("three")).await.expect("accepted");
    assert_eq!(server.connections(), 1);
    assert_eq!(server.contents().len(), 2);
    assert_eq!(server.commands().iter().filter(|command| command.starts_with("AUTH")).count(), 1);
}

#[tokio::test]
async fn an_abandoned_delivery_never_spoils_the_next_one() {
    let mut server = Server::start(Script { hang_at: Some("CONTENT"), ..Script::default() }).await;
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
async fn an_answer_that_came_too_late_is_never_taken_for_the_next_one() {
    let mut timeouts = PATIENT;
    timeouts.content = Duration::from_millis(500);
    let server = Server::start(Script { hang_at: Some("CONTENT"), ..Script::default() }).await;
    let transport = transport_within(server.port, "", timeouts);
    let result = transport.deliver(&mail("one")).await;
    assert!(matches!(result, Err(DeliveryError::Unknown { .. })), "{result:?}");
    assert!(!server.commands().iter().any(|command| command == "RSET"), "{:?}", server.commands());
    server.answer(Script { rcpt: Some("550 5.1.1 no such user"), ..Script::default() });
    let result = transport.deliver(&mail("two")).await;
    assert!(matches!(result, Err(DeliveryError::Permanent { .. })), "{result:?}");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_connection_closed_while_idle_is_replaced() {
    let server = Server::start(Script { close_at: Some("NOOP"), ..Script::default() }).await;
    let transport = transport(server.port, "");
    transport.deliver(&mail("one")).await.expect("accepted");
    transport.deliver(&mail("two")).await.expect("accepted on a new connection");
    assert_eq!(server.connections(), 2);
}

/// `OVERTURE_TEST_SMTP=host:port` names a server that takes any mail without sign-in.
#[tokio::test]
async fn a_real_server_takes_the_mail() -> anyhow::Result<()> {
    let Ok(address) = std::env::var("OVERTURE_TEST_SMTP") else {
        return Ok(());
    };
    let (host, port) = address.rsplit_once(':').ok_or_else(|| anyhow::anyhow!("host:port is wanted"))?;
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
