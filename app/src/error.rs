//! The one error that crosses the wire.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::wire::ByTree;

/// Why a server function gave no answer. Closed, and free of SQL, addresses and causes: those are logged on the server
/// under the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("You are signed out. Sign in again; nothing you entered here was sent.")]
    NotSignedIn,
    #[error("Your role doesn't allow this. Nothing was changed.")]
    Forbidden,
    #[error("This doesn't exist, or not for you.")]
    NotFound,
    /// What the person has to change, in a sentence.
    #[error("{0}")]
    Invalid(String),
    /// Somebody else was faster; the sentence says what happened.
    #[error("{0}")]
    Conflict(String),
    #[error(
        "Something went wrong on our side and nothing was changed. Try again; if it stays, report {reference}."
    )]
    Unavailable { reference: String },
    #[error("The server can't be reached. Nothing was lost: try again in a moment.")]
    Unreachable,
}

impl FromServerFnError for AppError {
    type Encoder = ByTree;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid("The request could not be read. Reload the page and try again.".to_owned())
            }
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => Self::Unreachable,
        }
    }
}
