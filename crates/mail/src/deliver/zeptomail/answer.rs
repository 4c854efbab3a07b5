use std::time::Duration;

use serde::Deserialize;

use crate::deliver::{Accepted, DeliveryError, tidy};
use crate::http::Answer;

/// The daily limit is given back in the course of the next day.
const DAY_LIMIT: Duration = Duration::from_secs(4 * 3600);

#[derive(Deserialize)]
struct Success {
    request_id: String,
}

#[derive(Deserialize)]
struct Failure {
    error: Error,
}

#[derive(Deserialize)]
struct Error {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Vec<Detail>,
}

#[derive(Deserialize, Default)]
struct Detail {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    target_value: Option<String>,
}

/// What an answer means for the mail to this recipient.
pub(super) fn read(answer: &Answer, recipient: &str) -> Result<Accepted, DeliveryError> {
    if let Ok(Failure { error }) = serde_json::from_slice(&answer.body) {
        return Err(refused(answer, &error, recipient));
    }
    if answer.is_success() {
        let parsed: Result<Success, _> = serde_json::from_slice(&answer.body);
        return match parsed {
            Ok(success) if !success.request_id.trim().is_empty() => {
                Ok(Accepted { provider_id: tidy(&success.request_id) })
            }
            // A 2xx says that it was taken, an answer that isn't theirs that it wasn't they who took it.
            Ok(_) | Err(_) => Err(DeliveryError::Unknown {
                reason: format!("ZeptoMail answered {} without an id", answer.status),
            }),
        };
    }
    Err(by_status(answer, &format!("ZeptoMail answered {}", answer.status)))
}

/// What the answer to a call without a mail says about the token: a complaint about the missing mail is a yes.
pub(super) fn token_is_known(answer: &Answer) -> Result<(), DeliveryError> {
    match serde_json::from_slice::<Failure>(&answer.body) {
        Ok(Failure { error }) => match refused(answer, &error, "") {
            DeliveryError::Permanent { .. } if error.code.starts_with("TM_") => Ok(()),
            DeliveryError::Unknown { reason } => Err(DeliveryError::Transient { reason, retry_after: None }),
            error => Err(error),
        },
        Err(_) => match by_status(answer, &format!("ZeptoMail answered {}", answer.status)) {
            error @ (DeliveryError::NotConfigured { .. } | DeliveryError::Transient { .. }) => Err(error),
            DeliveryError::Permanent { reason, .. } | DeliveryError::Unknown { reason } => {
                Err(DeliveryError::NotConfigured {
                    reason: format!("that wasn't ZeptoMail's answer: {reason}"),
                })
            }
        },
    }
}

/// The codes of the vendor's list.
fn refused(answer: &Answer, error: &Error, recipient: &str) -> DeliveryError {
    let none = Detail::default();
    let detail = error.details.first().unwrap_or(&none);
    let said = if detail.message.is_empty() { &error.message } else { &detail.message };
    let codes = format!("{} {}", error.code, detail.code);
    let reason = tidy(&format!("{said} ({})", codes.trim()));
    let not_configured = |what: &str| DeliveryError::NotConfigured { reason: format!("{what}: {reason}") };
    let ours = || DeliveryError::Permanent { reason: reason.clone(), recipient_fault: false };
    match (error.code.as_str(), detail.code.as_str()) {
        (_, code) if answer.status == 429 && code != "SMI_115" => by_status(answer, &reason),
        (_, "SERR_157") => not_configured("ZeptoMail doesn't know the Send Mail Token"),
        (_, "SM_111") => not_configured("the sender's domain isn't verified in the Mail Agent"),
        (_, "SM_128") => not_configured("ZeptoMail hasn't approved the account yet"),
        (_, "SM_133") => not_configured("the limit of the trial account is used up"),
        (_, "SERR_156") => not_configured("this server's address isn't among the allowed IP addresses"),
        (_, "AE_101") => not_configured("ZeptoMail has blocked the account"),
        (_, "LE_101" | "LE_102") => not_configured("the account has no credits left"),
        (_, "SMI_115") => DeliveryError::Transient {
            reason: format!("the day's limit of the account is used up: {reason}"),
            retry_after: Some(answer.retry_after.map_or(DAY_LIMIT, |wait| wait.max(DAY_LIMIT))),
        },
        (_, "SM_113") => match detail.target.as_str() {
            "to" if blames(detail, recipient) => DeliveryError::Permanent { reason, recipient_fault: true },
            "from" | "reply_to" | "bounce_address" => {
                not_configured("ZeptoMail doesn't take one of the brand's own addresses")
            }
            _ => ours(),
        },
        ("TM_3201" | "TM_3301" | "TM_3501" | "TM_8001", _) => ours(),
        ("TM_3601", _) => not_configured("the account may not send"),
        _ => by_status(answer, &reason),
    }
}

/// Only an error that names this very recipient is the address's fault; a bare "invalid value" may be ours.
fn blames(detail: &Detail, recipient: &str) -> bool {
    !recipient.is_empty()
        && detail.target_value.as_deref().is_some_and(|value| value.trim().eq_ignore_ascii_case(recipient))
}

fn by_status(answer: &Answer, reason: &str) -> DeliveryError {
    let reason = reason.to_owned();
    match answer.status {
        401 | 403 => DeliveryError::NotConfigured {
            reason: format!("ZeptoMail refuses the Send Mail Token: {reason}"),
        },
        300..=399 | 404 | 405 => DeliveryError::NotConfigured {
            reason: format!("the API isn't there: check the region: {reason}"),
        },
        // Something between us and ZeptoMail gave up waiting: nobody knows how far the mail came.
        408 | 502 | 504 | 520..=599 => DeliveryError::Unknown { reason },
        429 | 500..=519 => DeliveryError::Transient { reason, retry_after: answer.retry_after },
        // A success with an error in it that isn't on the list.
        200..=299 => DeliveryError::Unknown { reason },
        _ => DeliveryError::Permanent { reason, recipient_fault: false },
    }
}
