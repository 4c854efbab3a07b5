//! The page of a deal and what a person does there.

use domain::view::deal::{DealEdit, DealView, MailBody, MailPreview, StatusChange};
use domain::{DealId, DecisionId, MessageId};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// A deal with its next step, facts and history.
#[server(endpoint = "deal", input = Json, output = Json)]
pub async fn deal(id: DealId) -> Result<DealView, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::deals::deal_page(&environment, &user, id).await?)
}

/// Pauses, opens, wins or loses a deal.
#[server(endpoint = "deal/status", input = Json, output = Json)]
pub async fn set_deal_status(id: DealId, change: StatusChange) -> Result<(), AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::deals::set_status(&environment, &user, id, change).await?)
}

/// Sets value, expected close and owner.
#[server(endpoint = "deal/edit", input = Json, output = Json)]
pub async fn edit_deal(edit: DealEdit) -> Result<(), AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::deals::edit(&environment, &user, &edit).await?)
}

/// Adds a note for the team.
#[server(endpoint = "deal/note", input = Json, output = Json)]
pub async fn add_deal_note(id: DealId, body: String) -> Result<(), AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::deals::add_note(&environment, &user, id, &body).await?)
}

/// The text of a mail of the timeline.
#[server(endpoint = "deal/mail", input = Json, output = Json)]
pub async fn read_mail(id: MessageId) -> Result<MailBody, AppError> {
    let (user, environment) = asked().await?;
    Ok(outreach::deals::mail_body(&environment, &user, id).await?)
}

/// The deal's next mail as it would go out, and what stands in its way.
#[server(endpoint = "deal/preview", input = Json, output = Json)]
pub async fn preview_mail(id: DealId) -> Result<MailPreview, AppError> {
    let (user, environment) = asked().await?;
    let mail = outreach::outbox::preview_next(&environment, &user, id).await?;
    Ok(MailPreview {
        to: format!("{} <{}>", mail.to_name, mail.to_email),
        from: format!("{} <{}>", mail.from_name, mail.from_email),
        stage: mail.stage,
        subject: mail.subject,
        html: mail.html,
        blocked: mail.blocked,
    })
}

/// Sends the deal's next mail now.
#[server(endpoint = "deal/send", input = Json, output = Json)]
pub async fn send_mail(id: DealId) -> Result<(), AppError> {
    let (user, environment) = asked().await?;
    outreach::outbox::send_now(&environment, &user, id).await?;
    Ok(())
}

/// Approves or dismisses what the autopilot proposes.
#[server(endpoint = "deal/answer", input = Json, output = Json)]
pub async fn answer_proposal(decision: DecisionId, approve: bool) -> Result<(), AppError> {
    let (user, environment) = asked().await?;
    if approve {
        outreach::autopilot::approve_decision(&environment, &user, decision).await?;
    } else {
        outreach::autopilot::dismiss_decision(&environment, &user, decision).await?;
    }
    Ok(())
}

#[cfg(feature = "ssr")]
async fn asked() -> Result<(outreach::people::CurrentUser, outreach::Environment), AppError> {
    Ok((crate::server_context::current_user().await?, crate::server_context::environment()?))
}
