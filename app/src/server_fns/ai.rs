use domain::view::ai::{AiEdit, AiSaved, AiTest, AiView};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// A brand's AI: its settings, and how it goes.
#[server(endpoint = "settings/ai", output = Json)]
pub async fn ai_account(slug: String) -> Result<AiView, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::ai_accounts::ai_account(&crate::server_context::environment()?, &user, &slug).await?)
}

/// Stores what a person changed about it.
#[server(endpoint = "settings/ai/save", input = Json, output = Json)]
pub async fn save_ai_account(slug: String, edit: AiEdit) -> Result<AiSaved, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::ai_accounts::save_ai_account(&crate::server_context::environment()?, &user, &slug, &edit)
        .await?)
}

/// Asks it one tiny question.
#[server(endpoint = "settings/ai/test", input = Json, output = Json)]
pub async fn test_ai(slug: String) -> Result<AiTest, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::ai_accounts::test_ai(&crate::server_context::environment()?, &user, &slug).await?)
}
