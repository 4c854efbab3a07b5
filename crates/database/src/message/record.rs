use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::mailing::MessageState;
use domain::{ContactId, DealId, MessageId};

use super::Message;
use crate::Result;
use crate::prepared::Prepare;
use crate::schema::email_messages;

/// A mail the provider has taken.
#[derive(Debug, Clone, PartialEq)]
pub struct HandedOver {
    pub message: MessageId,
    /// The provider's own name for it.
    pub provider_id: String,
    /// UTC.
    pub at: DateTime<Utc>,
}

/// Writes in one statement that mails were taken, if this worker still has the claim (a claim given up meanwhile
/// counts: the provider's word is better than a guess). Returns the mails written.
pub async fn record_sent(
    connection: &mut AsyncPgConnection,
    rows: &[HandedOver],
    claimed_by: &str,
) -> Result<Vec<Message>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    #[derive(QueryableByName)]
    struct Written {
        #[diesel(sql_type = SqlUuid)]
        id: MessageId,
    }
    let written: Vec<Written> = diesel::sql_query(
        "UPDATE email_messages m SET state = 'sent', sent_at = s.at, provider_id = s.provider_id, reason = NULL
         FROM unnest($1, $2, $3) AS s (id, provider_id, at)
         WHERE m.id = s.id AND m.claimed_by = $4 AND m.state IN ('sending', 'unknown') RETURNING m.id",
    )
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.message).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.provider_id.as_str()).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(rows.iter().map(|row| row.at).collect::<Vec<_>>())
    .bind::<Text, _>(claimed_by)
    .prepared().load(connection)
    .await?;
    all(connection, &written.iter().map(|row| row.id).collect::<Vec<_>>()).await
}

/// The mails with these ids, in no particular order.
pub async fn all(connection: &mut AsyncPgConnection, ids: &[MessageId]) -> Result<Vec<Message>> {
    email_messages::table
        .filter(email_messages::id.eq_any(ids))
        .select(Message::as_select())
        .load(connection)
        .await
}

/// The mail with this id, locked until the transaction ends; `NotFound` outside the scope.
pub async fn lock(connection: &mut AsyncPgConnection, id: MessageId) -> Result<Message> {
    email_messages::table
        .filter(email_messages::id.eq(id))
        .select(Message::as_select())
        .for_update()
        .first(connection)
        .await
}

/// Settles by hand what became of a mail of unclear fate: it arrived, or it may be written anew.
pub async fn settle_unclear(
    connection: &mut AsyncPgConnection,
    id: MessageId,
    arrived_at: Option<DateTime<Utc>>,
    reason: &str,
) -> Result<usize> {
    use email_messages as m;
    let state = if arrived_at.is_some() { MessageState::Sent } else { MessageState::Failed };
    diesel::update(m::table.filter(m::id.eq(id)).filter(m::state.eq(MessageState::Unknown)))
        .set((m::state.eq(state), m::sent_at.eq(arrived_at), m::reason.eq(reason)))
        .execute(connection)
        .await
}

/// A mail of a deal has gone out: counts it on the deal and its contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mailed {
    pub deal: DealId,
    pub contact: ContactId,
    /// UTC.
    pub at: DateTime<Utc>,
}

/// Counts sent mails on deals and contacts, in one statement for each. A contact that was new has been contacted.
pub async fn count_mailed(connection: &mut AsyncPgConnection, rows: &[Mailed]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let ats = rows.iter().map(|row| row.at).collect::<Vec<_>>();
    diesel::sql_query(
        "UPDATE deals d SET mails_sent = d.mails_sent + s.mails, last_mailed_at = greatest(d.last_mailed_at, s.at),
                template_variant = NULL
         FROM (SELECT id, count(*)::int AS mails, max(at) AS at FROM unnest($1, $2) AS u (id, at) GROUP BY id) s
         WHERE d.id = s.id",
    )
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.deal).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(&ats)
    .prepared().execute(connection)
    .await?;
    diesel::sql_query(
        "UPDATE contacts c SET last_mailed_at = greatest(c.last_mailed_at, s.at),
                status = CASE c.status WHEN 'new' THEN 'contacted' ELSE c.status END, updated_at = s.at
         FROM (SELECT id, max(at) AS at FROM unnest($1, $2) AS u (id, at) GROUP BY id) s
         WHERE c.id = s.id",
    )
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.contact).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(&ats)
    .prepared()
    .execute(connection)
    .await?;
    Ok(())
}
