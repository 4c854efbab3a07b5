use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::mailing::MessageState;
use domain::pipeline::DealStatus;
use domain::{ContactId, DealId, MessageId, PipelineId};

use crate::Result;
use crate::schema::{deals, email_messages};

/// A mail of ours, and for whom it was.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = email_messages)]
pub struct Counterpart {
    pub id: MessageId,
    /// Without angle brackets.
    pub message_id: String,
    pub contact_id: Option<ContactId>,
    pub deal_id: Option<DealId>,
    pub to_email: String,
}

/// The mail of ours that the first of these Message-IDs names. Never by subject.
pub async fn by_message_ids(connection: &mut AsyncPgConnection, ids: &[&str]) -> Result<Option<Counterpart>> {
    let found: Vec<Counterpart> = email_messages::table
        .filter(email_messages::message_id.eq_any(ids))
        .select(Counterpart::as_select())
        .load(connection)
        .await?;
    Ok(found.into_iter().min_by_key(|mail| ids.iter().position(|id| *id == mail.message_id)))
}

/// Whether a Message-ID is one of ours: a copy of our own mail came in.
pub async fn brand_sent(connection: &mut AsyncPgConnection, message_id: &str) -> Result<bool> {
    diesel::select(exists(email_messages::table.filter(email_messages::message_id.eq(message_id))))
        .get_result(connection)
        .await
}

/// Whether one of these Message-IDs is a test's: what comes back to it is a colleague's, or about a colleague's address.
pub async fn names_a_test(connection: &mut AsyncPgConnection, ids: &[&str]) -> Result<bool> {
    let tests = email_messages::table
        .filter(email_messages::message_id.eq_any(ids))
        .filter(email_messages::is_test.eq(true));
    diesel::select(exists(tests)).get_result(connection).await
}

/// The newest mail that a contact may have, of these deals or (empty) of any.
pub async fn newest_mail(
    connection: &mut AsyncPgConnection,
    contact: ContactId,
    deals: &[DealId],
) -> Result<Option<Counterpart>> {
    let mut query = email_messages::table
        .filter(email_messages::contact_id.eq(contact))
        .filter(email_messages::state.eq_any([
            MessageState::Sent,
            MessageState::Unknown,
            MessageState::Sending,
        ]))
        .order((email_messages::sent_at.desc().nulls_last(), email_messages::id.desc()))
        .select(Counterpart::as_select())
        .into_boxed();
    if !deals.is_empty() {
        query = query.filter(email_messages::deal_id.eq_any(deals));
    }
    query.first(connection).await.optional()
}

/// The contact's open deal in a pipeline, other than `deal`: there is at most one.
pub async fn open_deal_beside(
    connection: &mut AsyncPgConnection,
    contact: ContactId,
    pipeline: PipelineId,
    deal: DealId,
) -> Result<Option<DealId>> {
    deals::table
        .filter(deals::contact_id.eq(contact).and(deals::pipeline_id.eq(pipeline)).and(deals::id.ne(deal)))
        .filter(deals::status.eq_any([DealStatus::Active, DealStatus::Paused]))
        .select(deals::id)
        .first(connection)
        .await
        .optional()
}
