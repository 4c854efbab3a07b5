//! Forgets what nobody needs any more.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{Environment, Refused};

/// Job runs are kept this long.
const RUNS: TimeDelta = TimeDelta::days(90);
/// A run that began before this and never ended belongs to a worker that is gone.
const ABANDONED: TimeDelta = TimeDelta::hours(6);
/// Sign-in attempts count for minutes; they are kept a little longer for looking into an attack.
const ATTEMPTS: TimeDelta = TimeDelta::days(30);

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgotten {
    pub job_runs: usize,
    pub abandoned_runs: usize,
    pub sign_in_attempts: usize,
    pub sessions: usize,
}

/// The job clean_up.
///
/// # Errors
/// When the database fails.
pub async fn clean_up(environment: &Environment) -> Result<Forgotten, Refused> {
    let now = environment.clock().now();
    let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
    Ok(Forgotten {
        abandoned_runs: database::job_run::abandon(&mut connection, now - ABANDONED, now).await?,
        job_runs: database::job_run::forget(&mut connection, now - RUNS).await?,
        sign_in_attempts: database::person::forget_attempts(&mut connection, now - ATTEMPTS).await?,
        sessions: database::session::forget_expired(&mut connection).await?,
    })
}
