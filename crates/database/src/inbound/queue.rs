use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Float4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::reply::{InboundKind, Intent};
use domain::{ContactId, InboundId};

use crate::Result;
use crate::prepared::Prepare;

/// Which mails to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// Those that wait for a person.
    #[default]
    Waiting,
    /// Those of them that belong to nobody the brand knows.
    Unmatched,
    /// Everything that came in.
    All,
}

/// Which mails to list, and from where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFilter {
    pub show: Show,
    /// Part of the writer's name, address or the subject; empty: any.
    pub text: String,
    /// Only mails that came before this one.
    pub before: Option<InboundId>,
}

/// A line of the inbox.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct Line {
    #[diesel(sql_type = SqlUuid)]
    pub id: InboundId,
    #[diesel(sql_type = Text)]
    pub from_email: String,
    #[diesel(sql_type = Text)]
    pub from_name: String,
    #[diesel(sql_type = Text)]
    pub subject: String,
    /// The beginning of what was written.
    #[diesel(sql_type = Text)]
    pub start: String,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub kind: InboundKind,
    #[diesel(sql_type = Text)]
    pub intent: Intent,
    /// Share 0–1.
    #[diesel(sql_type = Float4)]
    pub confidence: f32,
    #[diesel(sql_type = Bool)]
    pub needs_review: bool,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub contact_id: Option<ContactId>,
    /// The contact's company; empty when there is none.
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub brand_name: String,
}

/// Passing show ($1 waiting only, $2 unmatched only) and text ($3).
const PASSING: &str = "(NOT $1 OR i.needs_review) AND (NOT $2 OR i.contact_id IS NULL) \
    AND lower(i.from_name || ' ' || i.from_email || ' ' || i.subject) LIKE $3";

/// One page of the inbox, newest first.
pub async fn queue(
    connection: &mut AsyncPgConnection,
    filter: &QueueFilter,
    limit: i64,
) -> Result<Vec<Line>> {
    diesel::sql_query(format!(
        "SELECT i.id, i.from_email, i.from_name, i.subject, left(i.body_text, 160) AS start, i.received_at, i.kind, \
         i.intent, i.confidence, i.needs_review, i.contact_id, coalesce(c.company, '') AS company, b.name AS brand_name \
         FROM inbound_messages i JOIN brands b ON b.id = i.brand_id LEFT JOIN contacts c ON c.id = i.contact_id \
         WHERE {PASSING} AND ($4 IS NULL OR (i.received_at, i.id) < \
             (SELECT o.received_at, o.id FROM inbound_messages o WHERE o.id = $4)) \
         ORDER BY i.received_at DESC, i.id DESC LIMIT $5"
    ))
    .bind::<Bool, _>(filter.show != Show::All)
    .bind::<Bool, _>(filter.show == Show::Unmatched)
    .bind::<Text, _>(crate::listing::contains(&filter.text))
    .bind::<Nullable<SqlUuid>, _>(filter.before)
    .bind::<BigInt, _>(limit)
    .prepared().load(connection)
    .await
}

/// How many mails wait for a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Waiting {
    #[diesel(sql_type = BigInt)]
    pub all: i64,
    /// Of them, those that belong to nobody the brand knows.
    #[diesel(sql_type = BigInt)]
    pub unmatched: i64,
}

/// How many mails wait for a person.
pub async fn waiting(connection: &mut AsyncPgConnection) -> Result<Waiting> {
    diesel::sql_query(
        "SELECT count(*) AS \"all\", count(*) FILTER (WHERE contact_id IS NULL) AS unmatched \
         FROM inbound_messages WHERE needs_review",
    )
    .prepared()
    .get_result(connection)
    .await
}
