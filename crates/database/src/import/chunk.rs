//! The statements of one chunk: each takes every row at once, whatever their number.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::contact::ConsentBasis;
use domain::{BrandId, ContactId, DealId, PipelineId, StageId, UserId};

use crate::Result;
use crate::contact::Contact;
use crate::prepared::Prepare;
use crate::schema::{contacts, deals, suppressions};

/// Joins tags into one text per row, because PostgreSQL has no arrays of unequal arrays. No tag holds a control
/// character.
const TAG_SEPARATOR: &str = "\u{1f}";

/// A statement of consent.
#[derive(Debug, Clone, PartialEq)]
pub struct NewConsent {
    pub id: uuid::Uuid,
    pub contact: ContactId,
    pub basis: ConsentBasis,
    pub evidence: String,
    pub captured_at: DateTime<Utc>,
}

/// A deal in its pipeline's entry stage.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDeal {
    pub id: DealId,
    pub event_id: uuid::Uuid,
    pub contact: ContactId,
    pub value_cents: Option<i64>,
    pub next_action_at: Option<DateTime<Utc>>,
}

/// A note on a contact.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNote {
    pub id: uuid::Uuid,
    pub contact: ContactId,
    pub body: String,
    /// Only if the contact has no note at all; else only if it has none with this text.
    pub only_first: bool,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = Uuid)]
    id: uuid::Uuid,
}

/// The brand's contacts with these normalised addresses. `lock` keeps them from changing until the transaction ends.
pub async fn known(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    emails: &[&str],
    lock: bool,
) -> Result<Vec<Contact>> {
    let query = contacts::table
        .filter(contacts::brand_id.eq(brand).and(contacts::email.eq_any(emails)))
        .order(contacts::email)
        .select(Contact::as_select());
    if lock { query.for_no_key_update().load(connection).await } else { query.load(connection).await }
}

/// Which of these normalised addresses the brand must not mail.
pub async fn suppressed_among(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    emails: &[&str],
) -> Result<HashSet<String>> {
    let found: Vec<String> = suppressions::table
        .filter(suppressions::brand_id.eq(brand).and(suppressions::email.eq_any(emails)))
        .select(suppressions::email)
        .load(connection)
        .await?;
    Ok(found.into_iter().collect())
}

/// Which of these contacts have, or once had, a deal in the pipeline.
pub async fn contacts_with_deal(
    connection: &mut AsyncPgConnection,
    pipeline: PipelineId,
    candidates: &[ContactId],
) -> Result<HashSet<ContactId>> {
    let found: Vec<ContactId> = deals::table
        .filter(deals::pipeline_id.eq(pipeline).and(deals::contact_id.eq_any(candidates)))
        .select(deals::contact_id)
        .distinct()
        .load(connection)
        .await?;
    Ok(found.into_iter().collect())
}

