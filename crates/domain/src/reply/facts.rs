use serde::{Deserialize, Serialize};

use crate::closed_set;

closed_set! {
    /// The `report-type` of a `multipart/report` (RFC 6522).
    pub enum ReportType {
        /// RFC 3464: what became of a mail of ours.
        DeliveryStatus = "delivery-status", "Delivery report";
        /// RFC 5965: somebody pressed "this is spam".
        FeedbackReport = "feedback-report", "Feedback report";
        /// RFC 8098: a read receipt.
        DispositionNotification = "disposition-notification", "Read receipt";
    }
}

/// One recipient's block of a delivery report (RFC 3464 §2.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryStatus {
    /// `Final-Recipient`, without the address type.
    pub recipient: String,
    /// `Action`: failed, delayed, delivered, relayed or expanded.
    pub action: String,
    /// `Status`: the enhanced status code (RFC 3463), such as `5.1.1`.
    pub status: Option<String>,
    /// `Diagnostic-Code`: the remote server's words.
    pub diagnostic: Option<String>,
}

/// What the rules need to know of a mail that came in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundFacts {
    /// Address of the writer, lower case, without a display name.
    pub from: String,
    /// Decoded subject.
    pub subject: String,
    /// Plain text of the body. Quoted history and signatures may still be there: the rules cut them.
    pub text: String,
    /// `Auto-Submitted` (RFC 3834).
    pub auto_submitted: Option<String>,
    /// `Precedence`.
    pub precedence: Option<String>,
    /// One of `X-Autoreply`, `X-Autorespond`, `X-Autoresponse`, `X-Auto-Reply`, `X-Mail-Autoreply` is present and
    /// isn't "no". `X-Auto-Response-Suppress` doesn't count: Exchange puts it on ordinary mail too.
    pub auto_reply_header: bool,
    /// The return path is `<>`.
    pub return_path_empty: bool,
    /// Set when the mail is a `multipart/report`.
    pub report: Option<ReportType>,
    /// The recipients' blocks of a delivery report.
    pub deliveries: Vec<DeliveryStatus>,
    /// `Feedback-Type` of a feedback report: abuse, fraud, opt-out, not-spam …
    pub feedback_type: Option<String>,
    /// `List-Id`, `List-Unsubscribe` or `List-Post` is present.
    pub list_headers: bool,
    /// `In-Reply-To` or `References` names a mail that the brand sent.
    pub answers_our_mail: bool,
}
