use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::{EventKind, Verdict};
use domain::{BrandId, DealId, EmailEventId, MessageId};

use crate::Result;
use crate::prepared::Prepare;

/// Which mail a hit names, and which of its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitKey {
    pub message: MessageId,
    /// Position of a clicked link, from 0; `None` for the pixel.
    pub link: Option<u16>,
}

/// What is known of the mail that a hit names.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct HitContext {
    /// Index of the hit in the list asked for.
    #[diesel(sql_type = BigInt)]
    pub position: i64,
    #[diesel(sql_type = SqlUuid)]
    pub message_id: MessageId,
    #[diesel(sql_type = SqlUuid)]
    pub brand_id: BrandId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub deal_id: Option<DealId>,
    /// When the provider accepted the mail, as far as is known; `None`: it is still being handed over.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub sent_at: Option<DateTime<Utc>>,
    /// The recipient may have the mail, and it is no test mail.
    #[diesel(sql_type = Bool)]
    pub counts: bool,
    /// The stored target of the link; `None` for a pixel and for a link the mail doesn't have.
    #[diesel(sql_type = Nullable<Text>)]
    pub url: Option<String>,
}

/// The mails that hits name, in one statement. Hits on mails outside the scope are left out.
///
/// First waits for its turn, which lasts until the transaction ends: hits are judged by one at a time, so that two batches
/// see each other's hits.
pub async fn contexts(connection: &mut AsyncPgConnection, hits: &[HitKey]) -> Result<Vec<HitContext>> {
    let messages: Vec<MessageId> = hits.iter().map(|hit| hit.message).collect();
    let links: Vec<Option<i32>> = hits.iter().map(|hit| hit.link.map(i32::from)).collect();
    diesel::sql_query(
        "WITH turn AS MATERIALIZED (SELECT count(pg_advisory_xact_lock(hashtextextended('hits', 0)))) \
         SELECT h.position - 1 AS position, m.id AS message_id, m.brand_id, m.deal_id, \
         coalesce(m.sent_at, CASE m.state WHEN 'unknown' THEN m.claimed_at END) AS sent_at, \
         m.state IN ('sending', 'sent', 'unknown') AND NOT m.is_test AS counts, c.links[h.link + 1] AS url \
         FROM turn CROSS JOIN unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS h(message_id, link, position) \
         JOIN email_messages m ON m.id = h.message_id \
         LEFT JOIN email_contents c ON h.link IS NOT NULL AND c.message_id = m.id",
    )
    .bind::<Array<SqlUuid>, _>(messages)
    .bind::<Array<Nullable<Int4>>, _>(links)
    .prepared()
    .load(connection)
    .await
}

/// An open or a click with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedHit {
    /// Made when the request came in: a batch that is tried again appends nothing twice.
    pub id: EmailEventId,
    pub brand: BrandId,
    pub message: MessageId,
    pub deal: Option<DealId>,
    /// Open or click.
    pub kind: EventKind,
    pub verdict: Verdict,
    /// Code of the rule that gave the verdict.
    pub reason: &'static str,
    pub url: Option<String>,
    pub user_agent: Option<String>,
    /// Names the caller's network without telling which it is.
    pub origin: Option<Vec<u8>>,
    pub at: DateTime<Utc>,
}

/// Appends the events of many hits and keeps each mail's first moments, in one statement. A person's hit also proves
/// that the address works: temporary bounces before it are forgotten.
pub async fn record_hits(connection: &mut AsyncPgConnection, hits: &[JudgedHit]) -> Result<()> {
    // Batches that touch the same mails lock them in the same order.
    let mut hits: Vec<&JudgedHit> = hits.iter().collect();
    hits.sort_by_key(|hit| (hit.message, hit.id));
    diesel::sql_query(
        "WITH hit AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], \
             $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $11::bytea[]) \
             AS h(id, brand_id, message_id, deal_id, kind, verdict, reason, url, user_agent, at, origin)), \
         appended AS (INSERT INTO email_events \
             (id, brand_id, message_id, deal_id, kind, verdict, reason, url, user_agent, at, origin) \
             SELECT id, brand_id, message_id, deal_id, kind, verdict, reason, url, user_agent, at, origin FROM hit \
             ON CONFLICT (id) DO NOTHING), \
         first AS (SELECT message_id, \
             min(at) FILTER (WHERE kind = 'open' AND verdict = 'human') AS opened_at, \
             min(at) FILTER (WHERE kind = 'open' AND verdict <> 'human') AS machine_opened_at, \
             min(at) FILTER (WHERE kind = 'click' AND verdict = 'human') AS clicked_at \
             FROM hit GROUP BY message_id), \
         kept AS (UPDATE email_messages m SET opened_at = coalesce(m.opened_at, f.opened_at), \
             machine_opened_at = coalesce(m.machine_opened_at, f.machine_opened_at), \
             clicked_at = coalesce(m.clicked_at, f.clicked_at) \
             FROM first f WHERE m.id = f.message_id \
             AND ((m.opened_at IS NULL AND f.opened_at IS NOT NULL) \
               OR (m.machine_opened_at IS NULL AND f.machine_opened_at IS NOT NULL) \
               OR (m.clicked_at IS NULL AND f.clicked_at IS NOT NULL)) \
             RETURNING m.contact_id, f.opened_at IS NOT NULL OR f.clicked_at IS NOT NULL AS by_person) \
         UPDATE contacts c SET soft_bounces = 0 FROM kept \
         WHERE c.id = kept.contact_id AND kept.by_person AND c.soft_bounces > 0",
    )
    .bind::<Array<SqlUuid>, _>(hits.iter().map(|hit| hit.id).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(hits.iter().map(|hit| hit.brand).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(hits.iter().map(|hit| hit.message).collect::<Vec<_>>())
    .bind::<Array<Nullable<SqlUuid>>, _>(hits.iter().map(|hit| hit.deal).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(hits.iter().map(|hit| hit.kind.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(hits.iter().map(|hit| hit.verdict.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(hits.iter().map(|hit| hit.reason).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(hits.iter().map(|hit| hit.url.as_deref()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(hits.iter().map(|hit| hit.user_agent.as_deref()).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(hits.iter().map(|hit| hit.at).collect::<Vec<_>>())
    .bind::<Array<Nullable<Binary>>, _>(hits.iter().map(|hit| hit.origin.as_deref()).collect::<Vec<_>>())
    .prepared().execute(connection)
    .await?;
    Ok(())
}
