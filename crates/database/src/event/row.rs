use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::{EventKind, Verdict};
use domain::{BrandId, DealId, EmailEventId, MessageId};

use crate::Result;
use crate::schema::{email_events, email_messages};

/// One event of one mail.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = email_events)]
pub struct NewEvent {
    pub id: EmailEventId,
    pub brand_id: BrandId,
    pub message_id: MessageId,
    pub deal_id: Option<DealId>,
    pub kind: EventKind,
    pub verdict: Verdict,
    /// Code of the rule that gave the verdict.
    pub reason: String,
    /// Where a click led.
    pub url: Option<String>,
    pub user_agent: Option<String>,
    pub at: DateTime<Utc>,
}

/// Appends an event.
pub async fn append(connection: &mut AsyncPgConnection, event: &NewEvent) -> Result<()> {
    diesel::insert_into(email_events::table).values(event).execute(connection).await?;
    Ok(())
}

/// Whether a mail has an event of this kind.
pub async fn exists(connection: &mut AsyncPgConnection, message: MessageId, kind: EventKind) -> Result<bool> {
    diesel::select(diesel::dsl::exists(
        email_events::table.filter(email_events::message_id.eq(message).and(email_events::kind.eq(kind))),
    ))
    .get_result(connection)
    .await
}

/// Keeps the moment of a mail's first answer.
pub async fn mark_replied(
    connection: &mut AsyncPgConnection,
    message: MessageId,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(
        email_messages::table
            .filter(email_messages::id.eq(message).and(email_messages::replied_at.is_null())),
    )
    .set(email_messages::replied_at.eq(at))
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps the moment a mail first came back.
pub async fn mark_bounced(
    connection: &mut AsyncPgConnection,
    message: MessageId,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(
        email_messages::table
            .filter(email_messages::id.eq(message).and(email_messages::bounced_at.is_null())),
    )
    .set(email_messages::bounced_at.eq(at))
    .execute(connection)
    .await?;
    Ok(())
}
