//! What a person does with a mail of the outbox.

use domain::MessageId;
use domain::view::email::CancelledMails;
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// Cancels mails that wait; their deals are held for a person.
#[server(endpoint = "emails/cancel", input = Json, output = Json)]
pub async fn cancel_mails(ids: Vec<MessageId>) -> Result<CancelledMails, AppError> {
    let user = crate::server_context::current_user().await?;
    let done = outreach::outbox::cancel(&crate::server_context::environment()?, &user, &ids).await?;
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(CancelledMails { cancelled: number(done.cancelled), too_late: number(done.too_late) })
}

/// Gives a waiting mail another time, written `2026-11-26T09:30` in the person's zone.
#[server(endpoint = "emails/reschedule", input = Json, output = Json)]
pub async fn reschedule_mail(id: MessageId, local: String) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::outbox::reschedule(&crate::server_context::environment()?, &user, id, &local).await?)
}

/// Settles what became of a mail of unclear fate.
#[server(endpoint = "emails/settle", input = Json, output = Json)]
pub async fn settle_mail(id: MessageId, arrived: bool) -> Result<(), AppError> {
    use outreach::outbox::{Fate, resolve_unclear};
    let user = crate::server_context::current_user().await?;
    let fate = if arrived { Fate::Arrived } else { Fate::Lost };
    Ok(resolve_unclear(&crate::server_context::environment()?, &user, id, fate).await?)
}
