use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::mailing::AttemptOutcome;
use domain::{BrandId, MessageId};
use uuid::Uuid;

use crate::Result;
use crate::schema::email_attempts;

/// One attempt to hand a mail over.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = email_attempts)]
pub struct Attempt {
    pub id: Uuid,
    pub brand_id: BrandId,
    pub message_id: MessageId,
    pub outcome: AttemptOutcome,
    /// In words; empty when it was taken.
    pub reason: String,
    /// UTC.
    pub at: DateTime<Utc>,
}

/// Keeps what came of attempts.
pub async fn note_attempts(connection: &mut AsyncPgConnection, attempts: &[Attempt]) -> Result<()> {
    if !attempts.is_empty() {
        diesel::insert_into(email_attempts::table).values(attempts).execute(connection).await?;
    }
    Ok(())
}

/// The attempts to hand a mail over, newest first.
pub async fn attempts(
    connection: &mut AsyncPgConnection,
    message: MessageId,
    limit: i64,
) -> Result<Vec<Attempt>> {
    email_attempts::table
        .filter(email_attempts::message_id.eq(message))
        .order((email_attempts::at.desc(), email_attempts::id.desc()))
        .limit(limit)
        .select(Attempt::as_select())
        .load(connection)
        .await
}
