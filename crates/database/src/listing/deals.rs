use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::autopilot::DecisionAction;
use domain::engagement::Tier;
use domain::pipeline::{DealStatus, LostReason, StageKind};
use domain::{ContactId, DealId, PipelineId, StageId, UserId};

use super::contacts::matching;
use super::statement::{Order, Page, Paging, Statement};
use crate::Result;
use crate::schema::{memberships, users};

/// Whose deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerFilter {
    Person(UserId),
    Nobody,
}

/// What narrows deals down; all of it has to hold.
#[derive(Debug, Clone, Default)]
pub struct DealFilter {
    pub pipeline: Option<PipelineId>,
    pub kind: Option<StageKind>,
    /// Empty: any.
    pub statuses: Vec<DealStatus>,
    pub tier: Option<Tier>,
    pub owner: Option<OwnerFilter>,
    pub blocked: bool,
    /// Active and due before this moment.
    pub due_before: Option<DateTime<Utc>>,
    /// In name, company or address; empty: any.
    pub text: String,
}

/// What deals are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealOrder {
    Created,
    Name,
    Company,
    Stage,
    Value,
    Mails,
    Next,
}

const FROM: &str = "deals d JOIN contacts c ON c.id = d.contact_id JOIN stages s ON s.id = d.stage_id";

impl DealOrder {
    const fn by(self) -> &'static str {
        match self {
            Self::Created => "d.created_at",
            Self::Name => "lower(coalesce(nullif(c.name, ''), c.email))",
            Self::Company => "lower(c.company)",
            Self::Stage => "s.position",
            Self::Value => "coalesce(d.value_cents, 0)",
            Self::Mails => "d.mails_sent",
            Self::Next => "coalesce(d.next_action_at, 'infinity')",
        }
    }
}

/// A deal with the names a table shows.
#[derive(Debug, Clone, QueryableByName)]
pub struct ListedDeal {
    #[diesel(sql_type = SqlUuid)]
    pub id: DealId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub brand_slug: String,
    #[diesel(sql_type = SqlUuid)]
    pub pipeline_id: PipelineId,
    #[diesel(sql_type = SqlUuid)]
    pub stage_id: StageId,
    #[diesel(sql_type = Text)]
    pub stage: String,
    #[diesel(sql_type = Text)]
    pub status: DealStatus,
    #[diesel(sql_type = Nullable<Text>)]
    pub lost_reason: Option<LostReason>,
    #[diesel(sql_type = Text)]
    pub tier: Tier,
    #[diesel(sql_type = Bool)]
    pub tier_unverified: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub value_cents: Option<i64>,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = Integer)]
    pub mails_sent: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub next_action_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Text)]
    pub next_reason: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub blocked_reason: Option<String>,
    /// What waits for approval.
    #[diesel(sql_type = Nullable<Text>)]
    pub proposed: Option<DecisionAction>,
    #[diesel(sql_type = Text)]
    pub owner: String,
}

const COLUMNS: &str = "d.id, c.name, c.email, c.company, b.slug AS brand_slug, d.pipeline_id, d.stage_id, \
     s.name AS stage, d.status, d.lost_reason, d.tier, d.tier_unverified, d.value_cents, d.currency, d.mails_sent, \
     d.next_action_at, d.next_reason, d.blocked_reason, \
     (SELECT x.action FROM ai_decisions x WHERE x.deal_id = d.id AND x.outcome = 'proposed') AS proposed, \
     coalesce(u.name, '') AS owner";

/// A page of deals.
pub async fn deals(
    connection: &mut AsyncPgConnection,
    filter: &DealFilter,
    order: DealOrder,
    descending: bool,
    paging: Paging,
) -> Result<Page<ListedDeal>> {
    let statement = Statement::new(format!(
        "SELECT {COLUMNS} FROM {FROM} JOIN brands b ON b.id = d.brand_id LEFT JOIN users u ON u.id = d.owner_id WHERE true"
    ));
    let order = Order { by: order.by(), id: "d.id", from: FROM, descending };
    filter.apply(statement).page(connection, order, paging).await
}

