use std::time::Duration;

use deadpool::managed::QueueMode;
use diesel_async::pooled_connection::deadpool::{BuildError, Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures::FutureExt;

/// Compiling a statement takes half a second, longer than any statement of ours runs on a day's data.
const SETTINGS: &str = "SET jit = off";

/// How a process reaches PostgreSQL.
#[derive(Debug, Clone)]
pub enum Access {
    /// The URL already signs in as `overture_app`.
    Application(String),
    /// The URL signs in as the owner; each connection steps down to `overture_app` before its first statement.
    StepDown(String),
}

/// A pool of connections as the role `overture_app`. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pool: Pool<AsyncPgConnection>,
}

/// No connection could be had.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    #[error("the pool could not be built: {0}")]
    Build(#[from] BuildError),
    #[error("no database connection: {0}")]
    NoConnection(String),
}

impl From<PoolError> for diesel::result::Error {
    fn from(error: PoolError) -> Self {
        Self::DatabaseError(
            diesel::result::DatabaseErrorKind::UnableToSendCommand,
            Box::new(error.to_string()),
        )
    }
}

impl Database {
    /// Builds the pool; connects on first use. `size` is the most connections it opens.
    pub fn new(access: &Access, size: usize) -> Result<Self, PoolError> {
        let (url, step_down) = match access {
            Access::Application(url) => (url, false),
            Access::StepDown(url) => (url, true),
        };
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |url| {
            async move {
                let mut connection = AsyncPgConnection::establish(url).await?;
                let setup = if step_down {
                    format!("{SETTINGS}; SET ROLE overture_app")
                } else {
                    SETTINGS.to_owned()
                };
                connection
                    .batch_execute(&setup)
                    .await
                    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
                Ok(connection)
            }
            .boxed()
        });
        let manager = AsyncDieselConnectionManager::new_with_config(url.as_str(), config);
        let pool = Pool::builder(manager)
            // The connection used last: its caches are warm, and those that nobody needs stay out of the way.
            .queue_mode(QueueMode::Lifo)
            .max_size(size)
            .wait_timeout(Some(Duration::from_secs(10)))
            .create_timeout(Some(Duration::from_secs(10)))
            .runtime(deadpool::Runtime::Tokio1)
            .build()?;
        Ok(Self { pool })
    }

    /// A connection outside any brand: it sees people, sessions and jobs, and no row of any brand.
    pub async fn unscoped(&self) -> Result<Object<AsyncPgConnection>, PoolError> {
        self.pool.get().await.map_err(|error| PoolError::NoConnection(error.to_string()))
    }
}
