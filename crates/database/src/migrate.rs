//! The schema, brought up to date.

use anyhow::Context;
use diesel::sql_types::BigInt;
use diesel_async::{
    AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Any number that no other program on this database takes an advisory lock with.
const LOCK: i64 = 0x6f76_6572_7475_7265;

/// Changes with the migrations and the pipeline catalogue: names the template database of tests.
pub fn fingerprint() -> u64 {
    use diesel::migration::{Migration, MigrationSource};
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut hasher = DefaultHasher::new();
    let migrations: Vec<Box<dyn Migration<diesel::pg::Pg>>> = MIGRATIONS.migrations().unwrap_or_default();
    for migration in migrations {
        migration.name().to_string().hash(&mut hasher);
    }
    include_dir_checksum().hash(&mut hasher);
    for pipeline in domain::pipeline::catalogue::all() {
        format!("{pipeline:?}").hash(&mut hasher);
    }
    hasher.finish()
}

/// Set by the build script over the text of all migrations.
fn include_dir_checksum() -> &'static str {
    env!("MIGRATIONS_CHECKSUM")
}

/// Runs what is missing, as the owner. Two processes at once wait for each other.
///
/// `app_password` becomes the password of `overture_app`; without one the role keeps what it has.
///
/// # Errors
/// When the database can't be reached, the role may not create roles and schemas, or a migration fails (it is rolled
/// back, those before it stay).
pub async fn migrate(owner_url: &str, app_password: Option<&str>) -> anyhow::Result<Vec<String>> {
    let mut connection = AsyncPgConnection::establish(owner_url).await.context("connecting as the owner")?;
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(LOCK).execute(&mut connection).await?;

    let mut harness = AsyncMigrationHarness::new(connection);
    let ran = harness
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| anyhow::anyhow!("a migration failed and was rolled back: {error}"))?
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut connection = harness.into_inner();
    if let Some(password) = app_password {
        // ALTER ROLE takes no parameters; doubling the quotes is PostgreSQL's own escape.
        let quoted = password.replace('\'', "''");
        connection
            .batch_execute(&format!("ALTER ROLE overture_app PASSWORD '{quoted}'"))
            .await
            .context("setting the password of overture_app")?;
    }
    Ok(ran)
}
