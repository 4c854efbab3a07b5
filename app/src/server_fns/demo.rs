//! The demo's clock. Outside the demo none of this exists.

use domain::view::frame::{ClockMoved, ClockStep, DemoClock};
use leptos::prelude::*;

use crate::error::AppError;
use crate::wire::Json;

/// The demo's time; `None` outside the demo.
#[server(endpoint = "demo/clock", output = Json)]
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
#[server(endpoint = "demo/advance", input = Json, output = Json)]
pub async fn advance_clock(step: ClockStep) -> Result<ClockMoved, AppError> {
    let user = crate::server_context::current_user().await?;
    let environment = crate::server_context::environment()?;
    if !environment.is_demo() {
        return Err(AppError::NotFound);
    }
    let done = outreach::demo_clock::advance(&environment, chrono::TimeDelta::hours(step.hours())).await?;
    let clock = user.demo_clock(environment.clock()).ok_or(AppError::NotFound)?;
    let mut happened = done.in_words();
    for problem in done.problems {
        happened.push_str(". ");
        happened.push_str(&problem);
    }
    Ok(ClockMoved { clock, happened })
}
