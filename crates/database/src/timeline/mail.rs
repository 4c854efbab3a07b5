use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Float, Nullable, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::MessageId;
use domain::engagement::{EventKind, Verdict};
use domain::mailing::MessageState;
use domain::reply::Intent;

use super::Subject;
use crate::Result;
use crate::prepared::Prepare;

/// A mail of ours with what became of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct MailRow {
    #[diesel(sql_type = Uuid)]
    pub id: MessageId,
    #[diesel(sql_type = Text)]
    pub subject: String,
    /// Beginning of the text part.
    #[diesel(sql_type = Text)]
    pub start: String,
    #[diesel(sql_type = Text)]
    pub to_email: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub template_key: Option<String>,
    #[diesel(sql_type = Text)]
    pub variant: String,
    #[diesel(sql_type = Text)]
    pub state: MessageState,
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    #[diesel(sql_type = Bool)]
    pub is_test: bool,
    /// When it went out, else when it shall, else when it was written.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// By persons.
    #[diesel(sql_type = BigInt)]
    pub opens: i64,
    #[diesel(sql_type = BigInt)]
    pub clicks: i64,
    #[diesel(sql_type = BigInt)]
    pub machine_opens: i64,
    #[diesel(sql_type = Bool)]
    pub replied: bool,
    #[diesel(sql_type = Bool)]
    pub bounced: bool,
}

/// Mails to the subject.
pub async fn mails(connection: &mut AsyncPgConnection, subject: Subject, limit: i64) -> Result<Vec<MailRow>> {
    let condition = subject.on("m");
    diesel::sql_query(format!(
        "SELECT m.id, m.subject, left(coalesce(t.body_text, ''), 400) AS start, m.to_email, m.template_key, m.variant, \
         m.state, m.reason, m.is_test, coalesce(m.sent_at, m.scheduled_for) AS at, \
         e.opens, e.clicks, e.machine_opens, m.replied_at IS NOT NULL AS replied, m.bounced_at IS NOT NULL AS bounced \
         FROM email_messages m LEFT JOIN email_contents t ON t.message_id = m.id \
         CROSS JOIN LATERAL (SELECT \
           count(*) FILTER (WHERE kind = 'open' AND verdict = 'human') AS opens, \
           count(*) FILTER (WHERE kind = 'click' AND verdict = 'human') AS clicks, \
           count(*) FILTER (WHERE kind = 'open' AND verdict = 'machine') AS machine_opens \
           FROM email_events WHERE message_id = m.id) e \
         WHERE {condition} ORDER BY at DESC, m.id DESC LIMIT $2"
    ))
    .bind::<Uuid, _>(subject.id())
    .bind::<BigInt, _>(limit)
    .prepared().load(connection)
    .await
}

/// An open, click, bounce, complaint or opt-out.
#[derive(Debug, Clone, QueryableByName)]
pub struct HitRow {
    #[diesel(sql_type = Text)]
    pub kind: EventKind,
    #[diesel(sql_type = Text)]
    pub verdict: Verdict,
    /// Code of the rule that gave the verdict.
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub url: Option<String>,
    #[diesel(sql_type = Text)]
    pub subject: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// Hits on the subject's mails. Replies are left out: [`inbound`] tells them with their words.
pub async fn hits(connection: &mut AsyncPgConnection, subject: Subject, limit: i64) -> Result<Vec<HitRow>> {
    let condition = subject.on("m");
    diesel::sql_query(format!(
        "SELECT e.kind, e.verdict, e.reason, e.url, m.subject, e.at \
         FROM email_messages m JOIN email_events e ON e.message_id = m.id \
         WHERE {condition} AND e.kind <> 'reply' ORDER BY e.at DESC, e.id DESC LIMIT $2"
    ))
    .bind::<Uuid, _>(subject.id())
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(connection)
    .await
}

/// A mail that came in.
#[derive(Debug, Clone, QueryableByName)]
pub struct InboundRow {
    #[diesel(sql_type = Text)]
    pub from_email: String,
    #[diesel(sql_type = Text)]
    pub from_name: String,
    #[diesel(sql_type = Text)]
    pub subject: String,
    #[diesel(sql_type = Text)]
    pub body_text: String,
    #[diesel(sql_type = Text)]
    pub intent: Intent,
    /// 0–1.
    #[diesel(sql_type = Float)]
    pub confidence: f32,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Bool)]
    pub needs_review: bool,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
}

/// Mails from the subject.
pub async fn inbound(
    connection: &mut AsyncPgConnection,
    subject: Subject,
    limit: i64,
) -> Result<Vec<InboundRow>> {
    let condition = subject.on("i");
    diesel::sql_query(format!(
        "SELECT i.from_email, i.from_name, i.subject, i.body_text, i.intent, i.confidence, i.reason, i.needs_review, \
         i.received_at FROM inbound_messages i WHERE {condition} ORDER BY i.received_at DESC, i.id DESC LIMIT $2"
    ))
    .bind::<Uuid, _>(subject.id())
    .bind::<BigInt, _>(limit)
    .prepared().load(connection)
    .await
}
