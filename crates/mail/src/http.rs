//! Calls to providers' APIs. What matters is the same as with SMTP: whether the provider may have the mail.

use std::error::Error as _;
use std::time::Duration;

use domain::mailing::asked_wait;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};

use crate::deliver::tidy;

/// How long an answer may take; providers check a mail before they answer.
const PATIENCE: Duration = Duration::from_secs(30);
const CONNECT: Duration = Duration::from_secs(10);
/// Servers close idle connections after a minute or so; ours are gone before, so that no mail is lost on one.
const LONGEST_IDLE: Duration = Duration::from_secs(20);
/// Bytes of an answer: the largest mail that is read, and its wrapping.
const LARGEST: usize = 40 * 1024 * 1024;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    /// The provider's own waiting time.
    pub retry_after: Option<Duration>,
    /// Empty when it broke off.
    pub body: Vec<u8>,
}

impl Answer {
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

/// Nothing came back.
#[derive(Debug)]
pub(crate) enum Lost {
    /// No connection: the provider knows nothing of the call.
    Before(String),
    /// The call may have arrived.
    After(String),
}

/// A client for providers: no redirects, which would repeat a call somewhere else, and no endless waiting.
///
/// # Errors
/// When the machine has no certificates to trust, in words.
pub(crate) fn client(patience: Option<Duration>) -> Result<Client, String> {
    Client::builder()
        .user_agent("Overture")
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT)
        .timeout(patience.unwrap_or(PATIENCE))
        .pool_idle_timeout(LONGEST_IDLE)
        .build()
        .map_err(|error| format!("no secure connection can be made on this machine: {}", innermost(&error)))
}

/// Sends a call, once.
pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, Lost> {
    let response = request.send().await.map_err(|error| {
        let reason = if error.is_timeout() {
            "the provider didn't answer in time".to_owned()
        } else {
            innermost(&error)
        };
        if error.is_connect() || error.is_builder() { Lost::Before(reason) } else { Lost::After(reason) }
    })?;
    let (status, retry_after) = (response.status().as_u16(), waiting_time(response.headers()));
    Ok(Answer { status, retry_after, body: body(response).await.unwrap_or_default() })
}

/// `None`: it broke off or has no end.
async fn body(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return None;
        }
    }
    Some(body)
}

/// The server's own waiting time.
fn waiting_time(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    asked_wait(text(RETRY_AFTER)?, text(DATE))
}

/// The innermost words of an error; the outer ones name the address of the call.
fn innermost(error: &reqwest::Error) -> String {
    let mut words = None;
    let mut next = error.source();
    while let Some(source) = next {
        words = Some(source.to_string());
        next = source.source();
    }
    tidy(&words.unwrap_or_else(|| "the provider can't be reached".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_come_as_seconds_or_as_a_date() {
        let date = "Mon, 23 Nov 2026 00:00:00 GMT";
        for (value, expected) in [
            ("120", Some(120)),
            ("Mon, 23 Nov 2026 00:05:00 GMT", Some(300)),
            ("Sun, 22 Nov 2026 00:00:00 GMT", None),
            ("900000", None),
            ("soon", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(DATE, date.parse().expect("a header"));
            headers.insert(RETRY_AFTER, value.parse().expect("a header"));
            assert_eq!(waiting_time(&headers), expected.map(Duration::from_secs), "{value}");
        }
        assert_eq!(waiting_time(&HeaderMap::new()), None);
    }
}
