use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use chrono::{DateTime, Utc};
use domain::contact::EmailAddress;
use mail::receive::Inbound;
use outreach::Environment;
use outreach::replies::{receive, receive_raw};
use serde::Deserialize;
use serde_json::Value;

use super::answer::{WebhookError, outcome, read};
use super::secrets::Authorised;

const AUTO_REPLY_HEADERS: [&str; 5] =
    ["x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply", "x-mail-autoreply"];
const LIST_HEADERS: [&str; 3] = ["list-id", "list-unsubscribe", "list-post"];

/// A reply in fields. Ids come with or without angle brackets.
#[derive(Deserialize)]
struct Reply {
    /// `priya@example.com` or `Priya Sharma <priya@example.com>`.
    from_email: String,
    #[serde(default)]
    to_email: String,
    #[serde(default)]
    subject: String,
    body: String,
    message_id: Option<String>,
    in_reply_to: Option<String>,
    /// Separated by blanks, oldest first.
    references: Option<String>,
    received_at: Option<DateTime<Utc>>,
    /// Further headers by name, such as `Auto-Submitted`.
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

/// A reply, in fields (JSON) or as it came over the wire (`message/rfc822`).
pub async fn reply(
    State(environment): State<Environment>,
    Authorised(brand): Authorised,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, WebhookError> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let received = if kind.starts_with("message/rfc822") {
        receive_raw(&environment, brand.id, &body).await?
    } else {
        receive(&environment, brand.id, &inbound(read(&body)?)?).await?
    };
    Ok(outcome(&received))
}

fn inbound(reply: Reply) -> Result<Inbound, WebhookError> {
    let from = EmailAddress::parse(&reply.from_email)
        .map_err(|error| WebhookError::Bad(format!("from_email can't be read: {error}.")))?;
    let header = |name: &str| {
        let found = reply.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let keyword = |name: &str| header(name).map(|value| value.to_lowercase());
    let ids = |field: &Option<String>, name: &str| -> Vec<String> {
        let listed = field.clone().or_else(|| header(name)).unwrap_or_default();
        listed.split_whitespace().map(bare).filter(|id| !id.is_empty()).collect()
    };
    Ok(Inbound {
        message_id: ids(&reply.message_id, "Message-ID").into_iter().next(),
        in_reply_to: ids(&reply.in_reply_to, "In-Reply-To"),
        references: ids(&reply.references, "References"),
        from: Some(from.as_str().to_owned()),
        from_name: display_name(&reply.from_email),
        to: EmailAddress::parse(&reply.to_email).into_iter().map(String::from).collect(),
        date: reply.received_at,
        auto_submitted: keyword("Auto-Submitted"),
        precedence: keyword("Precedence"),
        auto_reply_header: AUTO_REPLY_HEADERS
            .iter()
            .any(|name| keyword(name).is_some_and(|value| value != "no")),
        return_path_empty: header("Return-Path").is_some_and(|path| path == "<>"),
        list_headers: LIST_HEADERS.iter().any(|name| header(name).is_some()),
        subject: clean(&reply.subject).replace('\n', " "),
        text: clean(&reply.body),
        ..Inbound::default()
    })
}

fn bare(id: &str) -> String {
    id.trim_matches(['<', '>']).chars().take(500).collect()
}

/// What stands before the address in `Priya Sharma <priya@example.com>`.
fn display_name(from: &str) -> String {
    let name = from.rsplit_once('<').map_or("", |(name, _)| name);
    clean(name).trim().trim_matches('"').chars().take(200).collect()
}

/// PostgreSQL refuses NUL, and nobody reads the other control characters.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace(|c: char| c.is_control() && c != '\n' && c != '\t', "")
}
