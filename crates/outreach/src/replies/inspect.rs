use chrono::NaiveDate;
use domain::pipeline::StageKind;
use domain::reply::bounce::BounceKind;
use domain::reply::{
    EffectFacts, FailedRecipient, InboundKind, Intent, classify, effect, failed_recipients, visible_text,
};
use mail::receive::{ReceiveError, parse};
use serde::Serialize;

/// How a mail is read, for a person who wonders why. The keys are an interface of `server inspect-mail`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    pub kind: InboundKind,
    pub intent: Intent,
    /// Share 0–1.
    pub confidence: f64,
    /// Which header or words decided.
    pub reason: String,
    /// Ids are without angle brackets.
    pub message_id: Option<String>,
    /// The mail it answers or reports on, by its own account.
    pub matched_message_id: Option<String>,
    /// Everything it may answer or report on, most telling first.
    pub related_message_ids: Vec<String>,
    pub from: Option<String>,
    pub subject: String,
    pub failed_recipients: Vec<Failure>,
    /// First day back, of an out-of-office notice.
    pub return_date: Option<NaiveDate>,
    /// Whom to write to instead.
    pub referral: Option<String>,
    /// Without quoted history and signature.
    pub visible_text: String,
    /// A person reads it before, or after, anything follows.
    pub needs_review: bool,
}

/// A recipient who did not get the mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    pub address: String,
    /// Enhanced status code, as `5.1.1`.
    pub status: Option<String>,
    /// The address is not to be mailed again.
    pub hard: bool,
    pub class: BounceKind,
    /// The server's words.
    pub diagnostic: Option<String>,
}

impl From<FailedRecipient> for Failure {
    fn from(failed: FailedRecipient) -> Self {
        Self {
            address: failed.address,
            status: failed.status,
            hard: failed.kind == BounceKind::Hard,
            class: failed.kind,
            diagnostic: failed.diagnostic,
        }
    }
}

/// Reads a raw mail as [`super::receive_raw`] does, without looking at or changing anything else: a mail that names
/// another one is taken to answer a mail of ours. `today` is the day to read "next Monday" from; left out, the mail's
/// own, and `otherwise` when it has none.
///
/// # Errors
/// [`ReceiveError`]: what was given is no mail.
pub fn inspect(
    raw: &[u8],
    today: Option<NaiveDate>,
    otherwise: NaiveDate,
) -> Result<Inspection, ReceiveError> {
    let mail = parse(raw)?;
    let today = today.or(mail.written_on).unwrap_or(otherwise);
    let related: Vec<String> = mail.related_ids().into_iter().map(str::to_owned).collect();
    let facts = mail.facts(!related.is_empty());
    let found = classify(&facts, today);
    let follows = effect(&found, &EffectFacts { today, stage: StageKind::Outreach, soft_bounces: 1 });
    let failures = if found.kind == InboundKind::Bounce { failed_recipients(&facts) } else { Vec::new() };
    Ok(Inspection {
        kind: found.kind,
        intent: found.intent,
        // As written in the rules: 0.9, not 0.8999999761581421.
        confidence: (f64::from(found.confidence) * 1000.0).round() / 1000.0,
        reason: found.reason,
        message_id: mail.message_id,
        matched_message_id: related.first().cloned(),
        related_message_ids: related,
        from: mail.from,
        subject: mail.subject,
        failed_recipients: failures.into_iter().map(Failure::from).collect(),
        return_date: found.return_date,
        referral: found.referral,
        visible_text: visible_text(&mail.text),
        needs_review: follows.needs_review,
    })
}
