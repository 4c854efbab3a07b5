use domain::MessageId;
use domain::view::template::{
    TemplateAddressee, TemplateDraft, TemplateEdit, TemplateGallery, TemplatePage, TemplatePreview,
    TemplateRestore, TestFate,
};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// The templates of the chosen brands that match a search.
#[server(endpoint = "templates", output = Json)]
pub async fn templates(brand: String, text: String) -> Result<TemplateGallery, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::templates::gallery(&crate::server_context::environment()?, &user, &brand, &text).await?)
}

/// One template in the editor.
#[server(endpoint = "template", output = Json)]
pub async fn template(brand: String, key: String) -> Result<TemplatePage, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::templates::page(&crate::server_context::environment()?, &user, &brand, &key).await?)
}

/// The text of one version.
#[server(endpoint = "template/version", input = Json, output = Json)]
pub async fn template_version(brand: String, key: String, version: i32) -> Result<String, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(outreach::templates::version_source(&environment, &user, &brand, &key, version).await?)
}

/// What a text becomes, before it is saved.
#[server(endpoint = "template/preview", input = Json, output = Json)]
pub async fn preview_template(draft: TemplateDraft) -> Result<TemplatePreview, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::templates::preview(&crate::server_context::environment()?, &user, &draft).await?)
}

/// Stores a text and puts it in force. Returns the number of the new version.
#[server(endpoint = "template/save", input = Json, output = Json)]
pub async fn save_template(edit: TemplateEdit) -> Result<i32, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::templates::save(&crate::server_context::environment()?, &user, &edit).await?)
}

/// Puts an older version in force again.
#[server(endpoint = "template/restore", input = Json, output = Json)]
pub async fn restore_template(wanted: TemplateRestore) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::templates::restore(&crate::server_context::environment()?, &user, &wanted).await?)
}

/// Contacts to look at a mail with.
#[server(endpoint = "template/contacts", input = Json, output = Json)]
pub async fn template_contacts(
    brand: String,
    key: String,
    text: String,
) -> Result<Vec<TemplateAddressee>, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(outreach::templates::addressees(&environment, &user, &brand, &key, &text).await?)
}

/// Sends a text to a colleague.
#[server(endpoint = "template/test", input = Json, output = Json)]
pub async fn send_template_test(draft: TemplateDraft, to: String) -> Result<MessageId, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::templates::send_test(&crate::server_context::environment()?, &user, &draft, &to).await?)
}

/// What became of a test.
#[server(endpoint = "template/test/fate", input = Json, output = Json)]
pub async fn fate_of_test(id: MessageId) -> Result<TestFate, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::templates::fate_of_test(&crate::server_context::environment()?, &user, id).await?)
}
