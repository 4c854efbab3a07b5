use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::autopilot::DecisionAction;
use domain::{DealId, DecisionId, MessageId, UserId};

use crate::Result;
use crate::prepared::Prepare;
use crate::schema::{email_contents, users};

/// How many of a deal's mails went out, were opened, clicked and answered by a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct MailCounts {
    #[diesel(sql_type = BigInt)]
    pub sent: i64,
    #[diesel(sql_type = BigInt)]
    pub opened: i64,
    #[diesel(sql_type = BigInt)]
    pub clicked: i64,
    #[diesel(sql_type = BigInt)]
    pub replied: i64,
}

/// Counts a deal's mails, tests left out.
pub async fn mail_counts(connection: &mut AsyncPgConnection, deal: DealId) -> Result<MailCounts> {
    diesel::sql_query(
        "SELECT count(*) FILTER (WHERE state IN ('sent', 'unknown')) AS sent, count(opened_at) AS opened, \
         count(clicked_at) AS clicked, count(replied_at) AS replied \
         FROM email_messages WHERE deal_id = $1 AND NOT is_test",
    )
    .bind::<Uuid, _>(deal)
    .prepared()
    .get_result(connection)
    .await
}

/// A decision that waits for a person.
#[derive(Debug, Clone, QueryableByName)]
pub struct Proposal {
    #[diesel(sql_type = Uuid)]
    pub id: DecisionId,
    #[diesel(sql_type = Text)]
    pub action: DecisionAction,
    #[diesel(sql_type = Text)]
    pub reasoning: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// What the autopilot proposes for a deal, if anything waits.
pub async fn proposal(connection: &mut AsyncPgConnection, deal: DealId) -> Result<Option<Proposal>> {
    diesel::sql_query(
        "SELECT id, action, reasoning, at FROM ai_decisions WHERE deal_id = $1 AND outcome = 'proposed'",
    )
    .bind::<Uuid, _>(deal)
    .prepared()
    .get_result(connection)
    .await
    .optional()
}

/// A person's name, also of those who have been disabled.
pub async fn person_name(connection: &mut AsyncPgConnection, id: UserId) -> Result<Option<String>> {
    users::table.filter(users::id.eq(id)).select(users::name).first(connection).await.optional()
}

/// The HTML of a mail; `NotFound` outside the scope.
pub async fn mail_html(connection: &mut AsyncPgConnection, id: MessageId) -> Result<String> {
    email_contents::table
        .filter(email_contents::message_id.eq(id))
        .select(email_contents::html)
        .first(connection)
        .await
}
