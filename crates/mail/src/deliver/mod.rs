//! Handing a mail to a provider, and what became of it.

mod error;
mod local;
pub mod recording;
mod smtp;
mod words;
mod zeptomail;
mod zoho;

pub use error::DeliveryError;
pub use local::LocalMailbox;
pub use recording::Recording;
pub use smtp::{SmtpSettings, SmtpTransport, Timeouts, TlsMode};
pub(crate) use words::tidy;
pub use zeptomail::{ZeptoMail, ZeptoSettings};
pub use zoho::ZohoTransport;

use crate::message::Outgoing;

/// The provider has taken responsibility for the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The provider's own name for it: the queue id of an SMTP server, the id of an API. Never empty.
    pub provider_id: String,
}

/// A way to deliver mail.
///
/// One call is one attempt. The caller decides about retries; an error says whether one is safe.
#[async_trait::async_trait]
pub trait Transport: Send + Sync {
    /// Tries to hand the mail over, once.
    ///
    /// # Errors
    /// [`DeliveryError`]; only [`DeliveryError::Unknown`] means that the provider may have the mail all the same.
    async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError>;
}