/// Every deal of a contact, newest first.
pub async fn deals_of(connection: &mut AsyncPgConnection, contact: ContactId) -> Result<Vec<ListedDeal>> {
    Statement::new(format!(
        "SELECT {COLUMNS} FROM {FROM} JOIN brands b ON b.id = d.brand_id LEFT JOIN users u ON u.id = d.owner_id \
         WHERE d.contact_id = "
    ))
    .bind::<SqlUuid, _>(contact)
    .push(" ORDER BY d.created_at DESC, d.id DESC")
    .load(connection)
    .await
}

/// Counts and the worth of deals.
#[derive(Debug, Clone, Default, QueryableByName)]
pub struct DealTallies {
    /// That pass the filter.
    #[diesel(sql_type = BigInt)]
    pub passed: i64,
    /// Cents of those.
    #[diesel(sql_type = BigInt)]
    pub passed_cents: i64,
    /// Active and paused.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    #[diesel(sql_type = BigInt)]
    pub won: i64,
    #[diesel(sql_type = BigInt)]
    pub lost: i64,
    #[diesel(sql_type = BigInt)]
    pub overdue: i64,
    #[diesel(sql_type = BigInt)]
    pub blocked: i64,
}

/// Figures above a table of deals: of those that pass, and of all in scope by status.
pub async fn deal_tallies(
    connection: &mut AsyncPgConnection,
    filter: &DealFilter,
    overdue_before: DateTime<Utc>,
) -> Result<DealTallies> {
    let passed = filter.apply(Statement::new(
        "SELECT p.passed, p.passed_cents, a.* FROM \
         (SELECT count(*) AS passed, coalesce(sum(d.value_cents), 0)::bigint AS passed_cents FROM deals d WHERE true",
    ));
    passed
        .push(
            ") p CROSS JOIN (SELECT count(*) FILTER (WHERE status IN ('active', 'paused')) AS open, \
             count(*) FILTER (WHERE status = 'won') AS won, count(*) FILTER (WHERE status = 'lost') AS lost, \
             count(*) FILTER (WHERE status = 'active' AND blocked_reason IS NOT NULL) AS blocked, \
             count(*) FILTER (WHERE status = 'active' AND next_action_at < ",
        )
        .bind::<Timestamptz, _>(overdue_before)
        .push(") AS overdue FROM deals) a")
        .first(connection)
        .await
}

impl DealFilter {
    /// Conditions on `d` alone, so that counting needs no other table.
    fn apply(&self, statement: Statement) -> Statement {
        let mut statement = statement
            .condition::<SqlUuid, _>(" AND d.pipeline_id = ", self.pipeline, "")
            .condition::<Text, _>(" AND d.stage_id IN (SELECT id FROM stages WHERE kind = ", self.kind, ")")
            .condition::<Text, _>(" AND d.tier = ", self.tier, "");
        if !self.statuses.is_empty() {
            statement = statement.push(" AND d.status IN (");
            for (place, status) in self.statuses.iter().enumerate() {
                statement = statement.push(if place == 0 { "" } else { ", " }).bind::<Text, _>(*status);
            }
            statement = statement.push(")");
        }
        statement = match self.owner {
            Some(OwnerFilter::Person(user)) => statement.push(" AND d.owner_id = ").bind::<SqlUuid, _>(user),
            Some(OwnerFilter::Nobody) => statement.push(" AND d.owner_id IS NULL"),
            None => statement,
        };
        if self.blocked {
            statement = statement.push(" AND d.status = 'active' AND d.blocked_reason IS NOT NULL");
        }
        statement = statement.condition::<Timestamptz, _>(
            " AND d.status = 'active' AND d.next_action_at < ",
            self.due_before,
            "",
        );
        if self.text.trim().is_empty() {
            return statement;
        }
        let found = statement.push(" AND d.contact_id IN (SELECT c.id FROM contacts_in_scope c WHERE true");
        matching(found, &self.text).push(")")
    }
}

/// People who may own deals of the brands in scope, by name.
pub async fn owners(connection: &mut AsyncPgConnection) -> Result<Vec<(UserId, String)>> {
    let member = memberships::table.filter(memberships::user_id.eq(users::id));
    users::table
        .filter(users::disabled_at.is_null().and(exists(member)))
        .order((users::name, users::id))
        .select((users::id, users::name))
        .load(connection)
        .await
}
