//! What the autopilot reads and writes, a batch of deals at a time: the number of statements doesn't grow with the batch.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::Tier;
use domain::mailing::SuppressionReason;
use domain::{BrandId, ContactId, DealId, PipelineId};

use crate::Result;
use crate::contact::Contact;
use crate::deal::Deal;
use crate::prepared::Prepare;
use crate::schema::{contacts, deals, suppressions};

/// A place in the queue of due deals.
pub type Place = (DateTime<Utc>, DealId);

/// A deal the autopilot looks at, with its contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    pub deal: Deal,
    pub contact: Contact,
    /// The sending slot kept for it, if any (UTC).
    pub kept_slot: Option<DateTime<Utc>>,
    pub suppressed: Option<SuppressionReason>,
}

/// Whose turn it is.
#[derive(Debug, Clone)]
pub struct Turn<'a> {
    pub brand: BrandId,
    /// Pipelines whose autopilot is on.
    pub pipelines: &'a [PipelineId],
    /// Deals due by now (UTC) …
    pub now: DateTime<Utc>,
    /// … and those with a slot kept before this later moment (UTC).
    pub horizon: DateTime<Utc>,
    /// After this place.
    pub after: Option<Place>,
    pub limit: i64,
}

/// Locks the next due deals, oldest first, until the transaction ends. Deals another transaction holds are passed over.
pub async fn lock_due(connection: &mut AsyncPgConnection, turn: &Turn<'_>) -> Result<Vec<Place>> {
    let (after_at, after_id) = turn.after.unwrap_or((DateTime::UNIX_EPOCH, DealId(uuid::Uuid::nil())));
    let rows: Vec<(Option<DateTime<Utc>>, DealId)> = deals::table
        .filter(deals::brand_id.eq(turn.brand))
        .filter(deals::status.eq("active"))
        .filter(deals::next_action_at.ge(after_at).and(deals::next_action_at.lt(turn.horizon)))
        .filter(deals::next_action_at.gt(after_at).or(deals::id.gt(after_id)))
        .filter(deals::next_action_at.le(turn.now).or(deals::slot_at.eq(deals::next_action_at)))
        .filter(deals::pipeline_id.eq_any(turn.pipelines))
        .order((deals::next_action_at, deals::id))
        .limit(turn.limit)
        .for_update()
        .skip_locked()
        .select((deals::next_action_at, deals::id))
        .load(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|(at, id)| Some((at?, id))).collect())
}

/// These deals with their contacts, in no particular order.
pub async fn subjects(connection: &mut AsyncPgConnection, ids: &[DealId]) -> Result<Vec<Subject>> {
    type Row = (Deal, Contact, Option<DateTime<Utc>>, Option<SuppressionReason>);
    let rows: Vec<Row> = deals::table
        .inner_join(contacts::table)
        .left_join(
            suppressions::table.on(suppressions::brand_id
                .eq(contacts::brand_id)
                .and(suppressions::email.eq(contacts::email))),
        )
        .filter(deals::id.eq_any(ids))
        .select((Deal::as_select(), Contact::as_select(), deals::slot_at, suppressions::reason.nullable()))
        .load(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(deal, contact, kept_slot, suppressed)| {
            let kept_slot = kept_slot.filter(|slot| deal.next_action_at == Some(*slot));
            Subject { deal, contact, kept_slot, suppressed }
        })
        .collect())
}

/// Locks these deals until the transaction ends, always in the same order.
pub async fn lock_deals(connection: &mut AsyncPgConnection, ids: &[DealId]) -> Result<()> {
    deals::table
        .filter(deals::id.eq_any(ids))
        .order(deals::id)
        .for_update()
        .select(deals::id)
        .load::<DealId>(connection)
        .await?;
    Ok(())
}

/// Has the autopilot look at active deals again: what they waited for has come to nothing.
pub async fn look_again(
    connection: &mut AsyncPgConnection,
    ids: &[DealId],
    at: DateTime<Utc>,
    reason: &str,
) -> Result<usize> {
    diesel::update(deals::table.filter(deals::id.eq_any(ids)).filter(deals::status.eq("active")))
        .set((
            deals::next_action_at.eq(at),
            deals::next_reason.eq(reason),
            deals::blocked_reason.eq(None::<String>),
            deals::updated_at.eq(at),
        ))
        .execute(connection)
        .await
}

/// A mail that has gone out, may have, or waits in the outbox.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct Booking {
    /// UTC.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid)]
    pub contact_id: ContactId,
    #[diesel(sql_type = Text)]
    pub email: String,
    /// It still waits.
    #[diesel(sql_type = Bool)]
    pub waits: bool,
}

