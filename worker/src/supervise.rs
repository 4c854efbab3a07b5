use std::time::Duration;

use anyhow::Context;
use graphile_worker::{WorkerOptions, WorkerRecoveryConfig};
use outreach::Environment;
use outreach::config::Config;
use tokio_util::sync::CancellationToken;

use crate::handlers::{self, Shared};
use crate::{shutdown, timetable};

/// Jobs at once in one worker.
const CONCURRENCY: usize = 4;
/// Each job uses up to three connections of the application role, and the timetable one.
const POOL_SIZE: usize = 12;
/// Connections of the owner, for the queue itself.
const QUEUE_POOL_SIZE: u32 = 4;
/// Time for running jobs to end after SIGTERM; afterwards they go back into the queue.
const GRACE: Duration = Duration::from_secs(25);
/// A worker that hasn't shown itself for so long is gone: its jobs go to others.
const GONE_AFTER: Duration = Duration::from_secs(120);
/// Longest wait for a database that is away.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Runs jobs until SIGTERM or Ctrl-C.
///
/// # Errors
/// When the environment can't be built or the queue's tables can't be made at the first start. A database that goes
/// away later is waited for.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let environment = config.environment(POOL_SIZE).await?;
    let worker = Worker { environment, owner_url: config.owner_url.clone() };
    worker.run(shutdown::listen()).await
}

/// A worker with its environment and the owner's URL for the queue.
pub struct Worker {
    pub environment: Environment,
    pub owner_url: String,
}

impl Worker {
    /// Runs until the token is cancelled.
    ///
    /// # Errors
    /// When the queue can't be reached at the first start.
    pub async fn run(&self, end: CancellationToken) -> anyhow::Result<()> {
        database::queue::migrate(&self.owner_url).await?;
        let stopping = {
            let (environment, end) = (self.environment.clone(), end.clone());
            tokio::spawn(async move {
                end.cancelled().await;
                environment.stop();
            })
        };
        let ((), ()) = tokio::join!(timetable::keep(&self.environment, &end), self.work(&end));
        stopping.abort();
        Ok(())
    }

    /// Takes jobs; starts again when the queue fails, as it does when the database restarts.
    async fn work(&self, end: &CancellationToken) {
        let mut wait = Duration::from_secs(1);
        while !end.is_cancelled() {
            let started = tokio::time::Instant::now();
            match self.take_jobs(end).await {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(
                        error = format!("{error:#}"),
                        "the queue failed; starting again in {wait:?}"
                    );
                }
            }
            if started.elapsed() > LONGEST_WAIT {
                wait = Duration::from_secs(1);
            }
            tokio::select! {
                () = end.cancelled() => return,
                () = tokio::time::sleep(wait) => {}
            }
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    async fn take_jobs(&self, end: &CancellationToken) -> anyhow::Result<()> {
        let recovery = WorkerRecoveryConfig::default()
            .enabled(true)
            .heartbeat_interval(Duration::from_secs(15))
            .sweep_interval(Duration::from_secs(30))
            .sweep_threshold(GONE_AFTER)
            .recovery_delay(Duration::from_secs(5));
        let worker = WorkerOptions::default()
            .database_url(&self.owner_url)
            .max_pg_conn(QUEUE_POOL_SIZE)
            .schema(database::queue::SCHEMA)
            .concurrency(CONCURRENCY)
            .worker_recovery(recovery)
            .define_jobs(handlers::all())
            .add_extension(Shared(self.environment.clone()))
            .listen_os_shutdown_signals(false)
            .shutdown_signal(end.clone().cancelled_owned())
            .shutdown_grace_period(GRACE)
            .shutdown_interrupted_job_retry_delay(Duration::from_secs(5))
            .init()
            .await
            .context("starting on the queue")?;
        tracing::info!("taking jobs");
        worker.run().await.context("working on the queue")
    }
}
