use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::BrandId;

use crate::Result;

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

/// Counts a brand's mails after `hour_ago` and from `day_start` on.
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
             SELECT sent_at AS at FROM email_messages WHERE brand_id = $1 AND sent_at >= least($2, $3)
             UNION ALL
             SELECT claimed_at FROM email_messages WHERE brand_id = $1 AND state = 'sending'
             UNION ALL
             SELECT claimed_at FROM email_messages
             WHERE brand_id = $1 AND state = 'unknown' AND claimed_at >= least($2, $3)
         ) lately",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Timestamptz, _>(hour_ago)
    .bind::<Timestamptz, _>(day_start)
    .get_result(connection)
    .await
}

/// Waits for the right to take mails of a brand until the transaction ends, so that two workers together keep its caps.
pub async fn queue_up(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('outbox ' || $1, 0))")
        .bind::<Text, _>(brand.to_string())
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
    .get_result(connection)
    .await?;
    Ok(row.due)
}
