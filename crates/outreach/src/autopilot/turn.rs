use std::sync::Arc;

use chrono::{DateTime, Utc};
use database::Scoped;
use database::autopilot::{self, Place, Turn};
use database::brand::Brand;
use domain::PipelineId;
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

use super::Plans;
use super::batch::Batch;
use super::diaries::Diaries;
use super::outcome::Outcome;
use crate::{Environment, Refused, schedule};

/// Deals a transaction looks at. Large enough to spread its statements, small enough that nobody waits for the locks.
const BATCH: i64 = 250;

/// The job's name on the timetable.
pub(crate) const JOB: &str = "process_pending_deals";

/// What a turn of the autopilot did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Deals looked at.
    pub deals: u64,
    /// Mails written into the outbox.
    pub mails: u64,
    /// Decisions left to a person's approval.
    pub proposals: u64,
    /// Deals that wait.
    pub waits: u64,
    /// Deals closed.
    pub closed: u64,
    /// Deals held for a person.
    pub flagged: u64,
}

impl std::ops::AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.deals += other.deals;
        self.mails += other.mails;
        self.proposals += other.proposals;
        self.waits += other.waits;
        self.closed += other.closed;
        self.flagged += other.flagged;
    }
}

/// Decides on every due deal of every brand, oldest first. Any number of workers may call it at once: one at a time
/// works on a brand, the others pass it over, and a deal somebody is moving this moment waits for the next turn.
///
/// # Errors
/// When the database can't be reached. Batches done before stay done.
pub async fn process_pending_deals(environment: &Environment) -> Result<Summary, Refused> {
    let brands = {
        let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
        database::brand::all(&mut connection).await?
    };
    let mut summary = Summary::default();
    for brand in brands {
        summary += process_brand(environment, &brand).await?;
    }
    Ok(summary)
}

async fn process_brand(environment: &Environment, brand: &Brand) -> Result<Summary, Refused> {
    let now = environment.clock().now();
    let horizon = schedule::next_occurrence(JOB, now).unwrap_or(now + chrono::TimeDelta::hours(1));
    let database = environment.database();
    // Slots are given out of one diary, so one turn at a time; the lock goes with its transaction, whatever happens.
    let mut holder = database.brand(brand.id).await?;
    if !autopilot::hold(&mut holder, brand.id).await? {
        tracing::info!(brand = %brand.slug, "another worker runs this brand's autopilot");
        return Ok(Summary::default());
    }
    let mut transaction = database.brand(brand.id).await?;
    let plans = Plans::load(&mut transaction).await?;
    let running = plans.running();
    let mut diaries = Diaries::load(&mut transaction, brand, now).await?;
    drop(transaction);

    let mut summary = Summary::default();
    let mut checked = std::collections::HashMap::new();
    let mut after = None;
    let brand = Arc::new(brand.clone());
    let mut writing: Option<JoinHandle<Result<Summary, Refused>>> = None;
    loop {
        // One batch is written down, by a task of its own, while the next one's mails are rendered.
        let decided = async {
            if environment.is_stopping() {
                return Ok(None);
            }
            let mut transaction = database.brand(brand.id).await?;
            let due = due(&mut transaction, &brand, &running, now, horizon, after).await?;
            let Some(last) = due.last().copied() else { return Ok(None) };
            let batch = Batch::new(environment, &brand, &plans, &mut diaries, &mut checked, now, horizon);
            let outcome = batch.decide(&mut transaction, &due).await?;
            Ok::<_, Refused>(Some((last, transaction, outcome)))
        }
        .await;
        // Before anything ends this turn, and with it the hold on the diaries.
        if let Some(writing) = writing.take() {
            summary += writing.await.map_err(anyhow::Error::from)??;
        }
        let Some((last, transaction, outcome)) = decided? else { break };
        after = Some(last);
        writing = Some(tokio::spawn(write(transaction, outcome, brand.clone(), now)));
    }
    drop(holder);
    Ok(summary)
}

async fn write(
    mut transaction: Scoped,
    outcome: Outcome,
    brand: Arc<Brand>,
    now: DateTime<Utc>,
) -> Result<Summary, Refused> {
    outcome.write(&mut transaction, &brand, now).await?;
    transaction.commit().await?;
    Ok(outcome.summary)
}

async fn due(
    connection: &mut database::Connection,
    brand: &Brand,
    pipelines: &[PipelineId],
    now: DateTime<Utc>,
    horizon: DateTime<Utc>,
    after: Option<Place>,
) -> Result<Vec<Place>, Refused> {
    let turn = Turn { brand: brand.id, pipelines, now, horizon, after, limit: BATCH };
    Ok(autopilot::lock_due(connection, &turn).await?)
}
