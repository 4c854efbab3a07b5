use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect::Policy;

use crate::AiError;
use crate::exchange::innermost;

/// How long a question may take with all that belongs to it, a second try of the answer included.
pub const PATIENCE: Duration = Duration::from_secs(15);
const CONNECT: Duration = Duration::from_secs(5);
/// Servers close idle connections after a minute or so; ours are gone before.
const LONGEST_IDLE: Duration = Duration::from_secs(20);

/// Speaks to AIs, and keeps connections to them.
#[derive(Debug, Default)]
pub struct Client {
    patience: Option<Duration>,
    http: OnceLock<Result<reqwest::Client, String>>,
}

impl Client {
    /// With another patience than [`PATIENCE`].
    pub fn with_patience(patience: Duration) -> Self {
        Self { patience: Some(patience), http: OnceLock::new() }
    }

    pub(crate) fn patience(&self) -> Duration {
        self.patience.unwrap_or(PATIENCE)
    }

    /// No redirects, which would carry key and mail somewhere else.
    pub(crate) fn http(&self) -> Result<&reqwest::Client, AiError> {
        let built = self.http.get_or_init(|| {
            reqwest::Client::builder()
                .user_agent("Overture")
                .redirect(Policy::none())
                .retry(reqwest::retry::never())
                .connect_timeout(CONNECT)
                .timeout(self.patience())
                .pool_idle_timeout(LONGEST_IDLE)
                .build()
                .map_err(|error| innermost(&error))
        });
        built.as_ref().map_err(|reason| AiError::Unreachable { reason: reason.clone() })
    }
}
