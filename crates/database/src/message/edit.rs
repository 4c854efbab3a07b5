use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::MessageId;
use domain::mailing::MessageState;

use crate::Result;
use crate::schema::email_messages as m;

const WAITING: [MessageState; 3] = [MessageState::Draft, MessageState::Scheduled, MessageState::Queued];

/// Cancels a waiting mail (locked by the caller).
pub async fn cancel(connection: &mut AsyncPgConnection, id: MessageId, reason: &str) -> Result<usize> {
    diesel::update(m::table.filter(m::id.eq(id)).filter(m::state.eq_any(WAITING)))
        .set((m::state.eq(MessageState::Cancelled), m::reason.eq(reason)))
        .execute(connection)
        .await
}

/// Gives a waiting mail (locked by the caller) another time (UTC).
pub async fn reschedule(
    connection: &mut AsyncPgConnection,
    id: MessageId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<usize> {
    diesel::update(m::table.filter(m::id.eq(id)).filter(m::state.eq_any(WAITING)))
        .set((m::state.eq(MessageState::Scheduled), m::scheduled_for.eq(at), m::reason.eq(reason)))
        .execute(connection)
        .await
}
