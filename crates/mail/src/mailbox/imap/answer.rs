//! What servers and the network say, in words that may be shown.

use async_imap::error::Error;

use crate::deliver::tidy;
use crate::mailbox::MailboxError;

/// What went wrong during a step.
pub(super) fn failed(step: &'static str, error: &Error) -> MailboxError {
    match error {
        Error::ConnectionLost => MailboxError::Lost { step },
        Error::Io(cause) if is_end(cause.kind()) => MailboxError::Lost { step },
        other => MailboxError::Refused { step, reason: said(other) },
    }
}

/// The connection is gone, whichever way the system puts it.
pub(super) fn is_end(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind;
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::NotConnected
    )
}

/// What a server said, or why it wasn't understood.
pub(super) fn said(error: &Error) -> String {
    match error {
        Error::No(text) | Error::Bad(text) => without_addresses(&information(text)),
        Error::Validate(_) => "a line break has no place there".to_owned(),
        // The parser's errors quote what it read: somebody's mail.
        Error::Io(_) | Error::Parse(_) => "it isn't IMAP as the standard has it".to_owned(),
        other => broken(other),
    }
}

/// An error in one line, without addresses and the full stop.
pub(super) fn broken(error: &impl std::fmt::Display) -> String {
    without_addresses(&error.to_string())
}

/// The server's own words in the library's debug form: `code: None, info: Some("Mailbox doesn't exist")`.
fn information(text: &str) -> String {
    let quoted = text.split_once("Some(\"").filter(|(before, _)| before.trim_end().ends_with("info:"));
    let inside = quoted
        .map(|(_, rest)| rest)
        .or_else(|| text.split_once("information: Some(\"").map(|(_, rest)| rest))
        .and_then(|rest| rest.rsplit_once("\")").map(|(inside, _)| inside));
    match inside {
        Some(inside) => inside.replace("\\'", "'").replace("\\\"", "\""),
        None => "it says no".to_owned(),
    }
}

fn without_addresses(text: &str) -> String {
    let words = text.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    tidy(&words.collect::<Vec<_>>().join(" ")).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_server_hold_no_address_and_no_debug_form() {
        for (given, expected) in [
            ("code: None, info: Some(\"Mailbox doesn't exist: Replies\")", "Mailbox doesn't exist: Replies"),
            (
                "outcome: ResponseOutcome { code: None, information: Some(\"Mailbox doesn\\'t exist.\") }",
                "Mailbox doesn't exist",
            ),
            ("code: None, info: Some(\"user asha@codeteki.au is locked\")", "user … is locked"),
            ("code: None, info: None", "it says no"),
        ] {
            assert_eq!(said(&Error::No(given.to_owned())), expected);
        }
    }

    #[test]
    fn a_broken_connection_is_told_from_a_bad_answer() {
        let end = Error::Io(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
        assert_eq!(failed("reading", &end), MailboxError::Lost { step: "reading" });
        let odd = Error::Io(std::io::Error::other("Subject: secret"));
        let MailboxError::Refused { reason, .. } = failed("reading", &odd) else { panic!("not refused") };
        assert!(!reason.contains("secret"));
    }
}
