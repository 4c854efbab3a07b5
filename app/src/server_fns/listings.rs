use domain::MessageId;
use domain::view::email::EmailView;
use domain::view::listing::{ContactRow, DealList, DecisionList, EmailList, ListPage, ListQuery, Tally};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// A page of deals.
#[server(endpoint = "deals/list", input = Json, output = Json)]
pub async fn deals(query: ListQuery) -> Result<DealList, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::listings::deals(&crate::server_context::environment()?, &user, &query).await?)
}

/// A page of contacts.
#[server(endpoint = "contacts/list", input = Json, output = Json)]
pub async fn contacts(query: ListQuery) -> Result<ListPage<ContactRow>, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::listings::contacts(&crate::server_context::environment()?, &user, &query).await?)
}

/// Contacts of a brand (`all`: of every brand) per status, and those without consent as `none`.
#[server(endpoint = "contacts/tallies", input = Json, output = Json)]
pub async fn contact_tallies(brand: String) -> Result<Vec<Tally>, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::listings::contact_tallies(&crate::server_context::environment()?, &user, &brand).await?)
}

/// A page of the outbox.
#[server(endpoint = "emails/list", input = Json, output = Json)]
pub async fn emails(query: ListQuery) -> Result<EmailList, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::listings::emails(&crate::server_context::environment()?, &user, &query).await?)
}

/// A page of the autopilot's decisions.
#[server(endpoint = "decisions/list", input = Json, output = Json)]
pub async fn decisions(query: ListQuery) -> Result<DecisionList, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::listings::decisions(&crate::server_context::environment()?, &user, &query).await?)
}

/// One mail with what became of it.
#[server(endpoint = "emails/page", input = Json, output = Json)]
pub async fn email(id: MessageId) -> Result<EmailView, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::listings::email(&crate::server_context::environment()?, &user, id).await?)
}
