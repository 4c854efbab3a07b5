//! Contacts, consent and suppressions.

mod consent;

pub use consent::{Statement, state_consent, unblock_deals};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::contact::{ConsentBasis, ContactStatus, ContactType};
use domain::mailing::SuppressionReason;
use domain::{BrandId, ContactId};
use uuid::Uuid;

use crate::Result;
use crate::schema::{contacts, suppressions};

/// A contact as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = contacts)]
pub struct Contact {
    pub id: ContactId,
    pub brand_id: BrandId,
    /// Normalised.
    pub email: String,
    pub name: String,
    pub company: String,
    pub website: String,
    pub phone: String,
    pub role_title: String,
    pub kind: ContactType,
    pub source: String,
    pub tags: Vec<String>,
    /// 0–100.
    pub domain_authority: Option<i16>,
    /// Lead score 0–100.
    pub score: Option<i16>,
    /// IANA name; `None`: the brand's.
    pub time_zone: Option<String>,
    pub region: Option<String>,
    pub status: ContactStatus,
    /// Without one nothing is sent.
    pub consent_basis: Option<ConsentBasis>,
    pub consent_evidence: String,
    pub consent_at: Option<DateTime<Utc>>,
    pub soft_bounces: i16,
    pub last_mailed_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The contact with this id; `NotFound` outside the scope.
pub async fn find(connection: &mut AsyncPgConnection, id: ContactId) -> Result<Contact> {
    contacts::table.filter(contacts::id.eq(id)).select(Contact::as_select()).first(connection).await
}

/// A brand's contact with this normalised address.
pub async fn by_email(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    email: &str,
) -> Result<Option<Contact>> {
    contacts::table
        .filter(contacts::brand_id.eq(brand).and(contacts::email.eq(email)))
        .select(Contact::as_select())
        .first(connection)
        .await
        .optional()
}

/// Why a brand must not mail this normalised address, if it must not.
pub async fn suppression(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    email: &str,
) -> Result<Option<SuppressionReason>> {
    suppressions::table
        .filter(suppressions::brand_id.eq(brand).and(suppressions::email.eq(email)))
        .select(suppressions::reason)
        .first(connection)
        .await
        .optional()
}

/// Puts a normalised address on a brand's suppression list. The first reason stays. Returns whether it is new.
pub async fn suppress(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    brand: BrandId,
    email: &str,
    reason: SuppressionReason,
    evidence: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let inserted = diesel::insert_into(suppressions::table)
        .values((
            suppressions::id.eq(id),
            suppressions::brand_id.eq(brand),
            suppressions::email.eq(email),
            suppressions::reason.eq(reason),
            suppressions::evidence.eq(evidence),
            suppressions::created_at.eq(at),
        ))
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    Ok(inserted == 1)
}
