//! What needs a person, what the autopilot plans, and a day's figures.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::autopilot::DecisionAction;
use domain::reply::Intent;
use domain::{ContactId, DealId, InboundId, NoteId};

use super::statement::Statement;
use crate::Result;
use crate::schema::notes;

/// A mail from a contact that waits for an answer or for a second look.
#[derive(Debug, Clone, QueryableByName)]
pub struct WaitingReply {
    #[diesel(sql_type = SqlUuid)]
    pub id: InboundId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub deal_id: Option<DealId>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub contact_id: Option<ContactId>,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub intent: Intent,
    /// The classification is unsure.
    #[diesel(sql_type = Bool)]
    pub needs_review: bool,
    #[diesel(sql_type = Text)]
    pub start: String,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
    /// Of all that wait.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// Replies to look at again, and the newest reply of each deal that stands in a replied stage; newest first.
pub async fn waiting_replies(connection: &mut AsyncPgConnection, limit: i64) -> Result<Vec<WaitingReply>> {
    Statement::new(
        "SELECT i.id, i.deal_id, i.contact_id, \
         coalesce(nullif(c.name, ''), nullif(i.from_name, ''), i.from_email) AS name, coalesce(c.company, '') AS company, \
         i.intent, i.needs_review, left(i.body_text, 200) AS start, i.received_at, count(*) OVER () AS total \
         FROM inbound_messages i LEFT JOIN contacts c ON c.id = i.contact_id \
         WHERE i.needs_review OR i.id IN (SELECT newest.id FROM deals d JOIN stages s ON s.id = d.stage_id \
           CROSS JOIN LATERAL (SELECT n.id FROM inbound_messages n WHERE n.deal_id = d.id AND n.kind = 'reply' \
             ORDER BY n.received_at DESC LIMIT 1) newest WHERE d.status = 'active' AND s.kind = 'replied') \
         ORDER BY i.received_at DESC, i.id DESC LIMIT ",
    )
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await
}

/// A deal that can't go on by itself.
#[derive(Debug, Clone, QueryableByName)]
pub struct StuckDeal {
    #[diesel(sql_type = SqlUuid)]
    pub id: DealId,
    #[diesel(sql_type = SqlUuid)]
    pub contact_id: ContactId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub stage: String,
    /// What blocks it, or why it was to be looked at.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// Nothing may be sent to the contact.
    #[diesel(sql_type = Bool)]
    pub lacks_consent: bool,
    /// Since when it is blocked, or when it was due.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

const STUCK: &str = "SELECT d.id, d.contact_id, coalesce(nullif(c.name, ''), c.email) AS name, c.company, \
     s.name AS stage, coalesce(d.blocked_reason, d.next_reason) AS reason, \
     c.consent_basis IS NULL AS lacks_consent, CASE WHEN d.blocked_reason IS NULL THEN coalesce(d.next_action_at, d.updated_at) ELSE d.updated_at END AS since, \
     count(*) OVER () AS total FROM deals d JOIN contacts c ON c.id = d.contact_id JOIN stages s ON s.id = d.stage_id \
     WHERE d.status = 'active' \
     AND NOT EXISTS (SELECT FROM ai_decisions x WHERE x.deal_id = d.id AND x.outcome = 'proposed')";

/// Active deals with something in the way, newest first.
pub async fn blocked_deals(connection: &mut AsyncPgConnection, limit: i64) -> Result<Vec<StuckDeal>> {
    Statement::new(STUCK)
        .push(" AND d.blocked_reason IS NOT NULL ORDER BY d.updated_at DESC, d.id DESC LIMIT ")
        .bind::<BigInt, _>(limit)
        .load(connection)
        .await
}

/// Deals that nothing blocks and the autopilot should have looked at before `line`, longest overdue first.
pub async fn overdue_deals(
    connection: &mut AsyncPgConnection,
    line: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<StuckDeal>> {
    Statement::new(STUCK)
        .push(" AND d.blocked_reason IS NULL AND s.kind IN ('entry', 'outreach') AND d.next_action_at < ")
        .bind::<Timestamptz, _>(line)
        .push(" ORDER BY d.next_action_at, d.id LIMIT ")
        .bind::<BigInt, _>(limit)
        .load(connection)
        .await
}

/// Deals that people move on and whose time is up, longest waiting first.
pub async fn deals_by_hand(
    connection: &mut AsyncPgConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<StuckDeal>> {
    Statement::new(STUCK)
        .push(" AND d.blocked_reason IS NULL AND s.kind = 'progress' AND d.next_action_at < ")
        .bind::<Timestamptz, _>(now)
        .push(" ORDER BY d.next_action_at, d.id LIMIT ")
        .bind::<BigInt, _>(limit)
        .load(connection)
        .await
}

/// A decision that waits for a person's word.
#[derive(Debug, Clone, QueryableByName)]
pub struct WaitingProposal {
    #[diesel(sql_type = SqlUuid)]
    pub deal_id: DealId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub action: DecisionAction,
    #[diesel(sql_type = Text)]
    pub reasoning: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// Proposals of the autopilot, oldest first.
pub async fn waiting_proposals(
    connection: &mut AsyncPgConnection,
    limit: i64,
) -> Result<Vec<WaitingProposal>> {
    Statement::new(
        "SELECT x.deal_id, coalesce(nullif(c.name, ''), c.email) AS name, c.company, x.action, x.reasoning, x.at, \
         count(*) OVER () AS total FROM ai_decisions x JOIN deals d ON d.id = x.deal_id \
         JOIN contacts c ON c.id = d.contact_id WHERE x.outcome = 'proposed' AND d.status = 'active' \
         ORDER BY x.at, x.id LIMIT ",
    )
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await
}

/// A task that is due.
#[derive(Debug, Clone, QueryableByName)]
pub struct DueTask {
    #[diesel(sql_type = SqlUuid)]
    pub id: NoteId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub deal_id: Option<DealId>,
    #[diesel(sql_type = SqlUuid)]
    pub contact_id: ContactId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Timestamptz)]
    pub due_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// Open tasks due before `before`, earliest first.
pub async fn due_tasks(
    connection: &mut AsyncPgConnection,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<DueTask>> {
    Statement::new(
        "SELECT n.id, n.deal_id, n.contact_id, coalesce(nullif(c.name, ''), c.email) AS name, c.company, n.body, \
         n.due_at, count(*) OVER () AS total FROM notes n JOIN contacts c ON c.id = n.contact_id \
         WHERE n.kind = 'task' AND n.done_at IS NULL AND n.due_at < ",
    )
    .bind::<Timestamptz, _>(before)
    .push(" ORDER BY n.due_at, n.id LIMIT ")
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await
}

/// Marks an open task as done. Returns whether there was one.
pub async fn finish_task(connection: &mut AsyncPgConnection, id: NoteId, at: DateTime<Utc>) -> Result<bool> {
    let open =
        notes::table.filter(notes::id.eq(id).and(notes::kind.eq("task")).and(notes::done_at.is_null()));
    let changed = diesel::update(open).set(notes::done_at.eq(at)).execute(connection).await?;
    Ok(changed == 1)
}

/// What the autopilot will look at in one pipeline.
#[derive(Debug, Clone, QueryableByName)]
pub struct PlannedWork {
    #[diesel(sql_type = Text)]
    pub pipeline: String,
    #[diesel(sql_type = Text)]
    pub pipeline_key: String,
    #[diesel(sql_type = Text)]
    pub brand_slug: String,
    /// `suggest` or `auto`.
    #[diesel(sql_type = Text)]
    pub mode: domain::pipeline::PipelineMode,
    #[diesel(sql_type = BigInt)]
    pub deals: i64,
    #[diesel(sql_type = Timestamptz)]
    pub first_at: DateTime<Utc>,
}

/// Outreach the autopilot takes up before `before`, per pipeline, soonest first.
pub async fn planned_work(
    connection: &mut AsyncPgConnection,
    before: DateTime<Utc>,
) -> Result<Vec<PlannedWork>> {
    Statement::new(
        "SELECT p.name AS pipeline, p.key AS pipeline_key, b.slug AS brand_slug, p.mode, count(*) AS deals, \
         min(d.next_action_at) AS first_at FROM deals d JOIN pipelines p ON p.id = d.pipeline_id \
         JOIN brands b ON b.id = d.brand_id JOIN stages s ON s.id = d.stage_id \
         WHERE d.status = 'active' AND d.blocked_reason IS NULL AND p.mode <> 'off' AND p.is_active \
         AND s.kind IN ('entry', 'outreach') \
         AND NOT EXISTS (SELECT FROM ai_decisions x WHERE x.deal_id = d.id AND x.outcome = 'proposed') \
         AND d.next_action_at < ",
    )
    .bind::<Timestamptz, _>(before)
    .push(" GROUP BY p.id, b.slug ORDER BY first_at, p.position")
    .load(connection)
    .await
}

/// What happened in a span of time.
#[derive(Debug, Clone, Default, QueryableByName)]
pub struct DayFigures {
    #[diesel(sql_type = BigInt)]
    pub sent: i64,
    /// Mails opened by a person.
    #[diesel(sql_type = BigInt)]
    pub opened: i64,
    /// Mails clicked by a person.
    #[diesel(sql_type = BigInt)]
    pub clicked: i64,
    #[diesel(sql_type = BigInt)]
    pub replies: i64,
    #[diesel(sql_type = BigInt)]
    pub unsubscribed: i64,
    #[diesel(sql_type = BigInt)]
    pub won: i64,
}

/// Figures of `from` up to `to`.
pub async fn day_figures(
    connection: &mut AsyncPgConnection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<DayFigures> {
    Statement::new("WITH span AS (SELECT ")
        .bind::<Timestamptz, _>(from)
        .push(" AS a, ")
        .bind::<Timestamptz, _>(to)
        .push(
            " AS z), hits AS (SELECT e.kind, e.verdict, e.message_id FROM email_events e, span \
             WHERE e.at >= a AND e.at < z) \
             SELECT (SELECT count(*) FROM email_messages, span WHERE sent_at >= a AND sent_at < z AND NOT is_test) AS sent, \
             (SELECT count(DISTINCT message_id) FROM hits WHERE kind = 'open' AND verdict = 'human') AS opened, \
             (SELECT count(DISTINCT message_id) FROM hits WHERE kind = 'click' AND verdict = 'human') AS clicked, \
             (SELECT count(*) FROM inbound_messages, span WHERE received_at >= a AND received_at < z AND kind = 'reply') \
               AS replies, \
             (SELECT count(*) FROM suppressions, span WHERE created_at >= a AND created_at < z \
               AND reason = 'unsubscribed') AS unsubscribed, \
             (SELECT count(*) FROM deal_stage_events, span WHERE at >= a AND at < z AND to_status = 'won' \
               AND from_status IS DISTINCT FROM 'won') AS won",
        )
        .first(connection)
        .await
}
