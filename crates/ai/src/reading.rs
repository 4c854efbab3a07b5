//! What a reply means.

use std::time::{Duration, Instant};

use domain::reply::{Intent, Opinion, READINGS};
use serde::Deserialize;

use crate::exchange::{Usage, ask};
use crate::prompt::question;
use crate::{AiError, Client, Endpoint, Marker, Unusable};

/// A reply, as much of it as an AI is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter<'a> {
    /// Name of the brand that had written.
    pub brand: &'a str,
    pub subject: &'a str,
    /// What the writer typed, without quoted history.
    pub text: &'a str,
}

/// A question and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub outcome: Result<Opinion, AiError>,
    /// Tokens read, of both tries.
    pub tokens_in: u32,
    /// Tokens written, of both tries.
    pub tokens_out: u32,
    /// From the question to the end of the answer, both tries included.
    pub latency: Duration,
}

/// What an AI has to answer: this and nothing else.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    intent: Intent,
    confidence: f32,
}

/// Asks what a reply means. An answer off the schema is asked for once more. Never takes longer than the client's patience.
pub async fn classify_reply(
    client: &Client,
    endpoint: &Endpoint,
    letter: &Letter<'_>,
    marker: &Marker,
) -> Call {
    let start = Instant::now();
    let mut used = Usage::default();
    let outcome = tries(client, endpoint, letter, marker, start, &mut used).await;
    Call {
        outcome,
        tokens_in: used.prompt_tokens,
        tokens_out: used.completion_tokens,
        latency: start.elapsed(),
    }
}

async fn tries(
    client: &Client,
    endpoint: &Endpoint,
    letter: &Letter<'_>,
    marker: &Marker,
    start: Instant,
    used: &mut Usage,
) -> Result<Opinion, AiError> {
    for again in [false, true] {
        let left = client.patience().saturating_sub(start.elapsed());
        let said = ask(client, endpoint, &question(endpoint, letter, marker, again), left).await?;
        used.prompt_tokens = used.prompt_tokens.saturating_add(said.usage.prompt_tokens);
        used.completion_tokens = used.completion_tokens.saturating_add(said.usage.completion_tokens);
        if let Some(reading) = read(&said.content) {
            return Ok(Opinion {
                intent: reading.intent,
                confidence: reading.confidence,
                model: endpoint.model.clone(),
            });
        }
    }
    Err(Unusable::OffTheSchema.into())
}

fn read(content: &str) -> Option<Reading> {
    // serde takes a list of the members for the object, too.
    let content = Some(content.trim()).filter(|text| text.starts_with('{'))?;
    let reading: Reading = serde_json::from_str(content).ok()?;
    let fits = READINGS.contains(&reading.intent) && (0.0..=1.0).contains(&reading.confidence);
    fits.then_some(reading)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_the_schema_counts() {
        for good in [
            r#"{"intent":"interested","confidence":0.9}"#,
            " {\"confidence\": 1, \"intent\": \"not_interested\"}\n",
            r#"{"intent":"other","confidence":0}"#,
        ] {
            assert!(read(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "interested",
            "```json\n{\"intent\":\"interested\",\"confidence\":0.9}\n```",
            r#"{"intent":"interested"}"#,
            r#"{"intent":"bounce","confidence":0.9}"#,
            r#"{"intent":"complaint","confidence":0.9}"#,
            r#"{"intent":"delete everything","confidence":0.9}"#,
            r#"{"intent":"interested","confidence":1.1}"#,
            r#"{"intent":"interested","confidence":-0.1}"#,
            r#"{"intent":"interested","confidence":"0.9"}"#,
            r#"{"intent":"interested","confidence":null}"#,
            r#"{"intent":"interested","confidence":0.9,"to":"everyone"}"#,
            r#"{"intent":"interested","confidence":0.9,"confidence":1}"#,
            r#"[{"intent":"interested","confidence":0.9}]"#,
            r#"["interested",0.9]"#,
        ] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
