use domain::reply::{DeliveryStatus, ReportType};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::fields;
use super::prose::{self, Envelope};

/// Recipients of one report.
const MOST: usize = 100;

/// What a report says, as far as the mail is one.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub kind: Option<ReportType>,
    pub deliveries: Vec<DeliveryStatus>,
    pub feedback_type: Option<String>,
    pub original_message_id: Option<String>,
    pub original_recipient: Option<String>,
}

/// Reads delivery reports (RFC 3464), complaints (RFC 5965) and receipts (RFC 8098), and the delivery reports of
/// servers that follow no standard but name the recipient in `X-Failed-Recipients`.
pub(super) fn read(message: &Message<'_>) -> Report {
    let mut report = Report { kind: declared(message), ..Report::default() };
    for part in &message.parts {
        match media_type(part).as_str() {
            "message/delivery-status" | "message/global-delivery-status" => {
                report.kind.get_or_insert(ReportType::DeliveryStatus);
                report.deliveries.extend(deliveries(&blocks(part)));
            }
            "message/feedback-report" => {
                report.kind.get_or_insert(ReportType::FeedbackReport);
                complaint(&blocks(part), &mut report);
            }
            "message/disposition-notification" => {
                report.kind.get_or_insert(ReportType::DispositionNotification);
                let blocks = blocks(part);
                let id = blocks.iter().find_map(|block| field(block, "original-message-id"));
                report.original_message_id = id.and_then(fields::id);
            }
            _ => {}
        }
    }
    report.deliveries.truncate(MOST);
    without_standard(message, &mut report);
    if report.kind.is_some() {
        original(message, &mut report);
    }
    report
}

/// The type the mail itself names.
fn declared(message: &Message<'_>) -> Option<ReportType> {
    let content_type = message.content_type()?;
    if !(content_type.ctype().eq_ignore_ascii_case("multipart")
        && content_type.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report")))
    {
        return None;
    }
    content_type.attribute("report-type")?.trim().to_ascii_lowercase().parse().ok()
}

fn media_type(part: &MessagePart<'_>) -> String {
    part.content_type()
        .map(|content_type| {
            format!("{}/{}", content_type.ctype(), content_type.subtype().unwrap_or_default())
        })
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// One group of fields: lower-case names and unfolded values.
type Block = Vec<(String, String)>;

/// The groups of fields of a report, separated by blank lines.
fn blocks(part: &MessagePart<'_>) -> Vec<Block> {
    let text = String::from_utf8_lossy(part.contents());
    let mut blocks: Vec<Block> = vec![Block::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            blocks.push(Block::new());
            continue;
        }
        let Some(block) = blocks.last_mut() else { continue };
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = block.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            block.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn field<'block>(block: &'block Block, name: &str) -> Option<&'block str> {
    block.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// `rfc822; someone@example.com` without its type.
fn untyped(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim()
}

fn deliveries(blocks: &[Block]) -> Vec<DeliveryStatus> {
    let described = blocks.iter().take(MOST).filter_map(|block| {
        let recipient = field(block, "original-recipient").or_else(|| field(block, "final-recipient"))?;
        let last = field(block, "final-recipient").unwrap_or(recipient);
        let recipient = fields::address(untyped(last)).or_else(|| fields::address(untyped(recipient)))?;
        Some(DeliveryStatus {
            recipient,
            action: fields::line(field(block, "action").unwrap_or_default()).to_lowercase(),
            status: field(block, "status").map(fields::line).filter(|status| !status.is_empty()),
            diagnostic: field(block, "diagnostic-code").map(fields::line).filter(|words| !words.is_empty()),
        })
    });
    described.collect()
}

fn complaint(blocks: &[Block], report: &mut Report) {
    let of = |name: &str| blocks.iter().find_map(|block| field(block, name));
    report.feedback_type = of("feedback-type").map(|kind| fields::line(kind).to_lowercase());
    report.original_recipient = of("original-rcpt-to").map(untyped).and_then(fields::address);
}

fn without_standard(message: &Message<'_>, report: &mut Report) {
    if report.kind.is_some() && !report.deliveries.is_empty() || report.feedback_type.is_some() {
        return;
    }
    let sender = message.from().and_then(|from| from.first());
    let from = sender.and_then(|sender| sender.address().or_else(|| sender.name())).unwrap_or_default();
    let subject = message.subject().unwrap_or_default();
    if is_junk_mail_report(from, subject) {
        report.kind = Some(ReportType::FeedbackReport);
        report.feedback_type = Some("abuse".to_owned());
        return;
    }
    let named = fields::raw(message, "X-Failed-Recipients").unwrap_or_default();
    let named: Vec<String> = named.split(',').take(MOST).filter_map(fields::address).collect();
    let envelope = Envelope {
        from,
        to: &fields::addresses(message.to()),
        subject,
        return_path_empty: fields::raw(message, "Return-Path").is_some_and(|path| path == "<>"),
        named: &named,
    };
    // A declared report without its machine-readable part is read in its words, whatever its subject.
    let Some(found) = prose::read(&envelope, &super::body::text(message)) else {
        return;
    };
    if !found.deliveries.is_empty() {
        report.kind.get_or_insert(ReportType::DeliveryStatus);
        report.deliveries = found.deliveries;
    }
    report.original_message_id = found.message_id;
}

/// Microsoft's reports to senders in the Junk Mail Reporting Program follow no standard.
fn is_junk_mail_report(from: &str, subject: &str) -> bool {
    let from = from.to_ascii_lowercase();
    let domain = from.rsplit('@').next().unwrap_or("");
    matches!(domain, "hotmail.com" | "outlook.com" | "microsoft.com")
        && subject.trim().to_ascii_lowercase().starts_with("complaint about message from")
}

/// The mail that the report is about: returned whole or only its headers.
fn original(message: &Message<'_>, report: &mut Report) {
    for part in &message.parts {
        let (id, recipients) = match &part.body {
            PartType::Message(returned) => {
                (returned.message_id().map(str::to_owned), fields::addresses(returned.to()))
            }
            PartType::Text(_) | PartType::Html(_) | PartType::Binary(_) | PartType::InlineBinary(_)
                if matches!(
                    media_type(part).as_str(),
                    "text/rfc822-headers" | "message/rfc822-headers" | "message/global-headers"
                ) =>
            {
                match MessageParser::default().parse_headers(part.contents()) {
                    Some(headers) => {
                        (headers.message_id().map(str::to_owned), fields::addresses(headers.to()))
                    }
                    None => continue,
                }
            }
            PartType::Text(_)
            | PartType::Html(_)
            | PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Multipart(_) => continue,
        };
        if report.original_message_id.is_none() {
            report.original_message_id = id.as_deref().and_then(fields::id);
        }
        if report.original_recipient.is_none() {
            report.original_recipient = recipients.into_iter().next();
        }
    }
    if report.original_recipient.is_none() {
        report.original_recipient = junk_mail_recipient(message);
    }
    if report.original_recipient.is_none() {
        report.original_recipient = report.deliveries.first().map(|delivery| delivery.recipient.clone());
    }
}

/// The recipient whom Microsoft names in the returned mail's head.
fn junk_mail_recipient(message: &Message<'_>) -> Option<String> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(returned) => {
            fields::raw(returned, "X-HmXmrOriginalRecipient").as_deref().and_then(fields::address)
        }
        PartType::Text(_)
        | PartType::Html(_)
        | PartType::Binary(_)
        | PartType::InlineBinary(_)
        | PartType::Multipart(_) => None,
    })
}
