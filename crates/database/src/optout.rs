//! What an opt-out, a bounce or a complaint stops.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::contact::ContactStatus;
use domain::pipeline::DealStatus;
use domain::{BrandId, ContactId, DealId, MessageId, UserId};
use uuid::Uuid;

use crate::Result;
use crate::prepared::Prepare;
use crate::schema::{contacts, deals, former_recipients};

/// A contact's open deals, oldest first: the order in which to lock them.
pub async fn open_deals(connection: &mut AsyncPgConnection, contact: ContactId) -> Result<Vec<DealId>> {
    deals::table
        .filter(deals::contact_id.eq(contact))
        .filter(deals::status.eq_any([DealStatus::Active, DealStatus::Paused]))
        .order(deals::id)
        .select(deals::id)
        .load(connection)
        .await
}

/// Cancels what waits for a contact, or for one deal of it. A mail that a worker is claiming at this moment is left to
/// the worker, which asks again whether it may go. Returns how many were cancelled.
pub async fn cancel_waiting(
    connection: &mut AsyncPgConnection,
    contact: ContactId,
    deal: Option<DealId>,
    reason: &str,
) -> Result<usize> {
    diesel::sql_query(
        "UPDATE email_messages SET state = 'cancelled', reason = $3 WHERE id IN \
         (SELECT id FROM email_messages WHERE contact_id = $1 AND ($2 IS NULL OR deal_id = $2) \
          AND state IN ('draft', 'scheduled', 'queued') FOR UPDATE SKIP LOCKED)",
    )
    .bind::<SqlUuid, _>(contact)
    .bind::<Nullable<SqlUuid>, _>(deal)
    .bind::<Text, _>(reason)
    .prepared()
    .execute(connection)
    .await
}

/// Holds back what waits for a deal until a moment. Returns how many mails that were.
pub async fn postpone_waiting(
    connection: &mut AsyncPgConnection,
    deal: DealId,
    until: DateTime<Utc>,
    reason: &str,
) -> Result<usize> {
    diesel::sql_query(
        "UPDATE email_messages SET scheduled_for = $2, reason = $3 WHERE id IN \
         (SELECT id FROM email_messages WHERE deal_id = $1 AND scheduled_for < $2 \
          AND state IN ('draft', 'scheduled', 'queued') FOR UPDATE SKIP LOCKED)",
    )
    .bind::<SqlUuid, _>(deal)
    .bind::<Timestamptz, _>(until)
    .bind::<Text, _>(reason)
    .prepared()
    .execute(connection)
    .await
}

/// Sets where the brand stands with a contact. Nobody who has opted out becomes anything else by this.
pub async fn set_contact_status(
    connection: &mut AsyncPgConnection,
    contact: ContactId,
    status: ContactStatus,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(contacts::table)
        .filter(contacts::id.eq(contact))
        .filter(contacts::status.ne_all([status, ContactStatus::Unsubscribed]))
        .set((contacts::status.eq(status), contacts::updated_at.eq(at)))
        .execute(connection)
        .await?;
    Ok(())
}

/// Whom a mail went to whose contact has been deleted since.
pub async fn former_recipient(
    connection: &mut AsyncPgConnection,
    message: MessageId,
) -> Result<Option<String>> {
    former_recipients::table.find(message).select(former_recipients::email).first(connection).await.optional()
}

/// On whose word an address leaves the suppression list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub id: Uuid,
    pub brand_id: BrandId,
    /// Normalised.
    pub email: String,
    pub evidence: String,
    /// The mail whose link its owner used.
    pub message_id: Option<MessageId>,
    /// `None`: the address's owner.
    pub released_by: Option<UserId>,
    pub at: DateTime<Utc>,
}

/// Takes an address off a brand's suppression list and keeps on whose word. `false`: it wasn't there.
pub async fn release(connection: &mut AsyncPgConnection, release: &Release) -> Result<bool> {
    let released = diesel::sql_query(
        "WITH gone AS (DELETE FROM suppressions WHERE brand_id = $2 AND email = $3 RETURNING reason) \
         INSERT INTO suppression_releases (id, brand_id, email, reason, evidence, message_id, released_by, at) \
         SELECT $1, $2, $3, reason, $4, $5, $6, $7 FROM gone",
    )
    .bind::<SqlUuid, _>(release.id)
    .bind::<SqlUuid, _>(release.brand_id)
    .bind::<Text, _>(&release.email)
    .bind::<Text, _>(&release.evidence)
    .bind::<Nullable<SqlUuid>, _>(release.message_id)
    .bind::<Nullable<SqlUuid>, _>(release.released_by)
    .bind::<Timestamptz, _>(release.at)
    .prepared().execute(connection)
    .await?;
    Ok(released == 1)
}

/// A contact that had opted out may be written to again.
pub async fn take_back_unsubscribed(
    connection: &mut AsyncPgConnection,
    contact: ContactId,
    status: ContactStatus,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(contacts::table)
        .filter(contacts::id.eq(contact).and(contacts::status.eq(ContactStatus::Unsubscribed)))
        .set((contacts::status.eq(status), contacts::updated_at.eq(at)))
        .execute(connection)
        .await?;
    Ok(())
}

/// Counts temporary bounces of a contact's address since it last proved to work.
pub async fn set_soft_bounces(
    connection: &mut AsyncPgConnection,
    contact: ContactId,
    count: i16,
) -> Result<()> {
    diesel::update(contacts::table.filter(contacts::id.eq(contact)))
        .set(contacts::soft_bounces.eq(count))
        .execute(connection)
        .await?;
    Ok(())
}

/// When the autopilot looks at a deal next, without any move.
#[derive(Debug, Clone, PartialEq)]
pub struct NextLook {
    /// `None`: never by itself.
    pub at: Option<DateTime<Utc>>,
    /// For the card.
    pub reason: String,
    /// What a person has to settle first.
    pub blocked: Option<String>,
}

/// Sets when the autopilot looks at a deal (locked by the caller) next.
pub async fn set_next_look(
    connection: &mut AsyncPgConnection,
    deal: DealId,
    next: &NextLook,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(deals::table.filter(deals::id.eq(deal)))
        .set((
            deals::next_action_at.eq(next.at),
            deals::next_reason.eq(&next.reason),
            deals::blocked_reason.eq(next.blocked.as_deref()),
            deals::updated_at.eq(now),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