/// Stores new contacts of one brand. Returns those stored: an address that came to exist meanwhile is left as it is.
pub async fn insert_contacts(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    rows: &[Contact],
    now: DateTime<Utc>,
) -> Result<HashSet<ContactId>> {
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let stored: Vec<Id> = diesel::sql_query(
        "INSERT INTO contacts (id, brand_id, email, name, company, website, phone, role_title, kind, source, tags, \
             domain_authority, time_zone, region, status, consent_basis, consent_evidence, consent_at, created_at, \
             updated_at) \
         SELECT n.id, $1, n.email, n.name, n.company, n.website, n.phone, n.role_title, n.kind, n.source, \
             string_to_array(n.tags, $19), n.domain_authority, n.time_zone, n.region, n.status, n.consent_basis, \
             n.consent_evidence, n.consent_at, $2, $2 \
         FROM unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $20) \
             AS n (id, email, name, company, website, phone, role_title, kind, source, tags, domain_authority, \
                   time_zone, region, status, consent_basis, consent_evidence, consent_at) \
         ON CONFLICT (brand_id, email) DO NOTHING RETURNING id",
    )
    .bind::<Uuid, _>(brand)
    .bind::<Timestamptz, _>(now)
    .bind::<Array<Uuid>, _>(column(rows, |row| row.id))
    .bind::<Array<Text>, _>(column(rows, |row| row.email.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.name.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.company.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.website.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.phone.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.role_title.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.kind.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.source.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.tags.join(TAG_SEPARATOR)))
    .bind::<Array<Nullable<SmallInt>>, _>(column(rows, |row| row.domain_authority))
    .bind::<Array<Nullable<Text>>, _>(column(rows, |row| row.time_zone.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(column(rows, |row| row.region.as_deref()))
    .bind::<Array<Text>, _>(column(rows, |row| row.status.as_str()))
    .bind::<Array<Nullable<Text>>, _>(column(rows, |row| row.consent_basis.map(ConsentBasis::as_str)))
    .bind::<Array<Text>, _>(column(rows, |row| row.consent_evidence.as_str()))
    .bind::<Text, _>(TAG_SEPARATOR)
    .bind::<Array<Nullable<Timestamptz>>, _>(column(rows, |row| row.consent_at))
    .prepared().load(connection)
    .await?;
    Ok(stored.into_iter().map(|row| ContactId(row.id)).collect())
}

/// Writes contacts as they now are: the facts an import may change, nothing else.
pub async fn update_contacts(
    connection: &mut AsyncPgConnection,
    rows: &[Contact],
    now: DateTime<Utc>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "UPDATE contacts c SET name = n.name, company = n.company, website = n.website, phone = n.phone, \
             role_title = n.role_title, source = n.source, tags = string_to_array(n.tags, $15), \
             domain_authority = n.domain_authority, time_zone = n.time_zone, region = n.region, \
             consent_basis = n.consent_basis, consent_evidence = n.consent_evidence, consent_at = n.consent_at, \
             updated_at = $1 \
         FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $16) \
             AS n (id, name, company, website, phone, role_title, source, tags, domain_authority, time_zone, region, \
                   consent_basis, consent_evidence, consent_at) \
         WHERE c.id = n.id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Array<Uuid>, _>(column(rows, |row| row.id))
    .bind::<Array<Text>, _>(column(rows, |row| row.name.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.company.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.website.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.phone.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.role_title.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.source.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.tags.join(TAG_SEPARATOR)))
    .bind::<Array<Nullable<SmallInt>>, _>(column(rows, |row| row.domain_authority))
    .bind::<Array<Nullable<Text>>, _>(column(rows, |row| row.time_zone.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(column(rows, |row| row.region.as_deref()))
    .bind::<Array<Nullable<Text>>, _>(column(rows, |row| row.consent_basis.map(ConsentBasis::as_str)))
    .bind::<Array<Text>, _>(column(rows, |row| row.consent_evidence.as_str()))
    .bind::<Text, _>(TAG_SEPARATOR)
    .bind::<Array<Nullable<Timestamptz>>, _>(column(rows, |row| row.consent_at))
    .prepared().execute(connection)
    .await?;
    Ok(())
}

/// Stores statements of consent.
pub async fn insert_consents(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    captured_by: Option<UserId>,
    rows: &[NewConsent],
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "INSERT INTO consents (id, brand_id, contact_id, basis, evidence, captured_by, captured_at) \
         SELECT n.id, $1, n.contact_id, n.basis, n.evidence, $2, n.captured_at \
         FROM unnest($3, $4, $5, $6, $7) AS n (id, contact_id, basis, evidence, captured_at)",
    )
    .bind::<Uuid, _>(brand)
    .bind::<Nullable<Uuid>, _>(captured_by)
    .bind::<Array<Uuid>, _>(column(rows, |row| row.id))
    .bind::<Array<Uuid>, _>(column(rows, |row| row.contact))
    .bind::<Array<Text>, _>(column(rows, |row| row.basis.as_str()))
    .bind::<Array<Text>, _>(column(rows, |row| row.evidence.as_str()))
    .bind::<Array<Timestamptz>, _>(column(rows, |row| row.captured_at))
    .prepared()
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores deals in one stage, each with its first event. A contact with an open deal in the pipeline keeps that one.
/// Returns how many are new.
#[expect(clippy::too_many_arguments, reason = "what all deals of a chunk have in common")]
pub async fn insert_deals(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    pipeline: PipelineId,
    stage: StageId,
    owner: Option<UserId>,
    next_reason: &str,
    rows: &[NewDeal],
    now: DateTime<Utc>,
) -> Result<usize> {
    if rows.is_empty() {
        return Ok(0);
    }
    diesel::sql_query(
        "WITH stored AS ( \
             INSERT INTO deals (id, brand_id, contact_id, pipeline_id, stage_id, stage_entered_at, value_cents, \
                 owner_id, next_action_at, next_reason, created_at, updated_at) \
             SELECT n.id, $1, n.contact_id, $2, $3, $6, n.value_cents, $4, n.next_action_at, $5, $6, $6 \
             FROM unnest($7, $9, $10, $11) AS n (id, contact_id, value_cents, next_action_at) \
             ON CONFLICT (contact_id, pipeline_id) WHERE status IN ('active', 'paused') DO NOTHING RETURNING id) \
         INSERT INTO deal_stage_events (id, brand_id, deal_id, to_stage_id, to_status, actor, user_id, reason, at) \
         SELECT n.event_id, $1, n.id, $3, 'active', 'import', $4, 'Imported', $6 \
         FROM unnest($7, $8) AS n (id, event_id) JOIN stored USING (id)",
    )
    .bind::<Uuid, _>(brand)
    .bind::<Uuid, _>(pipeline)
    .bind::<Uuid, _>(stage)
    .bind::<Nullable<Uuid>, _>(owner)
    .bind::<Text, _>(next_reason)
    .bind::<Timestamptz, _>(now)
    .bind::<Array<Uuid>, _>(column(rows, |row| row.id))
    .bind::<Array<Uuid>, _>(column(rows, |row| row.event_id))
    .bind::<Array<Uuid>, _>(column(rows, |row| row.contact))
    .bind::<Array<Nullable<BigInt>>, _>(column(rows, |row| row.value_cents))
    .bind::<Array<Nullable<Timestamptz>>, _>(column(rows, |row| row.next_action_at))
    .prepared().execute(connection)
    .await
}

/// Stores notes, none twice.
pub async fn insert_notes(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    author: Option<UserId>,
    rows: &[NewNote],
    now: DateTime<Utc>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "INSERT INTO notes (id, brand_id, contact_id, body, author_id, created_at) \
         SELECT n.id, $1, n.contact_id, n.body, $2, $3 \
         FROM unnest($4, $5, $6, $7) AS n (id, contact_id, body, only_first) \
         WHERE NOT EXISTS (SELECT FROM notes o WHERE o.contact_id = n.contact_id \
             AND (n.only_first OR o.body = n.body))",
    )
    .bind::<Uuid, _>(brand)
    .bind::<Nullable<Uuid>, _>(author)
    .bind::<Timestamptz, _>(now)
    .bind::<Array<Uuid>, _>(column(rows, |row| row.id))
    .bind::<Array<Uuid>, _>(column(rows, |row| row.contact))
    .bind::<Array<Text>, _>(column(rows, |row| row.body.as_str()))
    .bind::<Array<Bool>, _>(column(rows, |row| row.only_first))
    .prepared()
    .execute(connection)
    .await?;
    Ok(())
}

fn column<'r, R, T>(rows: &'r [R], cell: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(cell).collect()
}
