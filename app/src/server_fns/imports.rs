//! Imports: the upload page, one import, a preview of what would happen, and the start.

use domain::ImportId;
use domain::view::import::{ImportChoice, ImportView, ImportsView, PreviewView};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// The upload page of the brands that `brand` (`all` or a slug) names.
#[server(endpoint = "imports", input = Json, output = Json)]
pub async fn imports(brand: String) -> Result<ImportsView, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::imports::imports(&environment, &user, &brand).await?)
}

/// One import: its mapping screen until it is started, then its progress.
#[server(endpoint = "imports/one", input = Json, output = Json)]
pub async fn import(id: ImportId) -> Result<ImportView, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::imports::import(&environment, &user, id).await?)
}

/// What would happen with this choice. Writes nothing.
#[server(endpoint = "imports/preview", input = Json, output = Json)]
pub async fn preview_import(id: ImportId, choice: ImportChoice) -> Result<PreviewView, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::imports::preview(&environment, &user, id, &choice).await?)
}

/// Starts an import as chosen.
#[server(endpoint = "imports/start", input = Json, output = Json)]
pub async fn start_import(id: ImportId, choice: ImportChoice) -> Result<(), AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::imports::start(&environment, &user, id, &choice).await?)
}

/// Starts an import that has failed again, from the row it stopped at.
#[server(endpoint = "imports/again", input = Json, output = Json)]
pub async fn start_import_again(id: ImportId) -> Result<(), AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::imports::start_again(&environment, &user, id).await?)
}

#[cfg(feature = "ssr")]
async fn asked() -> Result<(outreach::people::CurrentUser, outreach::Environment), AppError> {
    Ok((crate::server_context::current_user().await?, crate::server_context::environment()?))
}
