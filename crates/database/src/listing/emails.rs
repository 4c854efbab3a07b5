use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use domain::engagement::{EventKind, Verdict};
use domain::mailing::{MailSignal, MessageState};
use domain::{MessageId, PipelineId};

use super::pattern::contains;
use super::statement::{Order, Page, Paging, Statement, Tally};
use crate::Result;

/// What narrows mails down; all of it has to hold.
#[derive(Debug, Clone, Default)]
pub struct EmailFilter {
    /// Empty: any.
    pub states: Vec<MessageState>,
    pub pipeline: Option<PipelineId>,
    pub template: Option<String>,
    pub signal: Option<MailSignal>,
    /// Sent, or to be sent, at this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// The same, before this moment.
    pub before: Option<DateTime<Utc>>,
    /// In the subject, the address or the name; empty: any.
    pub text: String,
}

/// A mail with the names and counts a table shows.
#[derive(Debug, Clone, QueryableByName)]
pub struct ListedEmail {
    #[diesel(sql_type = SqlUuid)]
    pub id: MessageId,
    #[diesel(sql_type = Text)]
    pub subject: String,
    #[diesel(sql_type = Text)]
    pub to_name: String,
    #[diesel(sql_type = Text)]
    pub to_email: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub pipeline: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub template_key: Option<String>,
    #[diesel(sql_type = Text)]
    pub variant: String,
    #[diesel(sql_type = Text)]
    pub state: MessageState,
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    /// When it went out, else when it shall.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// By persons.
    #[diesel(sql_type = BigInt)]
    pub opens: i64,
    #[diesel(sql_type = BigInt)]
    pub clicks: i64,
    #[diesel(sql_type = BigInt)]
    pub machine_hits: i64,
    #[diesel(sql_type = Bool)]
    pub replied: bool,
    #[diesel(sql_type = Bool)]
    pub bounced: bool,
    #[diesel(sql_type = Bool)]
    pub is_test: bool,
}

/// A page of mails, those written last first.
pub async fn emails(
    connection: &mut AsyncPgConnection,
    filter: &EmailFilter,
    paging: Paging,
) -> Result<Page<ListedEmail>> {
    let statement = Statement::new(
        "SELECT m.id, m.subject, m.to_name, m.to_email, p.name AS pipeline, m.template_key, m.variant, m.state, m.reason, \
         coalesce(m.sent_at, m.scheduled_for) AS at, e.opens, e.clicks, e.machine_hits, \
         m.replied_at IS NOT NULL AS replied, m.bounced_at IS NOT NULL AS bounced, m.is_test \
         FROM email_messages m LEFT JOIN deals d ON d.id = m.deal_id LEFT JOIN pipelines p ON p.id = d.pipeline_id \
         CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE kind = 'open' AND verdict = 'human') AS opens, \
           count(*) FILTER (WHERE kind = 'click' AND verdict = 'human') AS clicks, \
           count(*) FILTER (WHERE kind IN ('open', 'click') AND verdict = 'machine') AS machine_hits \
           FROM email_events WHERE message_id = m.id) e WHERE true",
    );
    let order = Order { by: "m.created_at", id: "m.id", from: "email_messages m", descending: true };
    filter.apply(statement).page(connection, order, paging).await
}

/// Mails per state, and those that pass as `passed`.
pub async fn email_tallies(connection: &mut AsyncPgConnection, filter: &EmailFilter) -> Result<Vec<Tally>> {
    filter
        .apply(Statement::new(
            "SELECT state AS value, count(*) AS count FROM email_messages GROUP BY state \
             UNION ALL SELECT 'passed', count(*) FROM email_messages m WHERE true",
        ))
        .load(connection)
        .await
}

impl EmailFilter {
    fn apply(&self, mut statement: Statement) -> Statement {
        if !self.states.is_empty() {
            statement = statement.push(" AND m.state IN (");
            for (place, state) in self.states.iter().enumerate() {
                statement = statement.push(if place == 0 { "" } else { ", " }).bind::<Text, _>(*state);
            }
            statement = statement.push(")");
        }
        if let Some(signal) = self.signal {
            statement = statement.push(match signal {
                MailSignal::Opened => " AND m.opened_at IS NOT NULL",
                MailSignal::Clicked => " AND m.clicked_at IS NOT NULL",
                MailSignal::Replied => " AND m.replied_at IS NOT NULL",
                MailSignal::Bounced => " AND m.bounced_at IS NOT NULL",
                MailSignal::MachineOnly => {
                    " AND m.machine_opened_at IS NOT NULL AND m.opened_at IS NULL AND m.clicked_at IS NULL"
                }
                MailSignal::Nothing => {
                    " AND m.sent_at IS NOT NULL AND m.opened_at IS NULL AND m.machine_opened_at IS NULL \
                     AND m.clicked_at IS NULL AND m.replied_at IS NULL AND m.bounced_at IS NULL"
                }
            });
        }
        statement
            .condition::<Text, _>(" AND m.template_key = ", self.template.clone(), "")
            .condition::<Timestamptz, _>(" AND coalesce(m.sent_at, m.scheduled_for) >= ", self.from, "")
            .condition::<Timestamptz, _>(" AND coalesce(m.sent_at, m.scheduled_for) < ", self.before, "")
            .condition::<SqlUuid, _>(
                " AND m.deal_id IN (SELECT id FROM deals WHERE pipeline_id = ",
                self.pipeline,
                ")",
            )
            .condition::<Text, _>(
                " AND lower(m.subject || ' ' || m.to_email || ' ' || m.to_name) LIKE ",
                (!self.text.trim().is_empty()).then(|| contains(&self.text)),
                "",
            )
    }
}

/// The keys of the templates the brands in sight mail with.
pub async fn template_keys(connection: &mut AsyncPgConnection) -> Result<Vec<String>> {
    use crate::schema::templates::dsl;
    let keys = dsl::templates.select(dsl::key).distinct().order(dsl::key);
    diesel_async::RunQueryDsl::load(keys, connection).await
}

/// Something that happened to a mail.
#[derive(Debug, Clone, QueryableByName)]
pub struct EmailEvent {
    #[diesel(sql_type = Text)]
    pub kind: EventKind,
    #[diesel(sql_type = Text)]
    pub verdict: Verdict,
    /// Code of the rule that gave the verdict.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// The verdict before the last better evidence.
    #[diesel(sql_type = Nullable<Text>)]
    pub before: Option<Verdict>,
    #[diesel(sql_type = Nullable<Text>)]
    pub url: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub user_agent: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// What happened to a mail, newest first.
pub async fn email_events(
    connection: &mut AsyncPgConnection,
    message: MessageId,
    limit: i64,
) -> Result<Vec<EmailEvent>> {
    Statement::new(
        "SELECT e.kind, e.verdict, e.reason, e.url, e.user_agent, e.at, (SELECT j.verdict FROM email_event_judgements j \
         WHERE e.judged_at IS NOT NULL AND j.event_id = e.id ORDER BY j.id DESC LIMIT 1) AS before \
         FROM email_events e WHERE e.message_id = ",
    )
        .bind::<SqlUuid, _>(message)
        .push(" ORDER BY e.at DESC, e.id DESC LIMIT ")
        .bind::<BigInt, _>(limit)
        .load(connection)
        .await
}
