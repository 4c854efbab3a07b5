use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, MailboxFailureId, UserId};

use crate::Result;
use crate::schema::mailbox_failures;

/// A mail that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = mailbox_failures)]
pub struct Failure {
    pub id: MailboxFailureId,
    pub brand_id: BrandId,
    /// The same for the same mail.
    pub digest: String,
    /// Why, in words.
    pub reason: String,
    pub from_email: String,
    pub subject: String,
    pub arrived_at: Option<DateTime<Utc>>,
    /// Of the whole mail.
    pub size_bytes: i64,
    /// As it came, or its beginning.
    pub raw: Vec<u8>,
    /// `raw` is all of it.
    pub is_whole: bool,
    pub created_at: DateTime<Utc>,
    pub dealt_with_at: Option<DateTime<Utc>>,
    pub dealt_with_by: Option<UserId>,
}

/// The same without the mail itself.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = mailbox_failures)]
pub struct FailureLine {
    pub id: MailboxFailureId,
    pub reason: String,
    pub from_email: String,
    pub subject: String,
    pub arrived_at: Option<DateTime<Utc>>,
    pub size_bytes: i64,
    pub created_at: DateTime<Utc>,
    pub dealt_with_at: Option<DateTime<Utc>>,
}

/// Keeps a mail that was passed over. `false`: it is kept already.
pub async fn insert_failure(connection: &mut AsyncPgConnection, failure: &Failure) -> Result<bool> {
    let inserted = diesel::insert_into(mailbox_failures::table)
        .values(failure)
        .on_conflict((mailbox_failures::brand_id, mailbox_failures::digest))
        .do_nothing()
        .execute(connection)
        .await?;
    Ok(inserted == 1)
}

/// Forgets a brand's failures of before a moment, and all but the newest so many.
pub async fn prune(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    before: DateTime<Utc>,
    most: i64,
) -> Result<usize> {
    diesel::sql_query(
        "DELETE FROM mailbox_failures WHERE brand_id = $1 AND (created_at < $2 OR id IN \
         (SELECT id FROM mailbox_failures WHERE brand_id = $1 ORDER BY created_at DESC, id DESC OFFSET $3))",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Timestamptz, _>(before)
    .bind::<BigInt, _>(most)
    .execute(connection)
    .await
}

/// A brand's failures: what nobody has dealt with first, newest first.
pub async fn failures(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    limit: i64,
) -> Result<Vec<FailureLine>> {
    mailbox_failures::table
        .filter(mailbox_failures::brand_id.eq(brand))
        .order((
            mailbox_failures::dealt_with_at.is_not_null(),
            mailbox_failures::created_at.desc(),
            mailbox_failures::id.desc(),
        ))
        .limit(limit)
        .select(FailureLine::as_select())
        .load(connection)
        .await
}

/// One of a brand's failures, with the mail.
pub async fn failure(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    id: MailboxFailureId,
) -> Result<Failure> {
    mailbox_failures::table
        .filter(mailbox_failures::brand_id.eq(brand))
        .filter(mailbox_failures::id.eq(id))
        .select(Failure::as_select())
        .first(connection)
        .await
}

/// Notes that a person has dealt with a failure. `false`: there is none, or somebody has already.
pub async fn deal_with(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    id: MailboxFailureId,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let row = mailbox_failures::table
        .filter(mailbox_failures::brand_id.eq(brand))
        .filter(mailbox_failures::id.eq(id))
        .filter(mailbox_failures::dealt_with_at.is_null());
    let changed = diesel::update(row)
        .set((mailbox_failures::dealt_with_at.eq(now), mailbox_failures::dealt_with_by.eq(by)))
        .execute(connection)
        .await?;
    Ok(changed == 1)
}
