/// Why a use case did nothing. Its sentences are for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Not there, or not in the caller's brands: the two look alike from outside.
    #[error("not found")]
    NotFound,
    /// The request makes no sense; the sentence says what to change.
    #[error("{0}")]
    Invalid(String),
    /// Something changed meanwhile; the sentence says what.
    #[error("{0}")]
    Conflict(String),
    /// The system failed. The cause is for the log only.
    #[error("failed")]
    Failed(#[source] anyhow::Error),
}

impl From<database::QueryError> for Refused {
    fn from(error: database::QueryError) -> Self {
        match error {
            database::QueryError::NotFound => Self::NotFound,
            other => Self::Failed(other.into()),
        }
    }
}

impl From<anyhow::Error> for Refused {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}
