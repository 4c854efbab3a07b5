use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::autopilot::DecisionAction;
use domain::engagement::Tier;
use domain::pipeline::{DealStatus, LostReason};
use domain::{DealId, PipelineId, StageId};

use super::{Narrowing, Viewpoint};
use crate::Result;
use crate::prepared::Prepare;

/// A deal with what a card says about it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Card {
    #[diesel(sql_type = Uuid)]
    pub id: DealId,
    #[diesel(sql_type = Uuid)]
    pub stage_id: StageId,
    #[diesel(sql_type = Integer)]
    pub stage_visit: i32,
    #[diesel(sql_type = Timestamptz)]
    pub stage_entered_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub status: DealStatus,
    #[diesel(sql_type = Nullable<Text>)]
    pub lost_reason: Option<LostReason>,
    /// Cents.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub value_cents: Option<i64>,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub next_action_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Text)]
    pub next_reason: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub blocked_reason: Option<String>,
    #[diesel(sql_type = Text)]
    pub tier: Tier,
    #[diesel(sql_type = Bool)]
    pub tier_unverified: bool,
    #[diesel(sql_type = Integer)]
    pub mails_sent: i32,
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Empty: nobody's.
    #[diesel(sql_type = Text)]
    pub owner: String,
    /// What the autopilot proposes, if a person has to approve.
    #[diesel(sql_type = Nullable<Text>)]
    pub proposed: Option<DecisionAction>,
}

/// The place after which a column goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub entered: DateTime<Utc>,
    pub id: DealId,
}

const COLUMNS: &str = "d.id, d.stage_id, d.stage_visit, d.stage_entered_at, d.status, d.lost_reason, d.value_cents, \
    d.currency, d.next_action_at, d.next_reason, d.blocked_reason, d.tier, d.tier_unverified, d.mails_sent, \
    d.updated_at, c.name, c.company, c.email, coalesce(u.name, '') AS owner, p.action AS proposed";

const JOINS: &str = "JOIN contacts c ON c.id = d.contact_id LEFT JOIN users u ON u.id = d.owner_id \
    LEFT JOIN ai_decisions p ON p.deal_id = d.id AND p.outcome = 'proposed'";

const ORDER: &str = "d.stage_entered_at DESC, d.id DESC";

/// PostgreSQL wants to know the type of every parameter, those of a narrowing that is off as well.
const USED: &str = "$1::uuid IS NOT NULL AND $2::timestamptz IS NOT NULL AND $3::timestamptz IS NOT NULL \
    AND $4::text IS NOT NULL";

/// The newest `limit` cards of each stage that are let through, in one statement that reads no more rows than it shows.
pub async fn first_cards(
    mut connection: &AsyncPgConnection,
    stages: &[StageId],
    narrowing: &Narrowing,
    viewpoint: &Viewpoint,
    limit: i64,
) -> Result<Vec<Card>> {
    let narrowed = narrowing.conditions();
    let sql = format!(
        "SELECT {COLUMNS} FROM unnest($5::uuid[]) AS s(id) CROSS JOIN LATERAL (\
         SELECT * FROM deals d WHERE d.stage_id = s.id{narrowed} AND {USED} ORDER BY {ORDER} LIMIT $6) d \
         {JOINS} ORDER BY {ORDER}"
    );
    diesel::sql_query(sql)
        .bind::<Uuid, _>(viewpoint.viewer)
        .bind::<Timestamptz, _>(viewpoint.lines.due_before)
        .bind::<Timestamptz, _>(viewpoint.lines.overdue_before)
        .bind::<Text, _>(narrowing.pattern())
        .bind::<Array<Uuid>, _>(stages)
        .bind::<BigInt, _>(limit)
        .prepared()
        .load(&mut connection)
        .await
}

/// The next `limit` cards of one stage after a place.
pub async fn next_cards(
    connection: &mut AsyncPgConnection,
    stage: StageId,
    after: Place,
    narrowing: &Narrowing,
    viewpoint: &Viewpoint,
    limit: i64,
) -> Result<Vec<Card>> {
    let narrowed = narrowing.conditions();
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT * FROM deals d WHERE d.stage_id = $5{narrowed} AND {USED} \
         AND (d.stage_entered_at, d.id) < ($6, $7) ORDER BY {ORDER} LIMIT $8) d {JOINS} ORDER BY {ORDER}"
    );
    diesel::sql_query(sql)
        .bind::<Uuid, _>(viewpoint.viewer)
        .bind::<Timestamptz, _>(viewpoint.lines.due_before)
        .bind::<Timestamptz, _>(viewpoint.lines.overdue_before)
        .bind::<Text, _>(narrowing.pattern())
        .bind::<Uuid, _>(stage)
        .bind::<Timestamptz, _>(after.entered)
        .bind::<Uuid, _>(after.id)
        .bind::<BigInt, _>(limit)
        .prepared()
        .load(connection)
        .await
}

/// Of these deals, those that are in the pipeline and let through, in no order.
pub async fn cards(
    mut connection: &AsyncPgConnection,
    pipeline: PipelineId,
    deals: &[DealId],
    narrowing: &Narrowing,
    viewpoint: &Viewpoint,
) -> Result<Vec<Card>> {
    let narrowed = narrowing.conditions();
    let sql = format!(
        "SELECT {COLUMNS} FROM deals d {JOINS} WHERE d.id = ANY ($5) AND d.pipeline_id = $6{narrowed} AND {USED}"
    );
    diesel::sql_query(sql)
        .bind::<Uuid, _>(viewpoint.viewer)
        .bind::<Timestamptz, _>(viewpoint.lines.due_before)
        .bind::<Timestamptz, _>(viewpoint.lines.overdue_before)
        .bind::<Text, _>(narrowing.pattern())
        .bind::<Array<Uuid>, _>(deals)
        .bind::<Uuid, _>(pipeline)
        .prepared()
        .load(&mut connection)
        .await
}
