//! SMTP submission.
//!
//! The dialogue is driven here, command by command, rather than by lettre's own transport: only then is it known
//! whether a failure came before the content went out (safe to try again) or after (unclear), and a connection whose
//! dialogue was cut short by a time-out is dropped instead of being used for the next mail.

mod answer;
mod content;
mod pool;
mod session;
mod settings;

pub use settings::{SmtpSettings, Timeouts, TlsMode};

use lettre::transport::smtp::client::Certificate;
use tokio::time::timeout;

use super::{Accepted, DeliveryError, Transport};
use crate::message::Outgoing;
use pool::Pool;

/// Delivers over SMTP, with a few connections kept open for the next mail.
#[derive(Debug)]
pub struct SmtpTransport {
    pool: Pool,
}

impl SmtpTransport {
    /// For an account, with the usual time-outs. Connects when the first mail goes out.
    pub fn new(settings: SmtpSettings) -> Self {
        Self::with_timeouts(settings, Timeouts::default())
    }

    /// For an account, with other time-outs.
    pub fn with_timeouts(settings: SmtpSettings, timeouts: Timeouts) -> Self {
        Self { pool: Pool::new(settings, timeouts, None) }
    }

    /// For an account on a server whose certificate a private authority (PEM) has signed. No setting leads here: the
    /// tests' own servers have such certificates.
    ///
    /// # Errors
    /// [`DeliveryError::NotConfigured`] when that is no certificate.
    pub fn trusting(
        settings: SmtpSettings,
        timeouts: Timeouts,
        authority: &[u8],
    ) -> Result<Self, DeliveryError> {
        let authority = Certificate::from_pem(authority)
            .map_err(|error| DeliveryError::NotConfigured { reason: error.to_string() })?;
        Ok(Self { pool: Pool::new(settings, timeouts, Some(authority)) })
    }

    /// Connects and signs in without sending anything: the connection test of the settings page.
    ///
    /// # Errors
    /// Why no mail could be sent.
    pub async fn test_connection(&self) -> Result<(), DeliveryError> {
        let lease = self.pool.lease().await?;
        lease.give_back();
        Ok(())
    }
}

#[async_trait::async_trait]
impl Transport for SmtpTransport {
    async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError> {
        let message = mail.to_message()?;
        let mut lease = self.pool.lease().await?;
        let timeouts = self.pool.timeouts();
        let words = match session::hand_over(lease.connection(), &message, timeouts).await {
            Ok(words) => words,
            Err(failure) => {
                let reset = session::reset(lease.connection());
                if failure.in_step && timeout(timeouts.command, reset).await.unwrap_or(false) {
                    lease.give_back();
                }
                return Err(failure.error);
            }
        };
        lease.give_back();
        tracing::debug!(message_id = %mail.message_id, "accepted by the mail server");
        Ok(Accepted { provider_id: if words.is_empty() { mail.message_id.clone() } else { words } })
    }
}
