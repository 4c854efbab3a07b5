//! The recipients a delivery report gives up on.

use super::bounce::{BounceKind, bounce_kind, enhanced_status};
use super::{DeliveryStatus, InboundFacts};

/// A recipient who did not get the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedRecipient {
    /// Lower case.
    pub address: String,
    /// The enhanced status code (RFC 3463): the report's, or the one in the server's words. Never a success.
    pub status: Option<String>,
    /// Whose fault it is.
    pub kind: BounceKind,
    /// The server's words.
    pub diagnostic: Option<String>,
}

/// Those recipients of a report that failed for good or were refused, in the report's order. A delay, a delivery and a
/// hand-over to another system are no failures.
pub fn failed_recipients(facts: &InboundFacts) -> Vec<FailedRecipient> {
    facts.deliveries.iter().filter(|delivery| has_failed(delivery)).map(failed).collect()
}

/// Whether a recipient's block says that the mail did not arrive. Blocks without an action count by their status.
pub(super) fn has_failed(delivery: &DeliveryStatus) -> bool {
    match delivery.action.trim().to_ascii_lowercase().as_str() {
        "failed" => true,
        "delayed" | "delivered" | "relayed" | "expanded" => false,
        _ => reported(delivery).is_none_or(|code| !matches!(code.class, 2 | 4)),
    }
}

fn reported(delivery: &DeliveryStatus) -> Option<super::bounce::EnhancedStatus> {
    delivery.status.as_deref().and_then(enhanced_status)
}

fn failed(delivery: &DeliveryStatus) -> FailedRecipient {
    let words = delivery.diagnostic.as_deref().unwrap_or("");
    let code = reported(delivery).or_else(|| enhanced_status(words)).filter(|code| code.class != 2);
    FailedRecipient {
        address: delivery.recipient.clone(),
        status: code.map(|code| format!("{}.{}.{}", code.class, code.subject, code.detail)),
        kind: bounce_kind(delivery.status.as_deref(), words).unwrap_or(BounceKind::Soft),
        diagnostic: delivery.diagnostic.clone(),
    }
}
