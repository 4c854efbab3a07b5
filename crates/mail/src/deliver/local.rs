use super::{Accepted, DeliveryError, Transport};
use crate::message::Outgoing;

/// The mailbox inside the application, for the demo and for brands without a mail account: the row of the outbox is
/// the mail, so there is nothing to do but to accept it.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalMailbox;

#[async_trait::async_trait]
impl Transport for LocalMailbox {
    /// Accepts whatever could go over the wire, so that a mail that works here works with a provider too.
    async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError> {
        mail.to_message()?;
        Ok(Accepted { provider_id: format!("local-{}", mail.message_id.trim_matches(['<', '>'])) })
    }
}
