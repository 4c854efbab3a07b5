use domain::NoteId;
use domain::view::today::TodayView;
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// What needs the person now.
#[server(endpoint = "today", output = Json)]
pub async fn today(brand: String) -> Result<TodayView, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(outreach::today::today(&environment, &user, &brand).await?)
}

/// Marks a task as done.
#[server(endpoint = "today/finish-task", input = Json, output = Json)]
pub async fn finish_task(task: NoteId) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(outreach::today::finish_task(&environment, &user, task).await?)
}
