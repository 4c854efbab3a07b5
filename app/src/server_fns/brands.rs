use domain::view::brands::{BrandEdit, BrandLine, BrandSettings, Saved, TestLine};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// The person's brands, with what their mail does.
#[server(endpoint = "settings/brands", output = Json)]
pub async fn brands() -> Result<Vec<BrandLine>, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::brands(&crate::server_context::environment()?, &user).await?)
}

/// A brand's settings.
#[server(endpoint = "settings/brand", output = Json)]
pub async fn brand(slug: String) -> Result<BrandSettings, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::brand(&crate::server_context::environment()?, &user, &slug).await?)
}

/// Stores what a person changed about one part of a brand's settings.
#[server(endpoint = "settings/brand/save", input = Json, output = Json)]
pub async fn save_brand(slug: String, edit: BrandEdit) -> Result<Saved, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::save_brand(&crate::server_context::environment()?, &user, &slug, &edit).await?)
}

/// Connects to a brand's provider without sending anything.
#[server(endpoint = "settings/brand/test", input = Json, output = Json)]
pub async fn test_account(slug: String) -> Result<TestLine, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::test_account(&crate::server_context::environment()?, &user, &slug).await?)
}
