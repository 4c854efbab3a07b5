use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::tracking::Network;
use domain::{BrandId, EmailEventId, MessageId};

use crate::Result;
use crate::prepared::Prepare;

/// A request for a pixel or a link, not judged yet.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct HitInLine {
    /// Of the event to be.
    #[diesel(sql_type = SqlUuid)]
    pub id: EmailEventId,
    #[diesel(sql_type = SqlUuid)]
    pub brand_id: BrandId,
    #[diesel(sql_type = SqlUuid)]
    pub message_id: MessageId,
    /// Position of a clicked link, from 0; `None` for the pixel.
    #[diesel(sql_type = Nullable<Int4>)]
    pub link: Option<i32>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// HTTP method.
    #[diesel(sql_type = Text)]
    pub method: String,
    #[diesel(sql_type = Text)]
    pub user_agent: String,
    /// What headers such as `Sec-Purpose` said.
    #[diesel(sql_type = Text)]
    pub purpose: String,
    #[diesel(sql_type = Text)]
    pub network: Network,
    /// Names the caller's network without telling which it is.
    #[diesel(sql_type = Nullable<Binary>)]
    pub origin: Option<Vec<u8>>,
    #[diesel(sql_type = Bool)]
    pub own_session: bool,
}

#[derive(QueryableByName)]
struct Target {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Text)]
    url: String,
}

/// Puts hits in line and tells where those that name a link lead, in the order of the hits, in one statement. A batch
/// that is tried again is in line once.
pub async fn line_up(connection: &mut AsyncPgConnection, hits: &[HitInLine]) -> Result<Vec<Option<String>>> {
    let targets: Vec<Target> = diesel::sql_query(
        "WITH hit AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], \
             $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bytea[], $11::bool[]) WITH ORDINALITY \
             AS h(id, brand_id, message_id, link, at, method, user_agent, purpose, network, origin, own_session, position)), \
         lined_up AS (INSERT INTO email_hits \
             (id, brand_id, message_id, link, at, method, user_agent, purpose, network, origin, own_session) \
             SELECT id, brand_id, message_id, link, at, method, user_agent, purpose, network, origin, own_session FROM hit \
             ON CONFLICT (id) DO NOTHING) \
         SELECT h.position - 1 AS position, c.links[h.link + 1] AS url FROM hit h \
         JOIN email_contents c ON c.message_id = h.message_id AND c.brand_id = h.brand_id \
         WHERE h.link IS NOT NULL AND c.links[h.link + 1] IS NOT NULL",
    )
    .bind::<Array<SqlUuid>, _>(hits.iter().map(|hit| hit.id).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(hits.iter().map(|hit| hit.brand_id).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(hits.iter().map(|hit| hit.message_id).collect::<Vec<_>>())
    .bind::<Array<Nullable<Int4>>, _>(hits.iter().map(|hit| hit.link).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(hits.iter().map(|hit| hit.at).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(hits.iter().map(|hit| hit.method.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(hits.iter().map(|hit| hit.user_agent.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(hits.iter().map(|hit| hit.purpose.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(hits.iter().map(|hit| hit.network.as_str()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Binary>>, _>(hits.iter().map(|hit| hit.origin.as_deref()).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(hits.iter().map(|hit| hit.own_session).collect::<Vec<_>>())
    .prepared()
    .load(connection)
    .await?;
    let mut urls = vec![None; hits.len()];
    for target in targets {
        if let Some(url) = usize::try_from(target.position).ok().and_then(|position| urls.get_mut(position)) {
            *url = Some(target.url);
        }
    }
    Ok(urls)
}

/// Takes the oldest hits of the scoped brands out of the line, at most `most`; those another process has taken are left to it.
/// They are gone when the transaction commits.
pub async fn take_in_line(connection: &mut AsyncPgConnection, most: i64) -> Result<Vec<HitInLine>> {
    diesel::sql_query(
        "DELETE FROM email_hits WHERE id = ANY (ARRAY( \
           SELECT id FROM email_hits ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)) \
         RETURNING id, brand_id, message_id, link, at, method, user_agent, purpose, network, origin, own_session",
    )
    .bind::<BigInt, _>(most)
    .prepared()
    .load(connection)
    .await
}
