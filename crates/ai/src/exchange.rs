//! One call, and what came back.

use std::error::Error as _;
use std::time::Duration;

use domain::mailing::asked_wait;
use reqwest::Response;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde::Deserialize;
use serde_json::Value;

use crate::{AiError, Client, Endpoint, Unusable};

/// Bytes of an answer, which is a line or two and its wrapping.
const LARGEST: usize = 64 * 1024;

/// A chat completion, as much of it as matters.
#[derive(Debug, Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Usage>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Debug, Deserialize)]
struct Message {
    /// Missing when the model refuses.
    #[serde(default)]
    content: Option<String>,
}

/// Tokens that were read and written.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(crate) struct Usage {
    #[serde(default)]
    pub prompt_tokens: u32,
    #[serde(default)]
    pub completion_tokens: u32,
}

/// What a model wrote; empty when it refused.
pub(crate) struct Said {
    pub content: String,
    pub usage: Usage,
}

/// Puts a question, once, within `left`.
pub(crate) async fn ask(
    client: &Client,
    endpoint: &Endpoint,
    question: &Value,
    left: Duration,
) -> Result<Said, AiError> {
    let mut request = client.http()?.post(endpoint.base_url.chat_completions()).timeout(left).json(question);
    if !endpoint.key.is_empty() {
        request = request.bearer_auth(&endpoint.key);
    }
    let response = request.send().await.map_err(|error| failed(&error, client.patience()))?;
    let status = response.status().as_u16();
    match status {
        200..=299 => {}
        429 => return Err(AiError::RateLimited { retry_after: waiting_time(response.headers()) }),
        _ => return Err(AiError::Refused { status }),
    }
    let body = body(response, client.patience()).await?;
    let completion: Completion = serde_json::from_slice(&body).map_err(|_| Unusable::NoCompletion)?;
    let usage = completion.usage.unwrap_or_default();
    let choice = completion.choices.into_iter().next().ok_or(Unusable::NoCompletion)?;
    Ok(Said { content: choice.message.content.unwrap_or_default(), usage })
}

fn failed(error: &reqwest::Error, patience: Duration) -> AiError {
    if error.is_timeout() {
        AiError::TimedOut { after: patience }
    } else {
        AiError::Unreachable { reason: innermost(error) }
    }
}

async fn body(mut response: Response, patience: Duration) -> Result<Vec<u8>, AiError> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) if error.is_timeout() => return Err(AiError::TimedOut { after: patience }),
            Err(_) => return Err(Unusable::Endless.into()),
        }
        if body.len() > LARGEST {
            return Err(Unusable::Endless.into());
        }
    }
}

/// The server's own waiting time.
fn waiting_time(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    asked_wait(text(RETRY_AFTER)?, text(DATE))
}

/// The innermost words of an error, one short line; the outer ones name the address of the call.
pub(crate) fn innermost(error: &reqwest::Error) -> String {
    let mut words = None;
    let mut next = error.source();
    while let Some(source) = next {
        words = Some(source.to_string());
        next = source.source();
    }
    let words = words.unwrap_or_else(|| "no connection can be made".to_owned());
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect()
}
