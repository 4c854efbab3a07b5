//! The worker against a real queue.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use mail::deliver::Recording;
use mail::render::TemplateStore;
use mail::token::TokenKey;
use outreach::transports::Transports;
use outreach::{Environment, Settings};
use test_support::TestDatabase;
use tokio_util::sync::CancellationToken;
use worker::Worker;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    found: i64,
}

fn environment(test: &TestDatabase, provider: &Arc<Recording>) -> Result<Environment> {
    outreach::install_crypto();
    Ok(Environment::new(Settings {
        database: test.database.clone(),
        clock: test.clock.clone(),
        templates: TemplateStore::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("../email_templates"))?,
        transports: Transports::fixed(provider.clone()),
        token_key: TokenKey::new(b"a secret that only tests use: 0123456789"),
        vault: outreach::vault::Vault::new(b"a key that only tests use: 0123456789abcdef").expect("derives"),
        public_url: "http://overture.test".to_owned(),
        demo: false,
    }))
}

async fn count(test: &TestDatabase, query: &str) -> Result<i64> {
    let mut owner = AsyncPgConnection::establish(&test.owner_url()).await?;
    Ok(diesel::sql_query(query).get_result::<Count>(&mut owner).await?.found)
}

async fn deal(test: &TestDatabase, email: &str) -> Result<database::deal::Deal> {
    let brand = test.brands.desifirms.id;
    let mut scope = test.database.brand(brand).await?;
    let contact = test_support::contact(&mut scope, brand, email, &test.clock).await?;
    let deal = test_support::deal(&mut scope, &contact, "business", &test.clock).await?;
    scope.commit().await?;
    Ok(deal)
}

/// Starts a worker; dropping the token's last clone does not end it, cancelling does.
fn start(
    environment: &Environment,
    test: &TestDatabase,
) -> (CancellationToken, tokio::task::JoinHandle<Result<()>>) {
    let end = CancellationToken::new();
    let worker = Worker { environment: environment.clone(), owner_url: test.owner_url() };
    let told = end.clone();
    (end, tokio::spawn(async move { worker.run(told).await }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mail_written_before_any_worker_ran_is_delivered_by_the_first_one() -> Result<()> {
    let test = TestDatabase::new().await?;
    let provider = Arc::new(Recording::new());
    let environment = environment(&test, &provider)?;
    database::queue::migrate(&test.owner_url()).await?;
    deal(&test, "priya@sharma-sweets.example").await?;
    outreach::autopilot::process_pending_deals(&environment).await?;
    ensure!(count(&test, "SELECT count(*) AS found FROM graphile_worker.jobs").await? == 1);

    let (end, running) = start(&environment, &test);
    tokio::time::timeout(Duration::from_secs(60), provider.reach_attempts(1))
        .await
        .context("never delivered")?;
    end.cancel();
    running.await??;
    ensure!(provider.accepted().len() == 1);
    let runs = "SELECT count(*) AS found FROM job_runs WHERE job = 'deliver_mail' AND outcome = 'done'";
    ensure!(count(&test, runs).await? == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_workers_enqueue_an_occurrence_once() -> Result<()> {
    let test = TestDatabase::new().await?;
    let environment = environment(&test, &Arc::new(Recording::new()))?;
    database::queue::migrate(&test.owner_url()).await?;
    let since = test.clock.now();
    test.clock.set(since + chrono::TimeDelta::minutes(35));
    let looks = (0..6).map(|_| {
        let environment = environment.clone();
        tokio::spawn(async move { worker::tick(&environment, since).await })
    });
    for look in looks {
        look.await??;
    }
    // 11:00: deals and mails; 10:45 is made up for by 11:00. 10:55: replies.
    ensure!(count(&test, "SELECT count(*) AS found FROM graphile_worker.jobs").await? == 3);
    let enqueued = "SELECT coalesce(sum(revision) + count(*), 0)::bigint AS found FROM graphile_worker.jobs";
    ensure!(count(&test, enqueued).await? == 3, "none was enqueued twice and replaced");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_worker_survives_a_database_that_drops_every_connection() -> Result<()> {
    let test = TestDatabase::new().await?;
    let provider = Arc::new(Recording::new());
    let environment = environment(&test, &provider)?;
    let (end, running) = start(&environment, &test);
    deal(&test, "first@one.example").await?;
    wait_for_queue(&test).await?;
    outreach::autopilot::process_pending_deals(&environment).await?;
    tokio::time::timeout(Duration::from_secs(60), provider.reach_attempts(1))
        .await
        .context("before the restart")?;

    let mut owner = AsyncPgConnection::establish(&test.owner_url()).await?;
    owner
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await?;
    // Each connection of the pool finds out by failing once.
    let mut tries = 0;
    while let Err(error) = deal(&test, "second@two.example").await {
        tries += 1;
        ensure!(tries < 20, "{error:#}");
    }
    turn(&environment).await?;
    tokio::time::timeout(Duration::from_secs(90), provider.reach_attempts(2))
        .await
        .context("after the restart")?;
    end.cancel();
    running.await??;
    ensure!(provider.accepted().len() == 2);
    Ok(())
}

/// A turn of the autopilot; connections that died with the restart are found out one by one.
async fn turn(environment: &Environment) -> Result<()> {
    for _ in 0..20 {
        if outreach::autopilot::process_pending_deals(environment).await.is_ok() {
            return Ok(());
        }
    }
    anyhow::bail!("the pool never recovered")
}

async fn wait_for_queue(test: &TestDatabase) -> Result<()> {
    database::queue::migrate(&test.owner_url()).await
}
