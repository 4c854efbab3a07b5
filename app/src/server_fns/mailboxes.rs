use domain::MailboxFailureId;
use domain::view::mailboxes::{FailureView, MailboxEdit, MailboxSaved, MailboxTest, MailboxView};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// A brand's mailbox: its settings, and how it goes.
#[server(endpoint = "settings/mailbox", output = Json)]
pub async fn mailbox(slug: String) -> Result<MailboxView, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::mailboxes::mailbox(&crate::server_context::environment()?, &user, &slug).await?)
}

/// Stores what a person changed about it.
#[server(endpoint = "settings/mailbox/save", input = Json, output = Json)]
pub async fn save_mailbox(slug: String, edit: MailboxEdit) -> Result<MailboxSaved, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::mailboxes::save_mailbox(&crate::server_context::environment()?, &user, &slug, &edit).await?)
}

/// Signs in and opens the folder, without reading anything.
#[server(endpoint = "settings/mailbox/test", input = Json, output = Json)]
pub async fn test_mailbox(slug: String) -> Result<MailboxTest, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::mailboxes::test_mailbox(&crate::server_context::environment()?, &user, &slug).await?)
}

/// Has a worker look into it at once.
#[server(endpoint = "settings/mailbox/check", input = Json, output = Json)]
pub async fn check_mailbox(slug: String) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::mailboxes::check_now(&crate::server_context::environment()?, &user, &slug).await?)
}

/// A mail that was passed over, as it came.
#[server(endpoint = "settings/mailbox/failure", input = Json, output = Json)]
pub async fn mailbox_failure(slug: String, id: MailboxFailureId) -> Result<FailureView, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::mailboxes::failure(&crate::server_context::environment()?, &user, &slug, id).await?)
}

/// Notes that somebody has dealt with it.
#[server(endpoint = "settings/mailbox/failure/done", input = Json, output = Json)]
pub async fn deal_with_failure(slug: String, id: MailboxFailureId) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::mailboxes::deal_with_failure(&crate::server_context::environment()?, &user, &slug, id)
        .await?)
}
