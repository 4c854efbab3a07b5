use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::Response;

/// Bytes of the longest refusal.
const LONGEST: usize = 64 * 1024;

/// Answers of server functions that refuse carry the status that says so: the framework makes all of them 500, as if
/// the server had failed.
pub async fn with_status(request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/rpc/");
    let response = next.run(request).await;
    if !is_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        parts.headers.remove(CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    };
    if let Ok(error) = serde_json::from_slice::<AppError>(&body) {
        parts.status = status(&error);
    }
    Response::from_parts(parts, Body::from(body))
}

fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::NotSignedIn => StatusCode::UNAUTHORIZED,
        AppError::Forbidden => StatusCode::FORBIDDEN,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::Conflict(_) => StatusCode::CONFLICT,
        AppError::Unavailable { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        AppError::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::CONTENT_TYPE;
    use axum::routing::post;
    use axum::{Router, middleware};
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_refusal_is_no_failure() -> anyhow::Result<()> {
        for (error, expected) in [
            (AppError::Invalid("Write something first.".to_owned()), StatusCode::UNPROCESSABLE_ENTITY),
            (AppError::Conflict("Rohan moved it.".to_owned()), StatusCode::CONFLICT),
            (AppError::NotFound, StatusCode::NOT_FOUND),
            (AppError::Unavailable { reference: "7F3A".to_owned() }, StatusCode::INTERNAL_SERVER_ERROR),
        ] {
            let body = serde_json::to_string(&error)?;
            let sent = body.clone();
            let answer = move || async move {
                (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, "application/json")], body)
            };
            let router =
                Router::new().route("/rpc/note", post(answer)).layer(middleware::from_fn(with_status));
            let request = Request::post("/rpc/note").body(Body::empty())?;
            let response = router.oneshot(request).await?;
            assert_eq!(response.status(), expected, "{sent}");
            assert_eq!(to_bytes(response.into_body(), LONGEST).await?, sent.as_bytes());
        }
        Ok(())
    }
}
