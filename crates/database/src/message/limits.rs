use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, ContactId};

use crate::Result;
use crate::prepared::Prepare;

/// How many mails a brand has handed over (or may have).
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct HandedOverLately {
    /// In the last hour.
    #[diesel(sql_type = BigInt)]
    pub hour: i64,
    /// The oldest of those (UTC).
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest_in_hour: Option<DateTime<Utc>>,
    /// Since the day began.
    #[diesel(sql_type = BigInt)]
    pub day: i64,
}

/// Counts a brand's mails after `hour_ago` and from `day_start` on; tests left out.
pub async fn handed_over(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    hour_ago: DateTime<Utc>,
    day_start: DateTime<Utc>,
) -> Result<HandedOverLately> {
    diesel::sql_query(
        "SELECT count(*) FILTER (WHERE at > $2) AS hour, min(at) FILTER (WHERE at > $2) AS oldest_in_hour,
                count(*) FILTER (WHERE at >= $3) AS day
         FROM (
             SELECT sent_at AS at FROM email_messages WHERE brand_id = $1 AND sent_at >= least($2, $3) AND NOT is_test
             UNION ALL
             SELECT claimed_at FROM email_messages WHERE brand_id = $1 AND state = 'sending' AND NOT is_test
             UNION ALL
             SELECT claimed_at FROM email_messages
             WHERE brand_id = $1 AND state = 'unknown' AND claimed_at >= least($2, $3) AND NOT is_test
         ) lately",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Timestamptz, _>(hour_ago)
    .bind::<Timestamptz, _>(day_start)
    .prepared().get_result(connection)
    .await
}

/// A mail that was handed over, or may have been.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct MailedLately {
    #[diesel(sql_type = SqlUuid, column_name = contact_id)]
    pub contact: ContactId,
    #[diesel(sql_type = Text, column_name = to_email)]
    pub email: String,
    /// UTC.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// The brand's newest mail to each of these contacts, and all its mails since a moment; tests left out.
pub async fn mailed_lately(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    contacts: &[ContactId],
    since: DateTime<Utc>,
) -> Result<Vec<MailedLately>> {
    diesel::sql_query(
        "SELECT m.contact_id, m.to_email, m.at FROM unnest($2::uuid[]) AS c (id)
         CROSS JOIN LATERAL (
             SELECT contact_id, to_email, coalesce(sent_at, claimed_at) AS at FROM email_messages
             WHERE brand_id = $1 AND contact_id = c.id AND state IN ('sending', 'sent', 'unknown') AND NOT is_test
               AND coalesce(sent_at, claimed_at) IS NOT NULL
             ORDER BY coalesce(sent_at, claimed_at) DESC LIMIT 1) m
         UNION ALL
         SELECT contact_id, to_email, sent_at FROM email_messages
         WHERE brand_id = $1 AND sent_at >= $3 AND NOT is_test
         UNION ALL
         SELECT contact_id, to_email, claimed_at FROM email_messages
         WHERE brand_id = $1 AND state IN ('sending', 'unknown') AND sent_at IS NULL AND claimed_at >= $3
           AND NOT is_test",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Array<SqlUuid>, _>(contacts)
    .bind::<Timestamptz, _>(since)
    .prepared().load(connection)
    .await
}

/// Waits for the right to take mails of a brand until the transaction ends, so that two workers together keep its caps.
pub async fn queue_up(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('outbox ' || $1, 0))")
        .bind::<Text, _>(brand.to_string())
        .prepared()
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether any of the brand's mails is due or claimed: the cheap question before the work.
pub async fn anything_to_do(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    now: DateTime<Utc>,
) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Bool)]
        found: bool,
    }
    let row: Found = diesel::sql_query(
        "SELECT EXISTS (SELECT FROM email_messages WHERE brand_id = $1 AND state IN ('scheduled', 'queued')
                        AND scheduled_for <= $2)
             OR EXISTS (SELECT FROM email_messages WHERE brand_id = $1 AND state = 'sending') AS found",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Timestamptz, _>(now)
    .prepared()
    .get_result(connection)
    .await?;
    Ok(row.found)
}

/// How many of the brand's mails are due and have not gone.
pub async fn count_due(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    now: DateTime<Utc>,
) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        due: i64,
    }
    let row: Count = diesel::sql_query(
        "SELECT count(*) AS due FROM email_messages WHERE brand_id = $1 AND state IN ('scheduled', 'queued')
         AND scheduled_for <= $2",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Timestamptz, _>(now)
    .prepared()
    .get_result(connection)
    .await?;
    Ok(row.due)
}
