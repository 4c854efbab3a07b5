use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::ZohoError;
use crate::deliver::tidy;
use crate::http::Answer;

/// The frame around every answer.
#[derive(Deserialize)]
struct Frame {
    status: Status,
    #[serde(default)]
    data: Value,
}

#[derive(Deserialize)]
struct Status {
    /// Usually the HTTP status over again, as a number or as text.
    #[serde(deserialize_with = "text")]
    code: String,
    #[serde(default)]
    description: String,
}

/// Whether Zoho refuses the access token and nothing else: the call was not carried out.
pub(super) fn refuses_token(answer: &Answer) -> bool {
    let code = || {
        let frame: Frame = serde_json::from_slice(&answer.body).ok()?;
        frame.data["errorCode"].as_str().map(str::to_owned)
    };
    answer.status == 401
        || (!answer.is_success()
            && code().is_some_and(|code| matches!(code.as_str(), "INVALID_OAUTHTOKEN" | "INVALID_TICKET")))
}

/// The `data` of a successful answer.
pub(super) fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, ZohoError> {
    let frame: Option<Frame> = serde_json::from_slice(&answer.body).ok();
    if !answer.is_success() {
        let said = frame.map(|frame| words(&frame)).filter(|said| !said.is_empty());
        let known = said.is_some();
        let reason = said.unwrap_or_else(|| format!("Zoho answered {}", answer.status));
        return Err(by_status(answer, reason, known));
    }
    let lost = || ZohoError::Lost { reason: format!("Zoho answered {} with something else", answer.status) };
    let frame = frame.ok_or_else(lost)?;
    if frame.status.code != "200" && frame.status.code != "201" {
        let status = frame.status.code.parse().unwrap_or(400);
        let inner = Answer { status, retry_after: answer.retry_after, body: Vec::new() };
        return Err(by_status(&inner, words(&frame), true));
    }
    serde_json::from_value(frame.data).map_err(|_| lost())
}

fn words(frame: &Frame) -> String {
    let more = frame.data["moreInfo"].as_str().unwrap_or_default();
    let code = frame.data["errorCode"].as_str().unwrap_or_default();
    tidy(&format!("{} {more} {code}", frame.status.description))
}

/// `known`: the words are Zoho's own, not those of something between us and Zoho.
fn by_status(answer: &Answer, reason: String, known: bool) -> ZohoError {
    match answer.status {
        401 | 403 => ZohoError::NotConfigured { reason: format!("Zoho refuses access: {reason}") },
        404 | 405 => ZohoError::NotConfigured {
            reason: format!("there is nothing at this address: check account id and region: {reason}"),
        },
        300..=399 => {
            ZohoError::NotConfigured { reason: format!("that isn't Zoho's API: check the region: {reason}") }
        }
        429 | 503 => ZohoError::Busy { reason, retry_after: answer.retry_after },
        500..=599 if known && answer.status == 500 => {
            ZohoError::Busy { reason, retry_after: answer.retry_after }
        }
        // An answer without Zoho's words to a call that may have been carried out says nothing.
        408 | 500..=599 => ZohoError::Lost { reason },
        _ => ZohoError::Refused { reason },
    }
}

/// Zoho writes ids, times and codes as numbers here and as text there.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(serde::de::Error::custom(format!("{other} is neither text nor number"))),
    }
}
