//! Transactions that see one set of brands and nothing else.

use std::ops::{Deref, DerefMut};

use diesel_async::pooled_connection::deadpool::Object;
use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};
use domain::BrandId;

use crate::{Database, Result};

/// An open transaction scoped to a set of brands. [`Scoped::commit`] keeps its writes; dropping it rolls back.
pub struct Scoped {
    connection: Option<Object<AsyncPgConnection>>,
}

impl Database {
    /// Opens a transaction that sees exactly these brands.
    pub async fn scoped(&self, brands: &[BrandId]) -> Result<Scoped> {
        self.begin(brands, "").await
    }

    /// The same for short work whose best plans don't hang on the values: each prepared statement is planned once a
    /// connection.
    ///
    /// PostgreSQL plans a statement anew each time while it expects more of a plan for the very values, and of an array or
    /// a limit it always does, because it takes them for ten elements and for a tenth of the rows otherwise. For a board or
    /// a move that takes longer than running them.
    pub async fn scoped_with_kept_plans(&self, brands: &[BrandId]) -> Result<Scoped> {
        self.begin(brands, ", set_config('plan_cache_mode', 'force_generic_plan', true)").await
    }

    async fn begin(&self, brands: &[BrandId], settings: &str) -> Result<Scoped> {
        let list = brands.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let mut connection = self.unscoped().await?;
        // One round trip. A brand's id is a UUID: nothing in the list can end the quotation.
        let begin = format!("BEGIN; SELECT set_config('app.brand_ids', '{{{list}}}', true){settings}");
        AnsiTransactionManager::begin_transaction_sql(&mut *connection, &begin).await?;
        Ok(Scoped { connection: Some(connection) })
    }

    /// Opens a transaction that sees one brand.
    pub async fn brand(&self, brand: BrandId) -> Result<Scoped> {
        self.scoped(&[brand]).await
    }
}

impl Scoped {
    /// Commits.
    pub async fn commit(mut self) -> Result<()> {
        match self.connection.take() {
            Some(mut connection) => AnsiTransactionManager::commit_transaction(&mut *connection).await,
            None => Ok(()),
        }
    }
}

impl Deref for Scoped {
    type Target = AsyncPgConnection;

    #[expect(
        clippy::expect_used,
        reason = "only commit and drop take the connection, and both end the guard"
    )]
    fn deref(&self) -> &AsyncPgConnection {
        self.connection.as_ref().expect("an open transaction has its connection")
    }
}

impl DerefMut for Scoped {
    #[expect(
        clippy::expect_used,
        reason = "only commit and drop take the connection, and both end the guard"
    )]
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        self.connection.as_mut().expect("an open transaction has its connection")
    }
}

impl Drop for Scoped {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        // Without a runtime the pool drops the connection, and PostgreSQL rolls back by itself.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) = AnsiTransactionManager::rollback_transaction(&mut *connection).await {
                    tracing::debug!(%error, "a transaction could not be rolled back; its connection is dropped");
                }
            });
        }
    }
}
