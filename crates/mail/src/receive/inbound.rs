use chrono::{DateTime, NaiveDate, Utc};
use domain::reply::{DeliveryStatus, InboundFacts, ReportType};
use serde::{Deserialize, Serialize};

/// A mail that came in. No text holds NUL or other control characters but line breaks and tabs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// Without angle brackets, as all ids here.
    pub message_id: Option<String>,
    /// Usually one.
    pub in_reply_to: Vec<String>,
    /// Oldest first.
    pub references: Vec<String>,
    /// Address of the writer, lower case.
    pub from: Option<String>,
    /// Display name of the writer; may be empty.
    pub from_name: String,
    /// Addresses, lower case.
    pub to: Vec<String>,
    /// Addresses, lower case.
    pub cc: Vec<String>,
    /// Decoded; may be empty.
    pub subject: String,
    /// When the writer's program says it was written.
    pub date: Option<DateTime<Utc>>,
    /// The day of [`Self::date`] where the writer is; without a date, the day the last server took the mail.
    pub written_on: Option<NaiveDate>,
    /// The body as plain text, history and signature included; quoted history of HTML mail is marked with `>`.
    pub text: String,
    /// `Auto-Submitted` (RFC 3834), without parameters, lower case.
    pub auto_submitted: Option<String>,
    /// `Precedence`, lower case.
    pub precedence: Option<String>,
    /// One of the non-standard headers of automatic answers is present and isn't "no".
    pub auto_reply_header: bool,
    /// The return path is `<>`.
    pub return_path_empty: bool,
    /// `List-Id`, `List-Unsubscribe` or `List-Post` is present.
    pub list_headers: bool,
    /// Set when the mail is a report.
    pub report: Option<ReportType>,
    /// What a delivery report says of each recipient.
    pub deliveries: Vec<DeliveryStatus>,
    /// `Feedback-Type` of a complaint, lower case.
    pub feedback_type: Option<String>,
    /// Message-ID of the mail that a report is about.
    pub original_message_id: Option<String>,
    /// Recipient of the mail that a report is about, lower case.
    pub original_recipient: Option<String>,
}

impl Inbound {
    /// Message-IDs of ours that this mail may answer or report on, most telling first, each once.
    pub fn related_ids(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        let candidates =
            self.original_message_id.iter().chain(&self.in_reply_to).chain(self.references.iter().rev());
        for id in candidates {
            if !ids.contains(&id.as_str()) {
                ids.push(id.as_str());
            }
        }
        ids
    }

    /// What the rules want to know. `answers_our_mail`: one of [`Self::related_ids`] is a mail of the brand.
    pub fn facts(&self, answers_our_mail: bool) -> InboundFacts {
        InboundFacts {
            from: self.from.clone().unwrap_or_default(),
            subject: self.subject.clone(),
            text: self.text.clone(),
            auto_submitted: self.auto_submitted.clone(),
            precedence: self.precedence.clone(),
            auto_reply_header: self.auto_reply_header,
            return_path_empty: self.return_path_empty,
            report: self.report,
            deliveries: self.deliveries.clone(),
            feedback_type: self.feedback_type.clone(),
            list_headers: self.list_headers,
            answers_our_mail,
        }
    }
}
