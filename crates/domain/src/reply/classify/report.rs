//! Mails that machines wrote about our mails.

use crate::reply::bounce::{BounceKind, bounce_kind};
use crate::reply::{InboundFacts, InboundKind, Intent, ReportType};

use super::Classification;

/// The classification of a delivery report, complaint, read receipt or bounce in prose.
pub(super) fn report(facts: &InboundFacts) -> Option<Classification> {
    match facts.report {
        Some(ReportType::FeedbackReport) => {
            let kind = facts.feedback_type.as_deref().unwrap_or("abuse").trim().to_ascii_lowercase();
            Some(match kind.as_str() {
                "not-spam" => {
                    Classification::new(InboundKind::Other, Intent::Other, 0.95, "feedback report: not-spam")
                }
                "opt-out" | "opt-out-list" => Classification::new(
                    InboundKind::Complaint,
                    Intent::Unsubscribe,
                    0.97,
                    "feedback report: opt-out",
                ),
                _ => Classification::new(
                    InboundKind::Complaint,
                    Intent::Complaint,
                    0.98,
                    format!("feedback report: {kind}"),
                ),
            })
        }
        Some(ReportType::DispositionNotification) => {
            Some(Classification::new(InboundKind::AutoReply, Intent::Other, 0.95, "read receipt"))
        }
        Some(ReportType::DeliveryStatus) => Some(delivery_report(facts)),
        None => undeclared_bounce(facts),
    }
}

fn delivery_report(facts: &InboundFacts) -> Classification {
    let failed =
        facts.deliveries.iter().find(|delivery| delivery.action.trim().eq_ignore_ascii_case("failed"));
    let harmless = facts.deliveries.iter().all(|delivery| {
        ["delayed", "delivered", "relayed", "expanded"]
            .iter()
            .any(|action| delivery.action.trim().eq_ignore_ascii_case(action))
    });
    if failed.is_none() && harmless && !facts.deliveries.is_empty() {
        return Classification::new(InboundKind::Other, Intent::Other, 0.95, "delivery report: not failed");
    }
    let (status, diagnostic) = match failed.or(facts.deliveries.first()) {
        Some(delivery) => (delivery.status.as_deref(), delivery.diagnostic.as_deref().unwrap_or("")),
        None => (None, ""),
    };
    let words = if diagnostic.is_empty() && status.is_none() { facts.text.as_str() } else { diagnostic };
    bounce(
        bounce_kind(status, words),
        0.97,
        format!("delivery report: {} {diagnostic}", status.unwrap_or("no status")),
    )
}

/// Servers that answer in prose.
fn undeclared_bounce(facts: &InboundFacts) -> Option<Classification> {
    const SUBJECTS: &[&str] = &[
        "undeliverable",
        "undelivered mail",
        "delivery status notification (failure)",
        "mail delivery failed",
        "delivery failure",
        "failure notice",
        "returned mail",
        "mail delivery subsystem",
        "delivery has failed",
        "message not delivered",
        "could not be delivered",
    ];
    let subject = facts.subject.to_ascii_lowercase();
    let local = facts.from.split('@').next().unwrap_or("").to_ascii_lowercase();
    let server = matches!(local.as_str(), "mailer-daemon" | "postmaster" | "mail-daemon" | "mailerdaemon")
        || (facts.return_path_empty && facts.from.is_empty());
    let says = SUBJECTS.iter().any(|words| subject.contains(words));
    (server && says && !subject.contains("delay")).then(|| {
        let confidence = if facts.return_path_empty { 0.9 } else { 0.8 };
        bounce(bounce_kind(None, &facts.text), confidence, format!("bounce in words: {}", facts.subject))
    })
}

fn bounce(kind: Option<BounceKind>, confidence: f32, reason: String) -> Classification {
    let mut found = Classification::new(InboundKind::Bounce, Intent::Bounce, confidence, clip(reason.trim()));
    found.bounce = Some(kind.unwrap_or(BounceKind::Soft));
    found
}

/// Server messages can run to pages; the receipt needs a line.
fn clip(reason: &str) -> String {
    let line: String = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(200).collect()
}
