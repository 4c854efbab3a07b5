//! The demo's mailbox: delivered mails as the people who got them see them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::{EventKind, Verdict};
use domain::{BrandId, DealId, MessageId};

use crate::Result;
use crate::schema::email_events;

/// Which mails to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterFilter {
    /// Part of the recipient's name, address or the subject; empty: any.
    pub text: String,
    /// Nobody has opened or clicked.
    pub unopened: bool,
    /// Somebody has answered.
    pub replied: bool,
    /// Only mails older than this one.
    pub before: Option<MessageId>,
}

/// A delivered mail and what came back for it.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct Letter {
    #[diesel(sql_type = SqlUuid)]
    pub id: MessageId,
    #[diesel(sql_type = SqlUuid)]
    pub brand_id: BrandId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub deal_id: Option<DealId>,
    #[diesel(sql_type = Text)]
    pub to_email: String,
    #[diesel(sql_type = Text)]
    pub to_name: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    /// Empty for a mail without a deal.
    #[diesel(sql_type = Text)]
    pub pipeline: String,
    #[diesel(sql_type = Text)]
    pub subject: String,
    #[diesel(sql_type = Timestamptz)]
    pub sent_at: DateTime<Utc>,
    /// Opens by persons.
    #[diesel(sql_type = BigInt)]
    pub opens: i64,
    /// Clicks by persons.
    #[diesel(sql_type = BigInt)]
    pub clicks: i64,
    /// Opens and clicks by machines, and unclear ones.
    #[diesel(sql_type = BigInt)]
    pub machine: i64,
    #[diesel(sql_type = Bool)]
    pub replied: bool,
    /// Bounced, marked as spam or unsubscribed.
    #[diesel(sql_type = Bool)]
    pub bad: bool,
}

/// One page of delivered mails, newest first.
pub async fn letters(
    connection: &mut AsyncPgConnection,
    filter: &LetterFilter,
    limit: i64,
) -> Result<Vec<Letter>> {
    diesel::sql_query(format!(
        "SELECT m.*, c.company, coalesce(p.name, '') AS pipeline, e.opens, e.clicks, e.machine, e.bad \
         FROM (SELECT m.id, m.brand_id, m.deal_id, m.contact_id, m.to_email, m.to_name, m.subject, m.sent_at, \
                 m.replied_at IS NOT NULL AS replied FROM email_messages m \
               WHERE {DELIVERED} AND ($4 IS NULL OR (m.sent_at, m.id) < \
                 (SELECT b.sent_at, b.id FROM email_messages b WHERE b.id = $4)) \
               ORDER BY m.sent_at DESC, m.id DESC LIMIT $5) m \
         JOIN contacts c ON c.id = m.contact_id \
         LEFT JOIN deals d ON d.id = m.deal_id LEFT JOIN pipelines p ON p.id = d.pipeline_id \
         CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE kind = 'open' AND verdict = 'human') AS opens, \
             count(*) FILTER (WHERE kind = 'click' AND verdict = 'human') AS clicks, \
             count(*) FILTER (WHERE kind IN ('open', 'click') AND verdict <> 'human') AS machine, \
             count(*) FILTER (WHERE kind IN ('bounce', 'soft_bounce', 'complaint', 'unsubscribe')) > 0 AS bad \
             FROM email_events WHERE message_id = m.id) e \
         ORDER BY m.sent_at DESC, m.id DESC"
    ))
    .bind::<Text, _>(pattern(&filter.text))
    .bind::<Bool, _>(filter.unopened)
    .bind::<Bool, _>(filter.replied)
    .bind::<Nullable<SqlUuid>, _>(filter.before)
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await
}

/// How many delivered mails pass the filter, wherever the page begins.
pub async fn count(connection: &mut AsyncPgConnection, filter: &LetterFilter) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let row: Row = diesel::sql_query(format!("SELECT count(*) FROM email_messages m WHERE {DELIVERED}"))
        .bind::<Text, _>(pattern(&filter.text))
        .bind::<Bool, _>(filter.unopened)
        .bind::<Bool, _>(filter.replied)
        .get_result(connection)
        .await?;
    Ok(row.count)
}

/// Delivered, and passing text ($1), unopened ($2) and replied ($3).
const DELIVERED: &str = "m.state = 'sent' AND m.sent_at IS NOT NULL AND NOT m.is_test \
    AND (m.to_name || ' ' || m.to_email || ' ' || m.subject) ILIKE $1 \
    AND (NOT $2 OR (m.opened_at IS NULL AND m.clicked_at IS NULL)) AND (NOT $3 OR m.replied_at IS NOT NULL)";

/// Contains the text, whatever signs it has.
fn pattern(text: &str) -> String {
    let escaped = text.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// One thing that happened to a mail.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Happening {
    pub kind: EventKind,
    pub verdict: Verdict,
    /// Code of the rule that gave the verdict.
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// What happened to a mail, oldest first; at most 50.
pub async fn happenings(connection: &mut AsyncPgConnection, message: MessageId) -> Result<Vec<Happening>> {
    email_events::table
        .filter(email_events::message_id.eq(message))
        .order((email_events::at, email_events::id))
        .limit(50)
        .select((email_events::kind, email_events::verdict, email_events::reason, email_events::at))
        .load(connection)
        .await
}
