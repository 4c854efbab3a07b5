//! Sign-in sessions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::UserId;

use crate::Result;
use crate::prepared::Prepare;
use crate::schema::sessions;

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct StoredSession {
    /// SHA-256 of the cookie's id, hex.
    pub id: String,
    pub user_id: Option<UserId>,
    pub data: serde_json::Value,
    pub expires_at: DateTime<Utc>,
}

/// Stores a new session; `false` when the id is taken.
pub async fn insert(
    connection: &mut AsyncPgConnection,
    session: &StoredSession,
    now: DateTime<Utc>,
) -> Result<bool> {
    let inserted = diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(&session.id),
            sessions::user_id.eq(session.user_id),
            sessions::data.eq(&session.data),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(session.expires_at),
        ))
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    Ok(inserted == 1)
}

/// Stores a session's data, new or not.
pub async fn save(
    connection: &mut AsyncPgConnection,
    session: &StoredSession,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(&session.id),
            sessions::user_id.eq(session.user_id),
            sessions::data.eq(&session.data),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(session.expires_at),
        ))
        .on_conflict(sessions::id)
        .do_update()
        .set((
            sessions::user_id.eq(session.user_id),
            sessions::data.eq(&session.data),
            sessions::last_seen_at.eq(now),
            sessions::expires_at.eq(session.expires_at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// The session with this digest, expired or not.
pub async fn load(connection: &mut AsyncPgConnection, id: &str) -> Result<Option<StoredSession>> {
    sessions::table
        .filter(sessions::id.eq(id))
        .select(StoredSession::as_select())
        .first(connection)
        .await
        .optional()
}

/// Ends a session.
pub async fn delete(connection: &mut AsyncPgConnection, id: &str) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::id.eq(id))).execute(connection).await?;
    Ok(())
}

/// Forgets sessions that expired before `now`.
pub async fn delete_expired(connection: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(now))).execute(connection).await?;
    Ok(())
}

/// Forgets sessions that have expired by the database's own clock: sessions keep real time in the demo, too. Returns how
/// many.
pub async fn forget_expired(connection: &mut AsyncPgConnection) -> Result<usize> {
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(diesel::dsl::now)))
        .execute(connection)
        .await
}

/// A sign-in of a person.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct OpenSession {
    #[diesel(sql_type = Text)]
    pub id: String,
    /// The browser, as it names itself; empty when it didn't.
    #[diesel(sql_type = Text)]
    pub agent: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub last_seen_at: DateTime<Utc>,
}

/// A person's sessions, the one used last first.
pub async fn of_user(connection: &mut AsyncPgConnection, user: UserId) -> Result<Vec<OpenSession>> {
    diesel::sql_query(
        "SELECT id, coalesce(data ->> 'agent', '') AS agent, created_at, last_seen_at FROM sessions \
         WHERE user_id = $1 ORDER BY last_seen_at DESC, id",
    )
    .bind::<Uuid, _>(user)
    .prepared()
    .load(connection)
    .await
}

/// Ends a person's sessions but the one with this digest. Returns how many there were.
pub async fn delete_others(connection: &mut AsyncPgConnection, user: UserId, keep: &str) -> Result<usize> {
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user).and(sessions::id.ne(keep))))
        .execute(connection)
        .await
}
