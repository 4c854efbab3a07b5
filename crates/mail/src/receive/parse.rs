use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use mail_parser::{Message, MessageParser};

use super::{Inbound, ReceiveError, body, fields, report};

/// Bytes.
const LARGEST: usize = 10 * 1024 * 1024;
/// Each nested mail needs a Content-Type header, so their number bounds how deep the parser's result is nested.
const MOST_PARTS: usize = 500;
/// What programs put on automatic answers besides RFC 3834. `X-Auto-Response-Suppress` isn't one: Exchange puts it on
/// ordinary mail.
const AUTO_REPLY_HEADERS: [&str; 5] =
    ["X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Auto-Reply", "X-Mail-Autoreply"];
const LIST_HEADERS: [&str; 3] = ["List-Id", "List-Unsubscribe", "List-Post"];

/// Reads a mail as it came from the server.
///
/// # Errors
/// [`ReceiveError`]: the mail should be kept for a person to look at and not be tried again.
pub fn parse(raw: &[u8]) -> Result<Inbound, ReceiveError> {
    if raw.len() > LARGEST {
        return Err(ReceiveError::TooLarge);
    }
    let raw = without_envelope(raw);
    if occurrences(raw, b"content-type") > MOST_PARTS {
        return Err(ReceiveError::TooManyParts);
    }
    // A fault of the parser must cost one mail, not the whole mailbox that is being read.
    catch_unwind(AssertUnwindSafe(|| read(raw))).unwrap_or(Err(ReceiveError::Malformed))
}

/// Without what mailbox files and editors put before the first header: a byte order mark, blank lines, and the line
/// "From someone@example.com Thu Nov 26 …".
fn without_envelope(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let raw = raw.trim_ascii_start();
    match raw.strip_prefix(b"From ").or_else(|| raw.strip_prefix(b">From ")) {
        Some(rest) => rest.iter().position(|byte| *byte == b'\n').map_or(rest, |end| &rest[end + 1..]),
        None => raw,
    }
}

fn read(raw: &[u8]) -> Result<Inbound, ReceiveError> {
    let message = MessageParser::default().parse(raw).ok_or(ReceiveError::NotAMail)?;
    if message.headers().is_empty() {
        return Err(ReceiveError::NotAMail);
    }
    let sender = message.from().and_then(|from| from.first());
    let report = report::read(&message);
    Ok(Inbound {
        message_id: message.message_id().and_then(fields::id),
        in_reply_to: fields::ids(message.in_reply_to()),
        references: fields::ids(message.references()),
        from: sender.and_then(|sender| fields::address(sender.address()?)),
        from_name: sender.and_then(|sender| sender.name()).map(fields::line).unwrap_or_default(),
        to: fields::addresses(message.to()),
        cc: fields::addresses(message.cc()),
        subject: message.subject().map(fields::line).unwrap_or_default(),
        date: date(&message),
        written_on: written_on(&message),
        text: body::text(&message),
        auto_submitted: fields::keyword(&message, "Auto-Submitted"),
        precedence: fields::keyword(&message, "Precedence"),
        auto_reply_header: AUTO_REPLY_HEADERS
            .iter()
            .any(|name| fields::keyword(&message, name).is_some_and(|value| value != "no")),
        return_path_empty: fields::raw(&message, "Return-Path").is_some_and(|path| path == "<>"),
        list_headers: LIST_HEADERS.iter().any(|name| fields::raw(&message, name).is_some()),
        report: report.kind,
        deliveries: report.deliveries,
        feedback_type: report.feedback_type,
        original_message_id: report.original_message_id,
        original_recipient: report.original_recipient,
    })
}

fn date(message: &Message<'_>) -> Option<DateTime<Utc>> {
    let date = message.date().filter(|date| date.is_valid())?;
    DateTime::from_timestamp(date.to_timestamp(), 0)
}

/// A date in the writer's own zone.
fn written_on(message: &Message<'_>) -> Option<NaiveDate> {
    let received = || message.received().and_then(|received| received.date.as_ref());
    let date = message.date().filter(|date| date.is_valid()).or_else(received)?;
    let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
    let offset = FixedOffset::east_opt(if date.tz_before_gmt { -minutes } else { minutes } * 60)?;
    Some(DateTime::from_timestamp(date.to_timestamp(), 0)?.with_timezone(&offset).date_naive())
}

fn occurrences(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|window| window.eq_ignore_ascii_case(needle)).count()
}
