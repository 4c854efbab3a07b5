use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use outreach::Refused;
use outreach::replies::Outcome;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Why a call had no effect.
#[derive(Debug)]
pub enum WebhookError {
    WrongSecret,
    /// The sentence says what is wrong with the call.
    Bad(String),
    /// The database does not answer. The caller should try again.
    Unavailable,
}

impl IntoResponse for WebhookError {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::WrongSecret => (StatusCode::UNAUTHORIZED, "The secret is missing or wrong.".to_owned()),
            Self::Bad(why) => (StatusCode::BAD_REQUEST, why),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Nothing was stored. Send the same call again later.".to_owned(),
            ),
        };
        (status, Json(json!({ "error": error }))).into_response()
    }
}

impl From<Refused> for WebhookError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Invalid(why) | Refused::Conflict(why) => Self::Bad(why),
            Refused::NotFound => Self::Bad("What the call names does not exist.".to_owned()),
            Refused::Failed(cause) => {
                tracing::error!(cause = format!("{cause:#}"), "a webhook failed");
                Self::Unavailable
            }
        }
    }
}

impl From<database::QueryError> for WebhookError {
    fn from(error: database::QueryError) -> Self {
        Refused::from(error).into()
    }
}

/// Reads a JSON body, saying what is wrong with it if it can't be read.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, WebhookError> {
    serde_json::from_slice(body)
        .map_err(|error| WebhookError::Bad(format!("The body is not the JSON it should be: {error}.")))
}

/// What became of a mail, for the caller's log.
pub fn outcome(outcome: &Outcome) -> Json<Value> {
    Json(match outcome {
        Outcome::Received(received) => json!({
            "result": if received.contact.is_some() { "received" } else { "unknown_sender" },
            "id": received.id,
            "kind": received.kind,
            "intent": received.intent,
            "deal": received.deal,
            "moved_to": received.applied.moved_to,
            "suppressed": received.applied.suppressed,
            "needs_review": received.needs_review,
        }),
        Outcome::AlreadyReceived(id) => json!({ "result": "already_received", "id": id }),
        Outcome::OwnMail => json!({ "result": "own_mail" }),
    })
}
