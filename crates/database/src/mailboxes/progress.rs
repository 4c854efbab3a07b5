use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::BrandId;
use uuid::Uuid;

use super::{Mailbox, of_brand};
use crate::Result;
use crate::schema::mailboxes;

/// The right to read a mailbox. Every write of a reader names it, so that one whose lease ran out, or whose mailbox has
/// other settings now, changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub brand: BrandId,
    pub by: Uuid,
}

/// Makes somebody the one reader of a mailbox until a moment. `None`: there is no mailbox, it is switched off, or
/// somebody else reads it.
pub async fn claim(
    connection: &mut AsyncPgConnection,
    lease: Lease,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Mailbox>> {
    let claimed = diesel::sql_query(
        "UPDATE mailboxes SET lease_by = $2, lease_until = $4, looked_at = $3 \
         WHERE brand_id = $1 AND enabled AND (lease_until IS NULL OR lease_until <= $3)",
    )
    .bind::<SqlUuid, _>(lease.brand)
    .bind::<SqlUuid, _>(lease.by)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(until)
    .execute(connection)
    .await?;
    if claimed == 1 { of_brand(connection, lease.brand).await } else { Ok(None) }
}

/// Notes which folder is read from now on: positions of another one mean nothing. `false`: the lease is gone.
pub async fn known_folder(
    connection: &mut AsyncPgConnection,
    lease: Lease,
    validity: i64,
    read_since: NaiveDate,
) -> Result<bool> {
    let changed = diesel::sql_query(
        "UPDATE mailboxes SET validity = $3, position = 0, read_since = $4, stuck_position = NULL, stuck_times = 0 \
         WHERE brand_id = $1 AND lease_by = $2",
    )
    .bind::<SqlUuid, _>(lease.brand)
    .bind::<SqlUuid, _>(lease.by)
    .bind::<BigInt, _>(validity)
    .bind::<Date, _>(read_since)
    .execute(connection)
    .await?;
    Ok(changed == 1)
}

/// Moves on past a mail that has been dealt with, and keeps the lease until a moment. `false`: the lease is gone.
pub async fn advance(
    connection: &mut AsyncPgConnection,
    lease: Lease,
    position: i64,
    arrived_at: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
) -> Result<bool> {
    let changed = diesel::sql_query(
        "UPDATE mailboxes SET position = greatest(position, $3), mails_read = mails_read + 1, \
         last_mail_at = greatest(last_mail_at, $4), stuck_position = NULL, stuck_times = 0, lease_until = $5 \
         WHERE brand_id = $1 AND lease_by = $2",
    )
    .bind::<SqlUuid, _>(lease.brand)
    .bind::<SqlUuid, _>(lease.by)
    .bind::<BigInt, _>(position)
    .bind::<Nullable<Timestamptz>, _>(arrived_at)
    .bind::<Timestamptz, _>(until)
    .execute(connection)
    .await?;
    Ok(changed == 1)
}

/// Counts a failure at a mail. How often reading has broken off there by now; `None`: the lease is gone.
pub async fn stuck_at(
    connection: &mut AsyncPgConnection,
    lease: Lease,
    position: i64,
) -> Result<Option<i16>> {
    #[derive(QueryableByName)]
    struct Times {
        #[diesel(sql_type = SmallInt)]
        stuck_times: i16,
    }
    let times: Option<Times> = diesel::sql_query(
        "UPDATE mailboxes SET stuck_position = $3, \
         stuck_times = CASE WHEN stuck_position = $3 THEN stuck_times + 1 ELSE 1 END \
         WHERE brand_id = $1 AND lease_by = $2 RETURNING stuck_times",
    )
    .bind::<SqlUuid, _>(lease.brand)
    .bind::<SqlUuid, _>(lease.by)
    .bind::<BigInt, _>(position)
    .get_result(connection)
    .await
    .optional()?;
    Ok(times.map(|row| row.stuck_times))
}

/// Notes what waits to be read. `false`: the lease is gone.
pub async fn waiting(
    connection: &mut AsyncPgConnection,
    lease: Lease,
    backlog: i32,
    oldest: Option<DateTime<Utc>>,
) -> Result<bool> {
    let changed = diesel::sql_query(
        "UPDATE mailboxes SET backlog = $3, oldest_waiting_at = $4 WHERE brand_id = $1 AND lease_by = $2",
    )
    .bind::<SqlUuid, _>(lease.brand)
    .bind::<SqlUuid, _>(lease.by)
    .bind::<Integer, _>(backlog)
    .bind::<Nullable<Timestamptz>, _>(oldest)
    .execute(connection)
    .await?;
    Ok(changed == 1)
}

/// Ends a look, and the lease. With an error (words for people) it has failed.
pub async fn finish(
    connection: &mut AsyncPgConnection,
    lease: Lease,
    error: Option<&str>,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::sql_query(
        "UPDATE mailboxes SET lease_by = NULL, lease_until = NULL, \
         checked_at = CASE WHEN $3 IS NULL THEN $4 ELSE checked_at END, \
         failing_since = CASE WHEN $3 IS NULL THEN NULL ELSE coalesce(failing_since, $4) END, \
         last_error = coalesce($3, last_error), last_error_at = CASE WHEN $3 IS NULL THEN last_error_at ELSE $4 END \
         WHERE brand_id = $1 AND lease_by = $2",
    )
    .bind::<SqlUuid, _>(lease.brand)
    .bind::<SqlUuid, _>(lease.by)
    .bind::<Nullable<Text>, _>(error)
    .bind::<Timestamptz, _>(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// The brands in scope whose mailbox has been failing since before a moment, and since when.
pub async fn failing(
    connection: &mut AsyncPgConnection,
    before: DateTime<Utc>,
) -> Result<Vec<(BrandId, DateTime<Utc>)>> {
    mailboxes::table
        .filter(mailboxes::enabled)
        .filter(mailboxes::failing_since.lt(before))
        .order(mailboxes::failing_since)
        .select((mailboxes::brand_id, mailboxes::failing_since.assume_not_null()))
        .load(connection)
        .await
}
