use domain::view::frame::{DemoSignIn, FrameView};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// Who is signed in, their brands and boards, and the demo's clock.
#[server(endpoint = "frame", output = Json)]
pub async fn frame() -> Result<FrameView, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    Ok(user.frame(environment.clock()))
}

/// The demo's sign-ins; none outside the demo.
#[server(endpoint = "sign-in/demo", output = Json)]
pub async fn demo_sign_ins() -> Result<Vec<DemoSignIn>, AppError> {
    let environment = crate::server_context::environment()?;
    Ok(outreach::people::demo_sign_ins(&environment).await?)
}
