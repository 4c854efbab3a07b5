//! The demo's mailbox. Outside the demo none of this exists.

use domain::MessageId;
use domain::view::mailbox::{MailboxAct, MailboxDone, MailboxQuery, MailboxView};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// Delivered mails and the open one.
#[server(endpoint = "mailbox", input = Json, output = Json)]
pub async fn mailbox(query: MailboxQuery) -> Result<MailboxView, AppError> {
    let user = crate::server_context::current_user().await?;
    let shown = outreach::mailbox::page(&crate::server_context::environment()?, &user, &query).await;
    if matches!(shown, Err(outreach::Refused::NotFound)) {
        crate::server_context::request::respond_not_found();
    }
    Ok(shown?)
}

/// Does what the recipient of a mail would do.
#[server(endpoint = "mailbox/act", input = Json, output = Json)]
pub async fn act_as_recipient(id: MessageId, act: MailboxAct) -> Result<MailboxDone, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::mailbox::act(&crate::server_context::environment()?, &user, id, &act).await?)
}
