use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::Tier;
use domain::pipeline::{DealStatus, LostReason};
use domain::{BrandId, ContactId, DealId, PipelineId, StageId, UserId};

use crate::Result;
use crate::schema::deals;

/// A deal as stored.
#[derive(Debug, Clone, PartialEq, Queryable, QueryableByName, Selectable, Insertable)]
#[diesel(table_name = deals)]
pub struct Deal {
    pub id: DealId,
    pub brand_id: BrandId,
    pub contact_id: ContactId,
    pub pipeline_id: PipelineId,
    pub stage_id: StageId,
    /// Counts stage entries; part of the send key.
    pub stage_visit: i32,
    pub stage_entered_at: DateTime<Utc>,
    pub status: DealStatus,
    /// Set exactly while the status is lost.
    pub lost_reason: Option<LostReason>,
    pub value_cents: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    pub expected_close_on: Option<NaiveDate>,
    pub owner_id: Option<UserId>,
    /// When the autopilot looks at the deal next; `None`: never by itself.
    pub next_action_at: Option<DateTime<Utc>>,
    /// Why then, in words for the card.
    pub next_reason: String,
    /// What a person has to settle before the autopilot goes on.
    pub blocked_reason: Option<String>,
    pub tier: Tier,
    /// Some mails were opened by machines only.
    pub tier_unverified: bool,
    pub mails_sent: i32,
    pub last_mailed_at: Option<DateTime<Utc>>,
    /// Suffix of the template variant chosen by change_approach for the next mail.
    pub template_variant: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The deal with this id; `NotFound` outside the scope.
pub async fn find(connection: &mut AsyncPgConnection, id: DealId) -> Result<Deal> {
    deals::table.filter(deals::id.eq(id)).select(Deal::as_select()).first(connection).await
}

/// The same, locked until the transaction ends, so that two movers of one deal wait for each other.
pub async fn lock(connection: &mut AsyncPgConnection, id: DealId) -> Result<Deal> {
    deals::table.filter(deals::id.eq(id)).select(Deal::as_select()).for_update().first(connection).await
}
