//! Mails that machines wrote about our mails.

use crate::reply::bounce::{BounceKind, bounce_kind};
use crate::reply::failed::has_failed;
use crate::reply::prose::{Prose, prose_report};
use crate::reply::{InboundFacts, InboundKind, Intent, ReportType};

use super::Classification;

/// The classification of a delivery report, complaint, read receipt or bounce in prose.
pub(super) fn report(facts: &InboundFacts) -> Option<Classification> {
    match facts.report {
        Some(ReportType::FeedbackReport) => {
            let kind = facts.feedback_type.as_deref().unwrap_or("abuse").trim().to_ascii_lowercase();
            Some(match kind.as_str() {
                // Nobody complained: the opposite, or a report on our SPF, DKIM and DMARC records.
                "not-spam" | "auth-failure" | "dkim" => Classification::new(
                    InboundKind::Other,
                    Intent::Other,
                    0.95,
                    format!("feedback report: {kind}"),
                ),
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
        None => undeclared_bounce(facts).or_else(|| statistics(facts)),
    }
}

fn delivery_report(facts: &InboundFacts) -> Classification {
    let failed: Vec<_> = facts.deliveries.iter().filter(|delivery| has_failed(delivery)).collect();
    if failed.is_empty() && !facts.deliveries.is_empty() {
        return Classification::new(InboundKind::Other, Intent::Other, 0.95, "delivery report: not failed");
    }
    let (status, diagnostic) = match failed.first() {
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
    match prose_report(&facts.from, &facts.subject, &facts.text, facts.return_path_empty)? {
        Prose::Delayed => {
            Some(Classification::new(InboundKind::Other, Intent::Other, 0.9, "delivery report: not failed"))
        }
        Prose::Failed => {
            let confidence = if facts.return_path_empty { 0.9 } else { 0.8 };
            let reason = format!("bounce in words: {}", facts.subject);
            Some(bounce(bounce_kind(None, &facts.text), confidence, reason))
        }
    }
}

/// Reports about a domain (RFC 7489): read by other tools.
fn statistics(facts: &InboundFacts) -> Option<Classification> {
    let subject = facts.subject.trim().to_ascii_lowercase();
    (subject.starts_with("report domain:") && subject.contains("submitter:"))
        .then(|| Classification::new(InboundKind::Other, Intent::Other, 0.95, "DMARC aggregate report"))
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
