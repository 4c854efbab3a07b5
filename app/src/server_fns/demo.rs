//! The demo's clock. Outside the demo none of this exists.

use domain::view::frame::{ClockMoved, ClockStep, DemoClock};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;

/// The demo's time; `None` outside the demo.
#[server(endpoint = "demo/clock")]
pub async fn clock() -> Result<Option<DemoClock>, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    if environment.is_demo() {
        // Another process (the command line) may have moved it.
        let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
        environment.clock().refresh(&mut connection).await?;
    }
    Ok(user.demo_clock(environment.clock()))
}

/// Moves the demo's clock on and runs what falls due on the way.
#[server(endpoint = "demo/advance", input = Json)]
pub async fn advance_clock(step: ClockStep) -> Result<ClockMoved, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    if !environment.is_demo() {
        return Err(AppError::NotFound);
    }
    let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
    let target = environment.clock().now() + chrono::TimeDelta::hours(step.hours());
    environment.clock().advance_to(&mut connection, target).await?;
    let clock = user.demo_clock(environment.clock()).ok_or(AppError::NotFound)?;
    Ok(ClockMoved { clock, happened: "nothing fell due".to_owned() })
}
