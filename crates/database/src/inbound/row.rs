use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::reply::{InboundKind, Intent};
use domain::{BrandId, ContactId, DealId, InboundId, MessageId, UserId};

use crate::Result;
use crate::schema::inbound_messages;

/// A mail that came in, as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = inbound_messages)]
pub struct Inbound {
    pub id: InboundId,
    pub brand_id: BrandId,
    /// The sender's Message-ID, or one derived from the content when there is none.
    pub message_id: String,
    pub from_email: String,
    pub from_name: String,
    pub subject: String,
    /// What the writer typed: without quoted history.
    pub body_text: String,
    pub received_at: DateTime<Utc>,
    /// The mail of ours it answers or reports on.
    pub outbound_id: Option<MessageId>,
    pub contact_id: Option<ContactId>,
    pub deal_id: Option<DealId>,
    pub kind: InboundKind,
    pub intent: Intent,
    /// Share 0–1.
    pub confidence: f32,
    /// Which header or words decided.
    pub reason: String,
    pub needs_review: bool,
    pub reviewed_by: Option<UserId>,
    pub reviewed_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// The whole body when it holds more than `body_text`: history, signature. Empty otherwise.
    pub quoted_text: String,
}

/// Stores a mail. `false`: it was there already, from this moment or a transaction that has just ended.
pub async fn insert(connection: &mut AsyncPgConnection, row: &Inbound) -> Result<bool> {
    let inserted = diesel::insert_into(inbound_messages::table)
        .values(row)
        .on_conflict((inbound_messages::brand_id, inbound_messages::message_id))
        .do_nothing()
        .execute(connection)
        .await?;
    Ok(inserted == 1)
}

/// A brand's mail with this Message-ID.
pub async fn find(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    message_id: &str,
) -> Result<Option<Inbound>> {
    inbound_messages::table
        .filter(inbound_messages::brand_id.eq(brand).and(inbound_messages::message_id.eq(message_id)))
        .select(Inbound::as_select())
        .first(connection)
        .await
        .optional()
}

/// The mail with this id; `NotFound` outside the scope.
pub async fn by_id(connection: &mut AsyncPgConnection, id: InboundId) -> Result<Inbound> {
    inbound_messages::table
        .filter(inbound_messages::id.eq(id))
        .select(Inbound::as_select())
        .first(connection)
        .await
}

/// The mail with this id, locked until the transaction ends; `NotFound` outside the scope.
pub async fn lock(connection: &mut AsyncPgConnection, id: InboundId) -> Result<Inbound> {
    inbound_messages::table
        .filter(inbound_messages::id.eq(id))
        .select(Inbound::as_select())
        .for_update()
        .first(connection)
        .await
}

/// What a person made of a mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub kind: InboundKind,
    pub intent: Intent,
    pub reason: String,
    pub by: UserId,
    pub at: DateTime<Utc>,
}

/// Replaces a classification by a person's; the mail leaves the review queue.
pub async fn set_review(connection: &mut AsyncPgConnection, id: InboundId, review: &Review) -> Result<()> {
    diesel::update(inbound_messages::table.filter(inbound_messages::id.eq(id)))
        .set((
            inbound_messages::kind.eq(review.kind),
            inbound_messages::intent.eq(review.intent),
            inbound_messages::confidence.eq(1.0_f32),
            inbound_messages::reason.eq(&review.reason),
            inbound_messages::needs_review.eq(false),
            inbound_messages::reviewed_by.eq(review.by),
            inbound_messages::reviewed_at.eq(review.at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
