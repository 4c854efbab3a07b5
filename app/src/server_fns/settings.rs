use domain::PipelineId;
use domain::view::settings::{AccountView, JobsView, PipelineEdit, PipelineLine, PipelineSettings};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// The pipelines of the chosen brands.
#[server(endpoint = "settings/pipelines", output = Json)]
pub async fn pipelines(brand: String) -> Result<Vec<PipelineLine>, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::pipelines(&crate::server_context::environment()?, &user, &brand).await?)
}

/// A pipeline with its stages.
#[server(endpoint = "settings/pipeline", input = Json, output = Json)]
pub async fn pipeline(id: PipelineId) -> Result<PipelineSettings, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::pipeline(&crate::server_context::environment()?, &user, id).await?)
}

/// Stores what a person changed about a pipeline.
#[server(endpoint = "settings/pipeline/save", input = Json, output = Json)]
pub async fn save_pipeline(edit: PipelineEdit) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::save_pipeline(&crate::server_context::environment()?, &user, &edit).await?)
}

/// The timetable, and what ran.
#[server(endpoint = "settings/jobs", output = Json)]
pub async fn jobs() -> Result<JobsView, AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::jobs(&crate::server_context::environment()?, &user).await?)
}

/// Starts a job now.
#[server(endpoint = "settings/jobs/run", input = Json, output = Json)]
pub async fn run_job(job: String) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::run_now(&crate::server_context::environment()?, &user, &job).await?)
}

/// The person's own settings.
#[server(endpoint = "settings/account", output = Json)]
pub async fn account() -> Result<AccountView, AppError> {
    let user = crate::server_context::current_user().await?;
    let session = crate::server_context::current_session().await?;
    Ok(outreach::settings::account(&crate::server_context::environment()?, &user, &session.0).await?)
}

/// Stores the person's name and zone.
#[server(endpoint = "settings/account/save", input = Json, output = Json)]
pub async fn save_account(name: String, time_zone: String) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    Ok(outreach::settings::save_account(&crate::server_context::environment()?, &user, &name, &time_zone)
        .await?)
}

/// Replaces the person's password and ends their other sessions.
#[server(endpoint = "settings/account/password", input = Json, output = Json)]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    let session = crate::server_context::current_session().await?;
    let environment = crate::server_context::environment()?;
    Ok(outreach::settings::change_password(&environment, &user, &session.0, current, new).await?)
}

/// Ends the person's other sessions. Returns how many there were.
#[server(endpoint = "settings/account/end-others", input = Json, output = Json)]
pub async fn end_other_sessions() -> Result<i64, AppError> {
    let user = crate::server_context::current_user().await?;
    let session = crate::server_context::current_session().await?;
    Ok(outreach::settings::end_other_sessions(&crate::server_context::environment()?, &user, &session.0)
        .await?)
}
