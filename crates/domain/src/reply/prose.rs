//! Mail servers that report in prose instead of RFC 3464.

/// What such a report says of the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prose {
    Failed,
    /// The server goes on trying.
    Delayed,
}

/// Subjects of reports, small letters.
#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "undeliverable", "undelivered mail", "delivery status notification", "mail delivery failed", "delivery failure",
    "email delivery failure", "failure notice", "failure notification", "returned mail", "mail delivery subsystem",
    "delivery has failed", "not delivered", "could not be delivered", "mail system error", "message you sent blocked",
    "unzustellbar", "nicht zugestellt", "non remis", "non délivré", "message delayed", "delivery delayed", "mail delivery",
    "delivery notification", "delivery report", "warning: message",
];
/// Openings of reports, small letters.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "this is the qmail-send program", "this message was created automatically by mail delivery software",
    "i'm sorry to have to inform you that your message could not", "we were unable to deliver your message",
    "unable to deliver your message", "delivery to the following recipient", "did not reach the following recipient",
    "delivery has failed to these recipients", "this is the mail system at host", "had permanent fatal errors",
    "could not be delivered to one or more",
];
#[rustfmt::skip]
const DELAYS: &[&str] = &["delay", "warning: message", "warning: could not send", "delivery incomplete", "still being retried"];

/// Whether a mail is a delivery report in prose. `from`: the writer's address or what stands in its place, in any
/// case. A person who forwards a report writes under their own address and return path.
pub fn prose_report(from: &str, subject: &str, text: &str, return_path_empty: bool) -> Option<Prose> {
    let subject = subject.to_lowercase();
    let from = from.to_lowercase();
    let local = from.split('@').next().unwrap_or("").trim();
    let server = matches!(
        local,
        "mailer-daemon"
            | "postmaster"
            | "mail-daemon"
            | "mailerdaemon"
            | "mailer_daemon"
            | "mail delivery subsystem"
    );
    if !server && !(return_path_empty && (from.is_empty() || local.starts_with("bounce"))) {
        return None;
    }
    let start: String = text.chars().take(1_500).collect::<String>().to_lowercase();
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = |phrases: &[&str], text: &str| phrases.iter().any(|phrase| text.contains(phrase));
    if !says(SUBJECTS, &subject) && !says(OPENINGS, &start) {
        return None;
    }
    let delayed = says(DELAYS, &subject) || start.contains("has not yet been delivered");
    Some(if delayed { Prose::Delayed } else { Prose::Failed })
}
