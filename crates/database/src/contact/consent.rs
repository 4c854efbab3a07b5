use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::UserId;
use domain::contact::ConsentBasis;
use uuid::Uuid;

use super::Contact;
use crate::Result;
use crate::schema::{consents, contacts, deals};

/// Why a brand may write to a contact, as stated by somebody.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    pub id: Uuid,
    pub basis: ConsentBasis,
    /// URL or note that proves it.
    pub evidence: &'a str,
    /// `None`: the contact.
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
}

/// Records the statement and makes it the contact's basis.
pub async fn state_consent(
    connection: &mut AsyncPgConnection,
    contact: &Contact,
    statement: &Statement<'_>,
) -> Result<()> {
    diesel::insert_into(consents::table)
        .values((
            consents::id.eq(statement.id),
            consents::brand_id.eq(contact.brand_id),
            consents::contact_id.eq(contact.id),
            consents::basis.eq(statement.basis),
            consents::evidence.eq(statement.evidence),
            consents::captured_by.eq(statement.by),
            consents::captured_at.eq(statement.at),
        ))
        .execute(connection)
        .await?;
    diesel::update(contacts::table.filter(contacts::id.eq(contact.id)))
        .set((
            contacts::consent_basis.eq(statement.basis),
            contacts::consent_evidence.eq(statement.evidence),
            contacts::consent_at.eq(statement.at),
            contacts::updated_at.eq(statement.at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Lets the autopilot look at the contact's blocked deals again at `at`. What still blocks them, it finds again.
/// Returns how many there were.
pub async fn unblock_deals(
    connection: &mut AsyncPgConnection,
    contact: &Contact,
    at: DateTime<Utc>,
) -> Result<usize> {
    let blocked = deals::table.filter(
        deals::contact_id
            .eq(contact.id)
            .and(deals::status.eq("active"))
            .and(deals::blocked_reason.is_not_null()),
    );
    diesel::update(blocked)
        .set((
            deals::blocked_reason.eq(None::<String>),
            deals::next_action_at.eq(at),
            deals::next_reason.eq("Consent was recorded."),
            deals::updated_at.eq(at),
        ))
        .execute(connection)
        .await
}
