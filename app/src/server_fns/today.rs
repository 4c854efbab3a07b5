use domain::NoteId;
use domain::view::today::TodayView;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;

/// What needs the person now.
#[server(endpoint = "today")]
pub async fn today(brand: String) -> Result<TodayView, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(outreach::today::today(&environment, &user, &brand).await?)
}

/// Marks a task as done.
#[server(endpoint = "today/finish-task", input = Json)]
pub async fn finish_task(task: NoteId) -> Result<(), AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(outreach::today::finish_task(&environment, &user, task).await?)
}