/// The brand's mails that went out (or may have) since a moment, and all that wait; tests left out.
pub async fn bookings(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    since: DateTime<Utc>,
) -> Result<Vec<Booking>> {
    diesel::sql_query(
        "SELECT sent_at AS at, contact_id, to_email AS email, false AS waits
         FROM email_messages WHERE brand_id = $1 AND sent_at >= $2 AND NOT is_test
         UNION ALL
         SELECT claimed_at, contact_id, to_email, false
         FROM email_messages WHERE brand_id = $1 AND state = 'sending' AND claimed_at IS NOT NULL AND NOT is_test
         UNION ALL
         SELECT claimed_at, contact_id, to_email, false
         FROM email_messages WHERE brand_id = $1 AND state = 'unknown' AND claimed_at >= $2 AND NOT is_test
         UNION ALL
         SELECT scheduled_for, contact_id, to_email, true
         FROM email_messages WHERE brand_id = $1 AND state IN ('scheduled', 'queued') AND NOT is_test",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Timestamptz, _>(since)
    .prepared().load(connection)
    .await
}

/// Slots kept for the brand's deals from a moment on.
pub async fn kept_slots(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    from: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>> {
    deals::table
        .filter(deals::brand_id.eq(brand))
        .filter(deals::status.eq("active"))
        .filter(deals::slot_at.ge(from))
        .filter(deals::slot_at.eq(deals::next_action_at))
        .select(deals::slot_at.assume_not_null())
        .load(connection)
        .await
}

/// On how many local days the brand sent mail, from a day up to (and without) another one.
pub async fn sending_days(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    from: NaiveDate,
    before: NaiveDate,
) -> Result<u32> {
    #[derive(QueryableByName)]
    struct Days {
        #[diesel(sql_type = BigInt)]
        days: i64,
    }
    let found: Days = diesel::sql_query(
        "SELECT count(DISTINCT (m.sent_at AT TIME ZONE b.time_zone)::date) AS days
         FROM email_messages m JOIN brands b ON b.id = m.brand_id
         WHERE m.brand_id = $1 AND m.sent_at >= $2::date::timestamp AT TIME ZONE b.time_zone
           AND m.sent_at < $3::date::timestamp AT TIME ZONE b.time_zone AND NOT m.is_test",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Date, _>(from)
    .bind::<Date, _>(before)
    .prepared()
    .get_result(connection)
    .await?;
    Ok(u32::try_from(found.days).unwrap_or(u32::MAX))
}

/// What a decision leaves on a deal that stays where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    pub deal: DealId,
    /// UTC; `None`: never by itself.
    pub next_action_at: Option<DateTime<Utc>>,
    pub next_reason: String,
    pub blocked_reason: Option<String>,
    /// The slot kept for it; the same moment as `next_action_at`.
    pub slot_at: Option<DateTime<Utc>>,
    pub tier: Tier,
    pub tier_unverified: bool,
    /// Suffix of the template variant chosen for the next mail.
    pub template_variant: Option<String>,
}

/// Writes settlements in one statement. A pause goes through [`crate::deal::record_move`], not through here.
pub async fn settle(
    connection: &mut AsyncPgConnection,
    rows: &[Settlement],
    now: DateTime<Utc>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "UPDATE deals d SET next_action_at = s.next_action_at, next_reason = s.next_reason,
                blocked_reason = s.blocked_reason, slot_at = s.slot_at, tier = s.tier,
                tier_unverified = s.tier_unverified, template_variant = s.template_variant, updated_at = $9
         FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
              AS s (id, next_action_at, next_reason, blocked_reason, slot_at, tier, tier_unverified, template_variant)
         WHERE d.id = s.id",
    )
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.deal).collect::<Vec<_>>())
    .bind::<Array<Nullable<Timestamptz>>, _>(rows.iter().map(|row| row.next_action_at).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.next_reason.as_str()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(rows.iter().map(|row| row.blocked_reason.as_deref()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Timestamptz>>, _>(rows.iter().map(|row| row.slot_at).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.tier.as_str()).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(rows.iter().map(|row| row.tier_unverified).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(rows.iter().map(|row| row.template_variant.as_deref()).collect::<Vec<_>>())
    .bind::<Timestamptz, _>(now)
    .prepared().execute(connection)
    .await?;
    Ok(())
}

/// Takes the right to run a brand's autopilot until the transaction ends; `false` when somebody else has it.
pub async fn hold(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Held {
        #[diesel(sql_type = Bool)]
        held: bool,
    }
    let row: Held = diesel::sql_query(
        "SELECT pg_try_advisory_xact_lock(hashtextextended('autopilot ' || $1, 0)) AS held",
    )
    .bind::<Text, _>(brand.to_string())
    .prepared()
    .get_result(connection)
    .await?;
    Ok(row.held)
}

/// When the brand's next deal is due, among these pipelines (UTC).
pub async fn next_due(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    pipelines: &[PipelineId],
) -> Result<Option<DateTime<Utc>>> {
    deals::table
        .filter(deals::brand_id.eq(brand))
        .filter(deals::status.eq("active"))
        .filter(deals::pipeline_id.eq_any(pipelines))
        .select(diesel::dsl::min(deals::next_action_at))
        .first(connection)
        .await
}

/// Holds open deals for a person, each only while it is on the given visit to its stage.
pub async fn hold_for_person(
    connection: &mut AsyncPgConnection,
    visits: &[(DealId, i32)],
    now: DateTime<Utc>,
    words: &str,
) -> Result<usize> {
    diesel::sql_query(
        "UPDATE deals d SET next_action_at = NULL, next_reason = '', slot_at = NULL, blocked_reason = $3, updated_at = $4
         FROM unnest($1, $2) AS v (id, visit)
         WHERE d.id = v.id AND d.stage_visit = v.visit AND d.status IN ('active', 'paused')",
    )
    .bind::<Array<SqlUuid>, _>(visits.iter().map(|(deal, _)| *deal).collect::<Vec<_>>())
    .bind::<Array<diesel::sql_types::Integer>, _>(visits.iter().map(|(_, visit)| *visit).collect::<Vec<_>>())
    .bind::<Text, _>(words)
    .bind::<Timestamptz, _>(now)
    .prepared().execute(connection)
    .await
}

/// The first slot kept for one of the brand's deals (UTC).
pub async fn next_slot(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Option<DateTime<Utc>>> {
    deals::table
        .filter(deals::brand_id.eq(brand))
        .filter(deals::status.eq("active"))
        .filter(deals::slot_at.eq(deals::next_action_at))
        .select(diesel::dsl::min(deals::slot_at))
        .first(connection)
        .await
}
