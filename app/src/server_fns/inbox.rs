use domain::reply::Intent;
use domain::view::inbox::{Decided, InboxContact, InboxQuery, InboxView};
use domain::{ContactId, InboundId};
use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;
use crate::wire::Json;

/// Mails that came in and the open one.
#[server(endpoint = "inbox", input = Json, output = Json)]
pub async fn inbox(query: InboxQuery) -> Result<InboxView, AppError> {
    let user = crate::server_context::current_user().await?;
    let shown = outreach::inbox::page(&crate::server_context::environment()?, &user, &query).await;
    if matches!(shown, Err(outreach::Refused::NotFound)) {
        crate::server_context::request::respond_not_found();
    }
    Ok(shown?)
}

/// Says what a mail means.
#[server(endpoint = "inbox/decide", input = Json, output = Json)]
pub async fn decide(id: InboundId, intent: Intent) -> Result<Decided, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::inbox::decide(&crate::server_context::environment()?, &user, id, intent).await?)
}

/// Takes the person's own word back.
#[server(endpoint = "inbox/undo", input = Json, output = Json)]
pub async fn undo_decision(review: Uuid) -> Result<InboundId, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::inbox::undo(&crate::server_context::environment()?, &user, review).await?)
}

/// Says whom a mail is from.
#[server(endpoint = "inbox/assign", input = Json, output = Json)]
pub async fn assign_mail(id: InboundId, to: ContactId) -> Result<Decided, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::inbox::assign(&crate::server_context::environment()?, &user, id, to).await?)
}

/// Contacts that a mail may be from.
#[server(endpoint = "inbox/contacts", input = Json, output = Json)]
pub async fn senders(id: InboundId, words: String) -> Result<Vec<InboxContact>, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::inbox::find_contacts(&crate::server_context::environment()?, &user, id, &words).await?)
}
