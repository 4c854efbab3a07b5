use chrono::{DateTime, TimeDelta, Utc};
use database::message::{Deferral, HandedOver, Message};
use domain::mailing::{MessageState, wait_before_retry};
use mail::deliver::{Accepted, DeliveryError};

/// Wait for a mail account that somebody has to put right.
const ACCOUNT_WAIT: TimeDelta = TimeDelta::minutes(15);

/// What one attempt to hand a mail over came to.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub message: Message,
    pub end: End,
}

/// The four ends of an attempt.
#[derive(Debug, Clone)]
pub(super) enum End {
    Sent(HandedOver),
    /// Certainly not taken; tried again.
    Again(Deferral),
    /// Refused for good.
    Refused {
        deferral: Deferral,
        recipient_fault: bool,
    },
    /// Perhaps taken.
    Unclear(Deferral),
}

impl Outcome {
    pub fn of(message: Message, answer: Result<Accepted, DeliveryError>, now: DateTime<Utc>) -> Self {
        let defer = |state, scheduled_for, reason: String| Deferral {
            message: message.id,
            state,
            scheduled_for,
            reason,
        };
        let end = match answer {
            Ok(accepted) => {
                End::Sent(HandedOver { message: message.id, provider_id: accepted.provider_id, at: now })
            }
            Err(DeliveryError::Transient { reason, retry_after }) => {
                // The claim has counted this attempt already; the row in hand is from before it.
                let attempts = message.attempts + 1;
                match wait_before_retry(attempts, message.id.0.as_u64_pair().1) {
                    Some(wait) => {
                        let asked =
                            retry_after.and_then(|wait| TimeDelta::from_std(wait).ok()).unwrap_or_default();
                        let at = now + wait.max(asked);
                        End::Again(defer(
                            MessageState::Queued,
                            Some(at),
                            format!("Tried again later: {reason}"),
                        ))
                    }
                    None => End::Refused {
                        deferral: defer(
                            MessageState::Failed,
                            None,
                            format!("Given up after {attempts} attempts: {reason}"),
                        ),
                        recipient_fault: false,
                    },
                }
            }
            Err(DeliveryError::NotConfigured { reason }) => {
                End::Again(defer(MessageState::Queued, Some(now + ACCOUNT_WAIT), reason))
            }
            Err(DeliveryError::Permanent { reason, recipient_fault }) => {
                End::Refused { deferral: defer(MessageState::Failed, None, reason), recipient_fault }
            }
            Err(DeliveryError::Unknown { reason }) => {
                End::Unclear(defer(MessageState::Unknown, None, reason))
            }
        };
        Self { message, end }
    }

    /// The claim came to nothing: the mail was never handed to the provider.
    pub fn hand_back(message: Message, now: DateTime<Utc>) -> Self {
        let deferral = Deferral {
            message: message.id,
            state: MessageState::Queued,
            scheduled_for: Some(now),
            reason: "The worker was busy; taken up again.".to_owned(),
        };
        Self { message, end: End::Again(deferral) }
    }
}
