use std::time::Duration;

/// Why there is no answer. The words never hold the key, the mail or what the server wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AiError {
    #[error("The AI’s server can’t be reached: {reason}.")]
    Unreachable { reason: String },
    #[error("The AI didn’t answer within {} seconds.", .after.as_secs())]
    TimedOut { after: Duration },
    #[error("{}", refusal(*.status))]
    Refused { status: u16 },
    #[error(
        "The AI’s server takes no more questions for now (status 429): too many at once, or the account is used up."
    )]
    RateLimited {
        /// The server's own waiting time.
        retry_after: Option<Duration>,
    },
    #[error("The AI’s answer can’t be used: {0}.")]
    Unusable(#[from] Unusable),
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("it is larger than any answer should be, or broke off")]
    Endless,
    #[error("it is no chat completion; check the base URL")]
    NoCompletion,
    #[error("it is not the JSON that was asked for, nor was it when asked again")]
    OffTheSchema,
}

impl AiError {
    /// How long to ask nothing more, so that a server in trouble doesn't keep every mail waiting; `None`: ask on.
    pub fn rest(&self) -> Option<Duration> {
        const USUAL: Duration = Duration::from_secs(5 * 60);
        const LIMITED: Duration = Duration::from_secs(60);
        const LONGEST: Duration = Duration::from_secs(3600);
        match self {
            Self::Unreachable { .. } | Self::TimedOut { .. } => Some(USUAL),
            Self::RateLimited { retry_after } => Some(retry_after.unwrap_or(LIMITED).min(LONGEST)),
            Self::Refused { status } => (*status >= 500).then_some(LIMITED),
            Self::Unusable(_) => None,
        }
    }
}

fn refusal(status: u16) -> String {
    let why = match status {
        300..=399 => "it points elsewhere; check the base URL",
        400 | 422 => "the model doesn’t take such a question; it must support JSON schema answers",
        401 | 403 => "check the key, and what it may do",
        402 => "the account there has no credit left",
        404 | 405 => "check the base URL and the model’s name",
        500.. => "it has trouble of its own",
        _ => "it doesn’t say more",
    };
    format!("The AI’s server refused the question with status {status}: {why}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_in_trouble_are_left_alone_for_a_while() {
        let limited = |seconds: Option<u64>| {
            AiError::RateLimited { retry_after: seconds.map(Duration::from_secs) }
                .rest()
                .map(|rest| rest.as_secs())
        };
        assert_eq!(limited(None), Some(60));
        assert_eq!(limited(Some(7)), Some(7));
        assert_eq!(limited(Some(90_000)), Some(3_600));
        assert!(AiError::TimedOut { after: Duration::from_secs(15) }.rest().is_some());
        assert!(AiError::Refused { status: 503 }.rest().is_some());
        assert_eq!(AiError::Refused { status: 401 }.rest(), None);
        assert_eq!(AiError::Unusable(Unusable::OffTheSchema).rest(), None);
    }

    #[test]
    fn a_refusal_says_what_to_check() {
        assert_eq!(
            AiError::Refused { status: 401 }.to_string(),
            "The AI’s server refused the question with status 401: check the key, and what it may do."
        );
    }
}
