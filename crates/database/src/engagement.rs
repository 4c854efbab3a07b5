//! What deals' mails add up to, and the tiers that follow.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::{EngagementCounts, GRACE, RECENT, Tier};
use domain::{BrandId, DealId};
use futures::{Stream, TryStreamExt};

use crate::Result;

/// One deal's counts, beside the tier it had.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    pub deal: DealId,
    pub tier: Tier,
    pub tier_unverified: bool,
    pub counts: EngagementCounts,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    deal_id: DealId,
    #[diesel(sql_type = Text)]
    tier: Tier,
    #[diesel(sql_type = Bool)]
    tier_unverified: bool,
    #[diesel(sql_type = Integer)]
    sent: i32,
    #[diesel(sql_type = Integer)]
    opened: i32,
    #[diesel(sql_type = Integer)]
    unverified: i32,
    #[diesel(sql_type = Integer)]
    clicked: i32,
    #[diesel(sql_type = Integer)]
    replied: i32,
    #[diesel(sql_type = Integer)]
    run: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    newest_sent_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    last_open_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    last_click_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    last_reply_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    opened_last_7_days: i64,
}

impl From<Row> for Counted {
    fn from(row: Row) -> Self {
        Self {
            deal: row.deal_id,
            tier: row.tier,
            tier_unverified: row.tier_unverified,
            counts: EngagementCounts {
                sent: row.sent,
                opened: row.opened,
                unverified: row.unverified,
                clicked: row.clicked,
                replied: row.replied,
                consecutive_unopened: row.run,
                newest_sent_at: row.newest_sent_at,
                last_open_at: row.last_open_at,
                last_click_at: row.last_click_at,
                last_reply_at: row.last_reply_at,
                opened_last_7_days: i32::try_from(row.opened_last_7_days).unwrap_or(i32::MAX),
            },
        }
    }
}

/// The counts of `EngagementCounts::from_mails`, added up where the mails are. Mails of unclear fate count as sent;
/// bounced ones and tests don't. A mail of a brand that tracks nothing is unverified unless a person reacted. $1: the
/// moment before which a mail has had its grace; $2: since when an open is recent.
const COUNTS: &str = "
    WITH mail AS (
        SELECT m.deal_id, coalesce(m.sent_at, m.claimed_at) AS at, m.opened_at, m.clicked_at, m.replied_at,
               m.opened_at IS NOT NULL OR m.clicked_at IS NOT NULL AS opened,
               m.opened_at IS NULL AND m.clicked_at IS NULL AND m.replied_at IS NULL
                   AND (m.machine_opened_at IS NOT NULL OR NOT (b.tracks_opens OR b.tracks_clicks)) AS unverified
        FROM email_messages m JOIN brands b ON b.id = m.brand_id
        WHERE m.state IN ('sent', 'unknown', 'sending') AND m.bounced_at IS NULL AND NOT m.is_test AND {mails}
    ), mails AS (
        SELECT deal_id, count(*) AS sent, count(*) FILTER (WHERE opened) AS opened,
               count(*) FILTER (WHERE unverified) AS unverified, count(clicked_at) AS clicked,
               count(replied_at) AS replied, max(at) AS newest, max(opened_at) AS opened_at,
               max(clicked_at) AS clicked_at, max(replied_at) AS replied_at,
               max(at) FILTER (WHERE opened OR unverified OR replied_at IS NOT NULL) AS run_end,
               array_agg(at) FILTER (WHERE NOT opened AND NOT unverified AND replied_at IS NULL AND at <= $1) AS unopened
        FROM mail GROUP BY deal_id
    ), signals AS (
        SELECT e.deal_id, max(e.at) FILTER (WHERE e.kind = 'open') AS opened_at,
               max(e.at) FILTER (WHERE e.kind = 'click') AS clicked_at,
               count(DISTINCT e.message_id) FILTER (WHERE e.at >= $2) AS recent
        FROM email_events e WHERE e.verdict = 'human' AND e.kind IN ('open', 'click') AND {events} GROUP BY e.deal_id
    )
    SELECT d.id AS deal_id, d.tier, d.tier_unverified, coalesce(m.sent, 0)::int AS sent,
           coalesce(m.opened, 0)::int AS opened, coalesce(m.unverified, 0)::int AS unverified,
           coalesce(m.clicked, 0)::int AS clicked, coalesce(m.replied, 0)::int AS replied,
           coalesce((SELECT count(*) FROM unnest(m.unopened) AS u (at)
                     WHERE m.run_end IS NULL OR u.at > m.run_end), 0)::int AS run,
           m.newest AS newest_sent_at, greatest(m.opened_at, s.opened_at) AS last_open_at,
           greatest(m.clicked_at, s.clicked_at) AS last_click_at, m.replied_at AS last_reply_at,
           coalesce(s.recent, 0) AS opened_last_7_days
    FROM deals d LEFT JOIN mails m ON m.deal_id = d.id LEFT JOIN signals s ON s.deal_id = d.id
    WHERE {deals}";

fn counts(mails: &str, events: &str, deals: &str) -> String {
    COUNTS.replace("{mails}", mails).replace("{events}", events).replace("{deals}", deals)
}

/// The counts of these deals, in one statement.
pub async fn counts_of(
    connection: &mut AsyncPgConnection,
    ids: &[DealId],
    now: DateTime<Utc>,
) -> Result<Vec<Counted>> {
    let rows: Vec<Row> =
        diesel::sql_query(counts("m.deal_id = ANY ($3)", "e.deal_id = ANY ($3)", "d.id = ANY ($3)"))
            .bind::<Timestamptz, _>(now - GRACE)
            .bind::<Timestamptz, _>(now - RECENT)
            .bind::<Array<SqlUuid>, _>(ids)
            .load(connection)
            .await?;
    Ok(rows.into_iter().map(Counted::from).collect())
}

/// The counts of every active deal of a brand, in one statement, row by row.
pub async fn counts_of_active(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    now: DateTime<Utc>,
) -> Result<impl Stream<Item = Result<Counted>> + Send + Unpin + use<>> {
    // The planner can't see through the aggregates and would compare every deal with every other one.
    diesel::sql_query("SET LOCAL enable_nestloop = off").execute(connection).await?;
    let rows = diesel::sql_query(counts(
        "m.brand_id = $3 AND m.deal_id IS NOT NULL",
        "e.brand_id = $3 AND e.deal_id IS NOT NULL",
        "d.brand_id = $3 AND d.status = 'active'",
    ))
    .bind::<Timestamptz, _>(now - GRACE)
    .bind::<Timestamptz, _>(now - RECENT)
    .bind::<SqlUuid, _>(brand)
    .load_stream::<Row>(connection)
    .await?;
    Ok(rows.map_ok(Counted::from))
}

/// A deal's new tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewTier {
    pub deal: DealId,
    pub tier: Tier,
    pub unverified: bool,
}

/// Writes tiers in one statement.
pub async fn store_tiers(connection: &mut AsyncPgConnection, rows: &[NewTier]) -> Result<usize> {
    if rows.is_empty() {
        return Ok(0);
    }
    diesel::sql_query(
        "UPDATE deals d SET tier = t.tier, tier_unverified = t.unverified
         FROM unnest($1, $2, $3) AS t (id, tier, unverified) WHERE d.id = t.id",
    )
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.deal).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.tier.as_str()).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(rows.iter().map(|row| row.unverified).collect::<Vec<_>>())
    .execute(connection)
    .await
}
