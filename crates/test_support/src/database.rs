use anyhow::Context;
use chrono::{DateTime, Utc};
use database::clock::Clock;
use database::{Access, Database};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

use crate::{Brands, MONDAY_MORNING};

/// A database of its own for one test, with the schema and both brands' pipelines, dropped at the end.
///
/// Copied from a template database that the first test of a run makes; its name carries the migrations' and the
/// catalogue's checksum, so that a changed schema never meets an old template.
pub struct TestDatabase {
    name: String,
    server: String,
    pub database: Database,
    /// Stands at [`MONDAY_MORNING`].
    pub clock: Clock,
    pub brands: Brands,
}

impl TestDatabase {
    /// Makes the database.
    ///
    /// # Errors
    /// When `OVERTURE_TEST_DATABASE_URL` is missing (`cargo xtask test` sets it) or the server can't be reached.
    pub async fn new() -> anyhow::Result<Self> {
        let server = std::env::var("OVERTURE_TEST_DATABASE_URL")
            .context("OVERTURE_TEST_DATABASE_URL is not set; run the tests with `cargo xtask test`")?;
        let start: DateTime<Utc> = MONDAY_MORNING.parse()?;
        let clock = Clock::frozen(start);
        let template = template(&server, &clock).await?;
        let name = format!("overture_test_{}", clock.new_id().simple());
        let mut connection = AsyncPgConnection::establish(&server).await?;
        connection.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
        let database = Database::new(&Access::StepDown(with_database(&server, &name)), 8)?;
        let brands = Brands::find(&database).await?;
        Ok(Self { name, server, database, clock, brands })
    }

    /// The owner's URL of this database: migrations, `pg_stat_statements`, killing connections.
    pub fn owner_url(&self) -> String {
        with_database(&self.server, &self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread of its own: the test's runtime is going down, and dropping has to wait for the answer.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = AsyncPgConnection::establish(&server).await?;
                connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
                anyhow::Ok(())
            })
        })
        .join();
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("the test database {} could not be dropped", self.name);
        }
    }
}

fn with_database(server: &str, name: &str) -> String {
    let (path, query) = server.split_once('?').map_or((server, ""), |(path, query)| (path, query));
    let base = path.rsplit_once('/').map_or(path, |(base, _)| base);
    if query.is_empty() { format!("{base}/{name}") } else { format!("{base}/{name}?{query}") }
}

/// The template's name, made if it isn't there. Processes wait for each other.
async fn template(server: &str, clock: &Clock) -> anyhow::Result<String> {
    let name = format!("overture_template_{:016x}", database::migrate::fingerprint());
    let mut connection =
        AsyncPgConnection::establish(server).await.context("connecting to the test server")?;
    connection.batch_execute("SELECT pg_advisory_lock(7213402)").await?;
    if !exists(&mut connection, &name).await? {
        let half_made = format!("{name}_new");
        connection.batch_execute(&format!("DROP DATABASE IF EXISTS {half_made} WITH (FORCE)")).await?;
        connection.batch_execute(&format!("CREATE DATABASE {half_made}")).await?;
        let url = with_database(server, &half_made);
        database::migrate::migrate(&url, None).await?;
        {
            let database = Database::new(&Access::StepDown(url), 2)?;
            Brands::load(&database, clock).await?;
        }
        connection
            .batch_execute(&format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{half_made}'; \
                 ALTER DATABASE {half_made} RENAME TO {name}"
            ))
            .await?;
    }
    connection.batch_execute("SELECT pg_advisory_unlock(7213402)").await?;
    Ok(name)
}

async fn exists(connection: &mut AsyncPgConnection, name: &str) -> anyhow::Result<bool> {
    use diesel::prelude::*;
    use diesel::sql_types::{BigInt, Text};
    use diesel_async::RunQueryDsl;

    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        found: i64,
    }
    let count: Count = diesel::sql_query("SELECT count(*) AS found FROM pg_database WHERE datname = $1")
        .bind::<Text, _>(name)
        .get_result(connection)
        .await?;
    Ok(count.found == 1)
}
