//! From an address to a session that is signed in.

use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_imap::error::Error;
use async_imap::{Client, Session};
use domain::mailing::Encryption;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::answer::{broken, failed, said};
use super::{ImapSettings, ImapTimeouts};
use crate::mailbox::MailboxError;

/// A connection, encrypted or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

const GREETING: &str = "greeting";
const SIGNING_IN: &str = "signing in";
const ENCRYPTING: &str = "starting encryption";

/// Connects, encrypts as the settings say, and signs in.
pub(super) async fn sign_in(
    settings: &ImapSettings,
    timeouts: &ImapTimeouts,
    authority: Option<&[u8]>,
) -> Result<Session<Box<dyn Wire>>, MailboxError> {
    let host = settings.host.trim();
    for (given, what) in [(host, "no mail server is given"), (&settings.username, "no user name is given")] {
        if given.is_empty() {
            return Err(MailboxError::NotConfigured { reason: what.to_owned() });
        }
    }
    let tcp = within(timeouts.connect, connect(settings, host)).await.unwrap_or_else(|| {
        Err(unreachable(settings, "it doesn't answer; check host and port, and that nothing blocks the way"))
    })?;
    let wire: Box<dyn Wire> = match settings.encryption {
        Encryption::None => Box::new(tcp),
        Encryption::Tls => encrypt(tcp, host, timeouts, authority).await?,
        Encryption::StartTls => {
            let plain = start_encryption(tcp, timeouts).await?;
            // The rest of the dialogue has no greeting.
            return log_in(Client::new(encrypt(plain, host, timeouts, authority).await?), settings, timeouts)
                .await;
        }
    };
    let client = greeted(wire, timeouts).await?;
    log_in(client, settings, timeouts).await
}

async fn connect(settings: &ImapSettings, host: &str) -> Result<TcpStream, MailboxError> {
    let tcp = TcpStream::connect((host, settings.port))
        .await
        .map_err(|error| unreachable(settings, &broken(&error)))?;
    let here = tcp.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
    if settings.encryption == Encryption::None && !here {
        return Err(MailboxError::NotConfigured {
            reason: "without encryption only a mail server on this machine is read".to_owned(),
        });
    }
    Ok(tcp)
}

fn unreachable(settings: &ImapSettings, reason: &str) -> MailboxError {
    MailboxError::Unreachable { host: settings.host.clone(), port: settings.port, reason: reason.to_owned() }
}

/// A client whose server has said hello. Whoever isn't an IMAP server hasn't.
async fn greeted<T: Wire>(wire: T, timeouts: &ImapTimeouts) -> Result<Client<T>, MailboxError> {
    let mut client = Client::new(wire);
    match within(timeouts.command, client.read_response()).await {
        Some(Ok(Some(_))) => Ok(client),
        Some(Ok(None)) => Err(MailboxError::Lost { step: GREETING }),
        Some(Err(error)) => Err(MailboxError::Refused { step: GREETING, reason: broken(&error) }),
        None => Err(MailboxError::TimedOut { step: GREETING }),
    }
}

async fn start_encryption(tcp: TcpStream, timeouts: &ImapTimeouts) -> Result<TcpStream, MailboxError> {
    let mut client = greeted(tcp, timeouts).await?;
    let started = within(timeouts.command, client.run_command_and_check_ok("STARTTLS", None))
        .await
        .ok_or(MailboxError::TimedOut { step: ENCRYPTING })?;
    started.map_err(|error| MailboxError::Tls {
        reason: format!("the server doesn't start it on this port ({})", said(&error)),
    })?;
    // Whatever was sent in the clear after the answer is thrown away with the client.
    Ok(client.into_inner())
}

async fn encrypt(
    tcp: TcpStream,
    host: &str,
    timeouts: &ImapTimeouts,
    authority: Option<&[u8]>,
) -> Result<Box<dyn Wire>, MailboxError> {
    let tls = |reason: String| MailboxError::Tls { reason };
    let name = ServerName::try_from(host.to_owned()).map_err(|_| tls(format!("{host} is no host name")))?;
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in authority.into_iter().flat_map(CertificateDer::pem_slice_iter) {
        let certificate = certificate.map_err(|_| tls("the authority is no PEM".to_owned()))?;
        roots.add(certificate).map_err(|error| tls(broken(&error)))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| tls(broken(&error)))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, tcp);
    let connected =
        within(timeouts.connect, connecting).await.ok_or(MailboxError::TimedOut { step: ENCRYPTING })?;
    Ok(Box::new(connected.map_err(|error| tls(broken(&error)))?))
}

async fn log_in(
    client: Client<Box<dyn Wire>>,
    settings: &ImapSettings,
    timeouts: &ImapTimeouts,
) -> Result<Session<Box<dyn Wire>>, MailboxError> {
    let answer = within(timeouts.command, client.login(&settings.username, &settings.password)).await;
    match answer.ok_or(MailboxError::TimedOut { step: SIGNING_IN })? {
        Ok(session) => Ok(session),
        Err((error @ (Error::No(_) | Error::Bad(_)), _)) => {
            Err(MailboxError::SignIn { reason: said(&error) })
        }
        Err((error, _)) => Err(failed(SIGNING_IN, &error)),
    }
}

/// `None`: it took too long, and the connection can't be used any more.
pub(super) async fn within<T>(limit: Duration, step: impl Future<Output = T>) -> Option<T> {
    timeout(limit, step).await.ok()
}
