use domain::ContactId;
use domain::view::contact::{ConsentEntry, ContactView};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// A contact with facts, deals and history.
#[server(endpoint = "contacts/page", input = Json, output = Json)]
pub async fn contact_page(id: ContactId) -> Result<ContactView, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::contacts::contact_page(&crate::server_context::environment()?, &user, id).await?)
}

/// Records why the brand may write to a contact.
#[server(endpoint = "contacts/consent", input = Json, output = Json)]
pub async fn state_consent(entry: ConsentEntry) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::contacts::state_consent(&crate::server_context::environment()?, &user, &entry).await?)
}

/// Puts a contact on the do-not-mail list. Returns how many deals ended.
#[server(endpoint = "contacts/never-mail", input = Json, output = Json)]
pub async fn never_mail_again(id: ContactId) -> Result<i64, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::contacts::never_mail_again(&crate::server_context::environment()?, &user, id).await?)
}

/// Takes a contact off the do-not-mail list, with what proves that its owner wants it.
#[server(endpoint = "contacts/allow-again", input = Json, output = Json)]
pub async fn allow_again(id: ContactId, evidence: String) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::optout::allow_again(&crate::server_context::environment()?, &user, id, &evidence).await?)
}
