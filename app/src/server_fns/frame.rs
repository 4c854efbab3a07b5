use domain::view::frame::FrameView;
use leptos::prelude::*;

use crate::error::AppError;

/// Who is signed in, their brands and boards, and the demo's clock.
#[server(endpoint = "frame")]
pub async fn frame() -> Result<FrameView, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(user.frame(environment.clock()))
}
