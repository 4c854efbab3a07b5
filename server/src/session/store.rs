use async_trait::async_trait;
use chrono::{DateTime, Utc};
use database::session::StoredSession;
use outreach::Environment;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tower_sessions::cookie::time as cookie_time;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{ExpiredDeletion, SessionStore};

use super::USER;

/// The table `sessions` as a store. Keeps the SHA-256 of the session id, so that a copy of the table opens nothing.
#[derive(Clone)]
pub struct SessionTable {
    environment: Environment,
}

impl std::fmt::Debug for SessionTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionTable")
    }
}

impl SessionTable {
    pub fn new(environment: Environment) -> Self {
        Self { environment }
    }

    fn stored(&self, record: &Record) -> Result<StoredSession> {
        let data = serde_json::to_value(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        Ok(StoredSession {
            id: digest(&record.id),
            user_id: data.get(USER).and_then(|value| serde_json::from_value(value.clone()).ok()),
            data,
            expires_at: instant(record.expiry_date),
        })
    }
}

/// How a session is known to the table: a copy of it opens nothing.
pub fn digest(id: &Id) -> String {
    Sha256::digest(id.0.to_be_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn instant(at: OffsetDateTime) -> DateTime<Utc> {
    DateTime::from_timestamp(at.unix_timestamp(), at.nanosecond()).unwrap_or(DateTime::UNIX_EPOCH)
}

fn backend(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for SessionTable {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let mut connection = self.environment.database().unscoped().await.map_err(backend)?;
        loop {
            let now = self.environment.clock().now();
            if database::session::insert(&mut connection, &self.stored(record)?, now)
                .await
                .map_err(backend)?
            {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut connection = self.environment.database().unscoped().await.map_err(backend)?;
        let now = self.environment.clock().now();
        database::session::save(&mut connection, &self.stored(record)?, now).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut connection = self.environment.database().unscoped().await.map_err(backend)?;
        let found = database::session::load(&mut connection, &digest(id)).await.map_err(backend)?;
        // Expiry is the machine's business, not the demo clock's: advancing the demo by a month signs nobody out.
        let Some(stored) =
            found.filter(|stored| instant(cookie_time::OffsetDateTime::now_utc()) < stored.expires_at)
        else {
            return Ok(None);
        };
        Ok(Some(Record {
            id: *id,
            data: serde_json::from_value(stored.data).map_err(|error| Error::Decode(error.to_string()))?,
            expiry_date: OffsetDateTime::from_unix_timestamp(stored.expires_at.timestamp())
                .map_err(backend)?,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut connection = self.environment.database().unscoped().await.map_err(backend)?;
        database::session::delete(&mut connection, &digest(id)).await.map_err(backend)
    }
}

#[async_trait]
impl ExpiredDeletion for SessionTable {
    async fn delete_expired(&self) -> Result<()> {
        let mut connection = self.environment.database().unscoped().await.map_err(backend)?;
        let now = instant(cookie_time::OffsetDateTime::now_utc());
        database::session::delete_expired(&mut connection, now).await.map_err(backend)
    }
}
