use std::future::Future;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::timeout;

use super::answer::{self, Phase};
use super::content::Content;
use super::{SmtpSettings, Timeouts, TlsMode};
use crate::deliver::{DeliveryError, tidy};

/// Connects, encrypts as the settings say, and signs in.
pub(super) async fn open(
    settings: &SmtpSettings,
    timeouts: &Timeouts,
    authority: Option<&Certificate>,
) -> Result<AsyncSmtpConnection, DeliveryError> {
    if settings.host.trim().is_empty() {
        return Err(DeliveryError::NotConfigured { reason: "no mail server is given".to_owned() });
    }
    timeout(timeouts.connect, connect(settings, timeouts.connect, authority))
        .await
        .unwrap_or_else(|_| Err(transient("the mail server didn't answer in time")))
}

async fn connect(
    settings: &SmtpSettings,
    limit: Duration,
    authority: Option<&Certificate>,
) -> Result<AsyncSmtpConnection, DeliveryError> {
    let hello = ClientId::default();
    let tls = || {
        let parameters = TlsParameters::builder(settings.host.clone());
        let parameters = match authority {
            Some(authority) => parameters.add_root_certificate(authority.clone()),
            None => parameters,
        };
        parameters.build().map_err(|error| DeliveryError::NotConfigured { reason: answer::words(&error) })
    };
    let implicit = match settings.tls {
        TlsMode::Tls => Some(tls()?),
        TlsMode::None | TlsMode::StartTls => None,
    };
    let address = (settings.host.as_str(), settings.port);
    let unreachable = |error: Error| match answer::classify(&error, Phase::Connect) {
        DeliveryError::Transient { reason, retry_after } if error.status().is_none() => {
            let reason = format!("{}, port {}, can't be reached: {reason}", settings.host, settings.port);
            DeliveryError::Transient { reason, retry_after }
        }
        other => other,
    };
    let mut connection = AsyncSmtpConnection::connect_tokio1(address, Some(limit), &hello, implicit, None)
        .await
        .map_err(unreachable)?;
    match settings.tls {
        TlsMode::StartTls if !connection.can_starttls() => {
            return Err(DeliveryError::NotConfigured {
                reason: format!("the mail server offers no encryption on port {}", settings.port),
            });
        }
        TlsMode::StartTls => {
            let started = connection.starttls(tls()?, &hello).await;
            started.map_err(|error| answer::classify(&error, Phase::Connect))?;
        }
        TlsMode::None | TlsMode::Tls => {}
    }
    if !settings.username.is_empty() {
        let credentials = Credentials::new(settings.username.clone(), settings.password.clone());
        let signed_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await;
        signed_in.map_err(|error| answer::classify(&error, Phase::SignIn))?;
    }
    Ok(connection)
}

/// Why one message was not handed over.
pub(super) struct Failure {
    pub error: DeliveryError,
    /// The server said no in so many words and waits for the next command. Otherwise an answer may still be on its
    /// way, and whoever used the connection again would take it for the answer to something else.
    pub in_step: bool,
}

impl Failure {
    fn answered(error: &Error, phase: Phase) -> Self {
        Self { error: answer::classify(error, phase), in_step: error.status().is_some() }
    }

    /// Nothing was said to the server.
    fn unsent(reason: &str) -> Self {
        let reason = reason.to_owned();
        Self { error: DeliveryError::Permanent { reason, recipient_fault: false }, in_step: true }
    }

    const fn out_of_step(error: DeliveryError) -> Self {
        Self { error, in_step: false }
    }
}

/// Hands one message over. On success, the server's words about it, which usually hold its queue id.
pub(super) async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    message: &Message,
    timeouts: &Timeouts,
) -> Result<String, Failure> {
    let envelope = message.envelope();
    let bytes = message.formatted();
    let content = std::str::from_utf8(&bytes).map_err(|_| Failure::unsent("the mail is no text"))?;
    let parameters =
        mail_parameters(connection, message, &bytes).map_err(|error| Failure { error, in_step: true })?;
    let mail_from = Mail::new(envelope.from().cloned(), parameters);
    before_content(connection.command(mail_from), timeouts, Phase::Sender).await?;
    for recipient in envelope.to() {
        let rcpt_to = Rcpt::new(recipient.clone(), vec![]);
        before_content(connection.command(rcpt_to), timeouts, Phase::Recipient).await?;
    }
    let invitation = before_content(connection.command(Data), timeouts, Phase::Data).await?;
    if !invitation.has_code(354) {
        let reason = "the mail server didn't ask for the content";
        return Err(Failure::out_of_step(transient(reason)));
    }

    // From here on the server may hold the mail whatever happens to the connection.
    match timeout(timeouts.content, connection.command(Content(content))).await {
        Ok(Ok(response)) if response.code().severity == Severity::PositiveCompletion => {
            Ok(tidy(&response.message().collect::<Vec<_>>().join(" ")))
        }
        Ok(Ok(response)) => Err(Failure::out_of_step(DeliveryError::Unknown {
            reason: format!("the mail server answered {} to the content", response.code()),
        })),
        Ok(Err(error)) => Err(Failure::answered(&error, Phase::Content)),
        Err(_) => Err(Failure::out_of_step(DeliveryError::Unknown {
            reason: "the mail server didn't confirm the mail in time".to_owned(),
        })),
    }
}

/// Makes the connection fit for the next mail after a refusal. False: it can't be used again.
pub(super) async fn reset(connection: &mut AsyncSmtpConnection) -> bool {
    !connection.has_broken() && connection.command(Rset).await.is_ok()
}

async fn before_content(
    command: impl Future<Output = Result<Response, Error>>,
    timeouts: &Timeouts,
    phase: Phase,
) -> Result<Response, Failure> {
    match timeout(timeouts.command, command).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(Failure::answered(&error, phase)),
        Err(_) => Err(Failure::out_of_step(transient("the mail server stopped answering"))),
    }
}

fn mail_parameters(
    connection: &AsyncSmtpConnection,
    message: &Message,
    bytes: &[u8],
) -> Result<Vec<MailParameter>, DeliveryError> {
    let server = connection.server_info();
    let mut parameters = Vec::new();
    let international = message
        .envelope()
        .to()
        .iter()
        .chain(message.envelope().from())
        .any(|address| !AsRef::<str>::as_ref(address).is_ascii());
    if international {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            return Err(DeliveryError::Permanent {
                reason: "the mail server doesn't take addresses with letters beyond ASCII".to_owned(),
                recipient_fault: false,
            });
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !bytes.is_ascii() && server.supports_feature(Extension::EightBitMime) {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

fn transient(reason: &str) -> DeliveryError {
    DeliveryError::Transient { reason: reason.to_owned(), retry_after: None }
}
