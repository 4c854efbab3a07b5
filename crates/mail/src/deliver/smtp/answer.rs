use std::error::Error as _;
use std::time::Duration;

use domain::mailing::LONGEST_RETRY;
use domain::reply::bounce::{BounceKind, bounce_kind, enhanced_status};
use lettre::transport::smtp::Error;

use crate::deliver::{DeliveryError, tidy};

/// A full mailbox is seldom emptied within the hour.
const FULL_MAILBOX: Duration = Duration::from_secs(4 * 3600);

/// Where in the dialogue an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Connect,
    SignIn,
    Sender,
    Recipient,
    Data,
    Content,
}

/// What an error means for the mail.
pub(super) fn classify(error: &Error, phase: Phase) -> DeliveryError {
    match error.status() {
        Some(code) => refused(code.into(), &words(error), phase),
        None => broken(error, phase),
    }
}

fn refused(code: u16, words: &str, phase: Phase) -> DeliveryError {
    let answer = format!("{code} {words}");
    let reason = tidy(&answer);
    if code < 500 {
        return DeliveryError::Transient { reason, retry_after: retry_after(words) };
    }
    match phase {
        // Being turned away at the door says nothing about this mail: it stays, and somebody must act.
        Phase::Connect | Phase::SignIn => DeliveryError::NotConfigured { reason },
        Phase::Sender | Phase::Data => DeliveryError::Permanent { reason, recipient_fault: false },
        Phase::Recipient | Phase::Content => match bounce_kind(None, &answer) {
            Some(BounceKind::Soft) => DeliveryError::Transient { reason, retry_after: Some(FULL_MAILBOX) },
            Some(BounceKind::Policy) | None => DeliveryError::Permanent { reason, recipient_fault: false },
            // A bare 5xx after the content is about the content; only a precise code blames the address.
            Some(BounceKind::Hard) => DeliveryError::Permanent {
                reason,
                recipient_fault: phase == Phase::Recipient || enhanced_status(words).is_some(),
            },
        },
    }
}

fn broken(error: &Error, phase: Phase) -> DeliveryError {
    let reason = words(error);
    match phase {
        Phase::Content => DeliveryError::Unknown { reason },
        // No answer that we understand to a sign-in: the server offers no way that we know.
        Phase::SignIn if error.is_client() => DeliveryError::NotConfigured {
            reason: format!("the mail server offers no sign-in on this port: {reason}"),
        },
        Phase::Connect if error.is_tls() || encryption_fault(error).is_some() => {
            let what = encryption_fault(error).unwrap_or("encryption failed");
            DeliveryError::NotConfigured { reason: format!("{what}: {reason}") }
        }
        Phase::Connect | Phase::SignIn | Phase::Sender | Phase::Recipient | Phase::Data => {
            DeliveryError::Transient { reason, retry_after: None }
        }
    }
}

/// What is wrong with the encryption. A handshake that fails while connecting comes as a connection error.
fn encryption_fault(error: &Error) -> Option<&'static str> {
    let mut next = error.source();
    while let Some(source) = next {
        let inner = source.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        match inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(_)) => {
                return Some("the mail server's certificate can't be trusted for this host name");
            }
            Some(rustls::Error::InvalidMessage(_)) => {
                return Some(
                    "the mail server doesn't speak TLS from the start on this port: choose STARTTLS",
                );
            }
            Some(_) => return Some("encryption failed"),
            None => next = source.source(),
        }
    }
    None
}

/// The innermost words of an error: the server's own where there are any.
pub(super) fn words(error: &Error) -> String {
    tidy(&error.source().map_or_else(|| error.to_string(), ToString::to_string))
}

/// "Greylisted for 300 seconds", "try again in 5 minutes": what many servers say and no standard says how.
fn retry_after(words: &str) -> Option<Duration> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    words.windows(2).find_map(|pair| {
        let count: u64 = pair[0].parse().ok()?;
        let unit = match pair[1].trim_matches(|c: char| !c.is_alphabetic()) {
            "second" | "seconds" | "secs" | "sec" => 1,
            "minute" | "minutes" | "mins" | "min" => 60,
            "hour" | "hours" => 3600,
            _ => return None,
        };
        Some(Duration::from_secs(count.checked_mul(unit)?)).filter(|wait| *wait <= LONGEST_RETRY)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blames(code: u16, words: &str, phase: Phase) -> Option<bool> {
        match refused(code, words, phase) {
            DeliveryError::Permanent { recipient_fault, .. } => Some(recipient_fault),
            DeliveryError::Transient { .. }
            | DeliveryError::Unknown { .. }
            | DeliveryError::NotConfigured { .. } => None,
        }
    }

    #[test]
    fn only_precise_refusals_blame_the_address() {
        for (code, words, phase, expected) in [
            (550, "5.1.1 No such user", Phase::Recipient, Some(true)),
            (550, "No such user here", Phase::Recipient, Some(true)),
            (550, "5.7.1 Rejected by policy", Phase::Recipient, Some(false)),
            (554, "5.7.1 Spam message rejected", Phase::Content, Some(false)),
            (550, "Message refused", Phase::Content, Some(false)),
            (550, "5.1.1 No such user", Phase::Content, Some(true)),
            (550, "5.1.8 Sender address rejected", Phase::Sender, Some(false)),
            (550, "No such user", Phase::Sender, Some(false)),
            (552, "5.2.2 Mailbox full", Phase::Recipient, None),
            (451, "4.7.1 Greylisted", Phase::Recipient, None),
            (535, "5.7.8 Authentication failed", Phase::SignIn, None),
        ] {
            assert_eq!(blames(code, words, phase), expected, "{code} {words}");
        }
    }

    #[test]
    fn the_servers_own_waiting_time_is_read() {
        for (words, seconds) in [
            ("4.2.0 Greylisted for 300 seconds, see", Some(300)),
            ("Try again in 5 minutes.", Some(300)),
            ("rate limit, retry in 2 hours", Some(7200)),
            ("4.7.0 Try again later", None),
            ("wait 900000000000000000 hours", None),
            ("wait 99 hours", None),
        ] {
            assert_eq!(retry_after(words), seconds.map(Duration::from_secs), "{words}");
        }
    }
}
