//! The job queue's own tables, which graphile_worker keeps in a schema of its own.

use anyhow::Context;
use graphile_worker_database::tokio_postgres::TokioPostgresDatabase;

/// The schema of the queue; `app.enqueue` looks for it.
pub const SCHEMA: &str = "graphile_worker";

/// Brings the queue's tables up to date, as the owner. Afterwards jobs can be enqueued before any worker has run.
///
/// # Errors
/// When the database can't be reached, or a migration of the queue fails.
pub async fn migrate(owner_url: &str) -> anyhow::Result<()> {
    let database = TokioPostgresDatabase::from_url(owner_url, 1).context("reading the owner's URL")?;
    graphile_worker_migrations::migrate(database, SCHEMA).await.context("migrating the job queue")?;
    Ok(())
}
