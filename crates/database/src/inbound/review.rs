use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::reply::{InboundKind, Intent};
use domain::{BrandId, ContactId, DealId, InboundId, MessageId, UserId};
use uuid::Uuid;

use super::Inbound;
use crate::Result;
use crate::schema::{inbound_messages, inbound_reviews};

/// What a person said a mail meant, beside what had been thought of it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = inbound_reviews)]
pub struct Correction {
    pub id: Uuid,
    pub brand_id: BrandId,
    pub inbound_id: InboundId,
    pub kind_before: InboundKind,
    pub intent_before: Intent,
    /// Share 0–1.
    pub confidence_before: f32,
    pub reason_before: String,
    pub intent_after: Intent,
    pub reviewed_by: Option<UserId>,
    pub reviewed_at: DateTime<Utc>,
    /// What it takes to undo the review; `None`: it can't be taken back.
    pub restore: Option<serde_json::Value>,
    pub undone_at: Option<DateTime<Utc>>,
}

/// Keeps a correction.
pub async fn record_correction(connection: &mut AsyncPgConnection, correction: &Correction) -> Result<()> {
    diesel::insert_into(inbound_reviews::table).values(correction).execute(connection).await?;
    Ok(())
}

/// A person's own correction, made since `since` and not undone; `NotFound` for anybody else's.
pub async fn correction(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    by: UserId,
    since: DateTime<Utc>,
) -> Result<Correction> {
    inbound_reviews::table
        .filter(inbound_reviews::id.eq(id).and(inbound_reviews::reviewed_by.eq(by)))
        .filter(inbound_reviews::reviewed_at.ge(since).and(inbound_reviews::undone_at.is_null()))
        .select(Correction::as_select())
        .for_update()
        .first(connection)
        .await
}

/// The newest correction of a mail that stands.
pub async fn last_correction(
    connection: &mut AsyncPgConnection,
    mail: InboundId,
) -> Result<Option<Correction>> {
    inbound_reviews::table
        .filter(inbound_reviews::inbound_id.eq(mail).and(inbound_reviews::undone_at.is_null()))
        .order((inbound_reviews::reviewed_at.desc(), inbound_reviews::id.desc()))
        .select(Correction::as_select())
        .first(connection)
        .await
        .optional()
}

/// Marks a correction as taken back.
pub async fn undo_correction(connection: &mut AsyncPgConnection, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    diesel::update(inbound_reviews::table.filter(inbound_reviews::id.eq(id)))
        .set(inbound_reviews::undone_at.eq(at))
        .execute(connection)
        .await?;
    Ok(())
}

/// Puts a mail back to what had been thought of it; it waits for a person again.
pub async fn restore(connection: &mut AsyncPgConnection, correction: &Correction) -> Result<()> {
    diesel::update(inbound_messages::table.filter(inbound_messages::id.eq(correction.inbound_id)))
        .set((
            inbound_messages::kind.eq(correction.kind_before),
            inbound_messages::intent.eq(correction.intent_before),
            inbound_messages::confidence.eq(correction.confidence_before),
            inbound_messages::reason.eq(&correction.reason_before),
            inbound_messages::needs_review.eq(true),
            inbound_messages::reviewed_by.eq(None::<UserId>),
            inbound_messages::reviewed_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Says whom a mail is from, and which of our mails it answers.
pub async fn assign(
    connection: &mut AsyncPgConnection,
    mail: &Inbound,
    contact: ContactId,
    deal: Option<DealId>,
    outbound: Option<MessageId>,
) -> Result<()> {
    diesel::update(inbound_messages::table.filter(inbound_messages::id.eq(mail.id)))
        .set((
            inbound_messages::contact_id.eq(contact),
            inbound_messages::deal_id.eq(deal),
            inbound_messages::outbound_id.eq(outbound),
            inbound_messages::needs_review.eq(mail.needs_review),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
