use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::{EventKind, Verdict};
use domain::{EmailEventId, MessageId};

use crate::Result;
use crate::prepared::Prepare;

/// An open or a click as it is stored.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct StoredHit {
    #[diesel(sql_type = SqlUuid)]
    pub id: EmailEventId,
    #[diesel(sql_type = SqlUuid)]
    pub message_id: MessageId,
    #[diesel(sql_type = Text)]
    pub kind: EventKind,
    /// The verdict that holds.
    #[diesel(sql_type = Text)]
    pub verdict: Verdict,
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// The verdict it got when it was looked at alone.
    #[diesel(sql_type = Text)]
    pub first_verdict: Verdict,
    #[diesel(sql_type = Text)]
    pub first_reason: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub url: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub user_agent: Option<String>,
    #[diesel(sql_type = Nullable<Binary>)]
    pub origin: Option<Vec<u8>>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// The newest opens and clicks of each of these mails, at most `most` of each.
pub async fn hits_of(
    connection: &mut AsyncPgConnection,
    messages: &[MessageId],
    most: i64,
) -> Result<Vec<StoredHit>> {
    diesel::sql_query(
        "SELECT e.id, e.message_id, e.kind, e.verdict, e.reason, coalesce(f.verdict, e.verdict) AS first_verdict, \
         coalesce(f.reason, e.reason) AS first_reason, e.url, e.user_agent, e.origin, e.at \
         FROM (SELECT DISTINCT id FROM unnest($1::uuid[]) AS u(id)) m \
         CROSS JOIN LATERAL (SELECT * FROM email_events WHERE message_id = m.id AND kind IN ('open', 'click') \
           ORDER BY at DESC LIMIT $2) e \
         LEFT JOIN LATERAL (SELECT verdict, reason FROM email_event_judgements \
           WHERE e.judged_at IS NOT NULL AND event_id = e.id ORDER BY id LIMIT 1) f ON true",
    )
    .bind::<Array<SqlUuid>, _>(messages)
    .bind::<BigInt, _>(most)
    .prepared().load(connection)
    .await
}

/// A better verdict on a stored event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejudged {
    pub id: EmailEventId,
    pub message: MessageId,
    pub verdict: Verdict,
    /// Code of the rule that gave it.
    pub reason: &'static str,
}

/// Replaces verdicts (the database keeps those replaced) and works out anew when each mail was first opened and clicked.
pub async fn rejudge(
    connection: &mut AsyncPgConnection,
    verdicts: &[Rejudged],
    now: DateTime<Utc>,
) -> Result<()> {
    if verdicts.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "UPDATE email_events e SET verdict = v.verdict, reason = v.reason, judged_at = $4 \
         FROM unnest($1::uuid[], $2::text[], $3::text[]) AS v(id, verdict, reason) WHERE e.id = v.id",
    )
    .bind::<Array<SqlUuid>, _>(verdicts.iter().map(|verdict| verdict.id).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(verdicts.iter().map(|verdict| verdict.verdict.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(verdicts.iter().map(|verdict| verdict.reason).collect::<Vec<_>>())
    .bind::<Timestamptz, _>(now)
    .prepared()
    .execute(connection)
    .await?;
    let mut messages: Vec<MessageId> = verdicts.iter().map(|verdict| verdict.message).collect();
    messages.sort_unstable();
    messages.dedup();
    diesel::sql_query(
        "WITH first AS (SELECT message_id, \
             min(at) FILTER (WHERE kind = 'open' AND verdict = 'human') AS opened_at, \
             min(at) FILTER (WHERE kind = 'open' AND verdict <> 'human') AS machine_opened_at, \
             min(at) FILTER (WHERE kind = 'click' AND verdict = 'human') AS clicked_at \
             FROM email_events WHERE message_id = ANY ($1) GROUP BY message_id) \
         UPDATE email_messages m SET opened_at = f.opened_at, machine_opened_at = f.machine_opened_at, \
             clicked_at = f.clicked_at FROM first f WHERE m.id = f.message_id",
    )
    .bind::<Array<SqlUuid>, _>(&messages)
    .prepared()
    .execute(connection)
    .await?;
    Ok(())
}
