//! What server functions need from the request: who asks, for which brands, and the environment.

pub mod request;

use axum::Extension;
use database::Scoped;
use domain::{BrandId, Role};
use leptos::prelude::*;
use outreach::Environment;
use outreach::people::{CurrentSession, CurrentUser};

use crate::error::AppError;

/// The environment the router provides.
///
/// # Errors
/// [`AppError::Unavailable`] when the router provides none (a programming error, logged).
pub fn environment() -> Result<Environment, AppError> {
    use_context::<Environment>().ok_or_else(|| unavailable("no environment in context"))
}

/// The person who asks. The session layer put them into the request.
///
/// # Errors
/// [`AppError::NotSignedIn`].
pub async fn current_user() -> Result<CurrentUser, AppError> {
    leptos_axum::extract::<Extension<CurrentUser>>()
        .await
        .map(|Extension(user)| user)
        .map_err(|_| AppError::NotSignedIn)
}

/// The session the request came with.
///
/// # Errors
/// [`AppError::NotSignedIn`].
pub async fn current_session() -> Result<CurrentSession, AppError> {
    leptos_axum::extract::<Extension<CurrentSession>>()
        .await
        .map(|Extension(session)| session)
        .map_err(|_| AppError::NotSignedIn)
}

/// The person, and a transaction scoped to the brands they may see among those `filter` names (`all` or a slug).
///
/// # Errors
/// [`AppError::NotSignedIn`]; [`AppError::NotFound`] for a brand that isn't theirs; [`AppError::Unavailable`].
pub async fn scoped(filter: &str) -> Result<(CurrentUser, Scoped), AppError> {
    let user = current_user().await?;
    let brands = user.brands(filter).ok_or(AppError::NotFound)?;
    let scoped = environment()?.database().scoped(&brands).await?;
    Ok((user, scoped))
}

/// The person, when they hold at least `role` in the brand.
///
/// # Errors
/// [`AppError::NotFound`] outside their brands, [`AppError::Forbidden`] below the role.
pub async fn in_role(brand: BrandId, role: Role) -> Result<CurrentUser, AppError> {
    let user = current_user().await?;
    let held = user.role_in(brand).ok_or(AppError::NotFound)?;
    // Declared order: admin before manager before member.
    if held <= role { Ok(user) } else { Err(AppError::Forbidden) }
}

/// Logs the cause once under a short reference and gives the browser the reference.
pub fn unavailable(cause: impl std::fmt::Display) -> AppError {
    let reference = environment_reference();
    tracing::error!(%reference, %cause, "a request failed");
    AppError::Unavailable { reference }
}

fn environment_reference() -> String {
    use_context::<Environment>()
        .map(|environment| environment.clock().new_id().simple().to_string())
        // The last characters are the random ones.
        .map_or_else(|| "unknown".to_owned(), |id| id[24..].to_owned())
}

impl From<database::QueryError> for AppError {
    fn from(error: database::QueryError) -> Self {
        match error {
            database::QueryError::NotFound => Self::NotFound,
            other => unavailable(other),
        }
    }
}

impl From<outreach::Refused> for AppError {
    fn from(refused: outreach::Refused) -> Self {
        match refused {
            outreach::Refused::NotFound => Self::NotFound,
            outreach::Refused::Invalid(why) => Self::Invalid(why),
            outreach::Refused::Conflict(why) => Self::Conflict(why),
            outreach::Refused::Failed(cause) => unavailable(format!("{cause:#}")),
        }
    }
}
