use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::mailing::{MessageState, SuppressionReason};
use domain::pipeline::{DealStatus, PipelineMode};
use domain::{BrandId, MessageId};

use super::{Content, Message};
use crate::Result;
use crate::contact::Contact;
use crate::prepared::Prepare;
use crate::schema::{contacts, deals, email_contents, email_messages, pipelines, suppressions};

/// A mail whose time has come, with all that may have changed since it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub message: Message,
    pub contact: Contact,
    /// Its deal as it is now: status, visit to the stage, the pipeline's mode.
    pub deal: Option<(DealStatus, i32, PipelineMode)>,
    pub suppressed: Option<SuppressionReason>,
}

/// Locks the brand's mails that are due, in order, until the transaction ends. Mails another worker is taking are
/// passed over, and so are tests ([`lock_due_tests`]).
pub async fn lock_due(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Candidate>> {
    use email_messages as m;
    let ids: Vec<MessageId> = m::table
        .filter(m::brand_id.eq(brand))
        .filter(m::state.eq_any([MessageState::Scheduled, MessageState::Queued]))
        .filter(m::scheduled_for.le(now))
        .filter(m::is_test.eq(false))
        .order((m::scheduled_for, m::id))
        .limit(limit)
        .for_update()
        .skip_locked()
        .select(m::id)
        .load(connection)
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    type Row =
        (Message, Contact, Option<DealStatus>, Option<i32>, Option<PipelineMode>, Option<SuppressionReason>);
    let rows: Vec<Row> = m::table
        .inner_join(contacts::table)
        .left_join(deals::table)
        .left_join(pipelines::table.on(pipelines::id.nullable().eq(deals::pipeline_id.nullable())))
        .left_join(
            suppressions::table
                .on(suppressions::brand_id.eq(m::brand_id).and(suppressions::email.eq(m::to_email))),
        )
        .filter(m::id.eq_any(&ids))
        .order((m::scheduled_for, m::id))
        .select((
            Message::as_select(),
            Contact::as_select(),
            deals::status.nullable(),
            deals::stage_visit.nullable(),
            pipelines::mode.nullable(),
            suppressions::reason.nullable(),
        ))
        .load(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(message, contact, status, visit, mode, suppressed)| Candidate {
            message,
            contact,
            deal: status.zip(visit).zip(mode).map(|((status, visit), mode)| (status, visit, mode)),
            suppressed,
        })
        .collect())
}

/// The same for tests, each with the reason for which its address must not be mailed.
pub async fn lock_due_tests(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(Message, Option<SuppressionReason>)>> {
    use email_messages as m;
    let tests: Vec<Message> = m::table
        .filter(m::brand_id.eq(brand))
        .filter(m::state.eq_any([MessageState::Scheduled, MessageState::Queued]))
        .filter(m::scheduled_for.le(now))
        .filter(m::is_test.eq(true))
        .order((m::scheduled_for, m::id))
        .limit(limit)
        .for_update()
        .skip_locked()
        .select(Message::as_select())
        .load(connection)
        .await?;
    let addresses: Vec<&str> = tests.iter().map(|test| test.to_email.as_str()).collect();
    let suppressed: Vec<(String, SuppressionReason)> = suppressions::table
        .filter(suppressions::brand_id.eq(brand))
        .filter(suppressions::email.eq_any(addresses))
        .select((suppressions::email, suppressions::reason))
        .load(connection)
        .await?;
    let reason =
        |email: &str| suppressed.iter().find(|(address, _)| address == email).map(|(_, reason)| *reason);
    Ok(tests
        .into_iter()
        .map(|test| {
            let reason = reason(&test.to_email);
            (test, reason)
        })
        .collect())
}

/// Takes mails (locked by the caller) for handing over.
pub async fn claim(
    connection: &mut AsyncPgConnection,
    ids: &[MessageId],
    by: &str,
    now: DateTime<Utc>,
) -> Result<usize> {
    use email_messages as m;
    diesel::update(m::table.filter(m::id.eq_any(ids)))
        .set((
            m::state.eq(MessageState::Sending),
            m::claimed_at.eq(now),
            m::claimed_by.eq(by),
            m::attempts.eq(m::attempts + 1),
            m::reason.eq(None::<String>),
        ))
        .execute(connection)
        .await
}

/// What becomes of a mail that isn't handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Deferral {
    pub message: MessageId,
    /// Queued, blocked, cancelled, failed or unknown.
    pub state: MessageState,
    /// When it is looked at again (UTC); `None` leaves the time as it is.
    pub scheduled_for: Option<DateTime<Utc>>,
    pub reason: String,
}

/// Writes what became of mails, in one statement. `claimed_by`: only those this worker has claimed.
pub async fn defer(
    connection: &mut AsyncPgConnection,
    rows: &[Deferral],
    claimed_by: Option<&str>,
) -> Result<Vec<MessageId>> {
    #[derive(QueryableByName)]
    struct Written {
        #[diesel(sql_type = SqlUuid)]
        id: MessageId,
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let written: Vec<Written> = diesel::sql_query(
        "UPDATE email_messages m SET state = f.state, scheduled_for = coalesce(f.scheduled_for, m.scheduled_for),
                reason = f.reason
         FROM unnest($1, $2, $3, $4) AS f (id, state, scheduled_for, reason)
         WHERE m.id = f.id AND ($5 IS NULL OR (m.claimed_by = $5 AND m.state IN ('sending', 'unknown')))
         RETURNING m.id",
    )
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.message).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.state.as_str()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Timestamptz>>, _>(rows.iter().map(|row| row.scheduled_for).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>())
    .bind::<Nullable<Text>, _>(claimed_by)
    .prepared().load(connection)
    .await?;
    Ok(written.into_iter().map(|row| row.id).collect())
}

/// Mails claimed before a moment whose worker never said what became of them: from now on their fate is unclear.
/// Returns them.
pub async fn give_up_claims(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    before: DateTime<Utc>,
    reason: &str,
) -> Result<Vec<Message>> {
    use email_messages as m;
    diesel::update(
        m::table
            .filter(m::brand_id.eq(brand))
            .filter(m::state.eq(MessageState::Sending))
            .filter(m::claimed_at.lt(before)),
    )
    .set((m::state.eq(MessageState::Unknown), m::reason.eq(reason)))
    .returning(Message::as_returning())
    .get_results(connection)
    .await
}

/// The contents of these mails, in no particular order.
pub async fn contents(connection: &mut AsyncPgConnection, ids: &[MessageId]) -> Result<Vec<Content>> {
    email_contents::table
        .filter(email_contents::message_id.eq_any(ids))
        .select(Content::as_select())
        .load(connection)
        .await
}

/// Tells every mail of the brand that is due why it isn't sent, without touching its place.
pub async fn explain_due(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    now: DateTime<Utc>,
    reason: &str,
) -> Result<usize> {
    use email_messages as m;
    diesel::update(
        m::table
            .filter(m::brand_id.eq(brand))
            .filter(m::state.eq_any([MessageState::Scheduled, MessageState::Queued]))
            .filter(m::scheduled_for.le(now))
            .filter(m::reason.is_distinct_from(reason)),
    )
    .set(m::reason.eq(reason))
    .execute(connection)
    .await
}

/// When the brand's next waiting mail is due (UTC).
pub async fn next_scheduled(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
) -> Result<Option<DateTime<Utc>>> {
    use email_messages as m;
    m::table
        .filter(m::brand_id.eq(brand))
        .filter(m::state.eq_any([MessageState::Scheduled, MessageState::Queued]))
        .select(diesel::dsl::min(m::scheduled_for))
        .first(connection)
        .await
}
