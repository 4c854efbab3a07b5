use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::mailing::MessageState;
use domain::{DealId, MessageId, StageId};

use crate::Result;
use crate::schema::email_messages;

/// What later mails of a deal need to know of an earlier one.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = email_messages)]
pub struct Earlier {
    #[diesel(deserialize_as = DealOfMail)]
    pub deal_id: DealId,
    pub id: MessageId,
    pub state: MessageState,
    pub stage_id: Option<StageId>,
    pub stage_visit: Option<i32>,
    pub send_key: String,
    /// Our Message-ID without angle brackets.
    pub message_id: String,
    pub subject: String,
    /// UTC.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The query asks for mails of deals only, so the column is never null.
#[derive(Debug)]
pub struct DealOfMail(Option<DealId>);

impl From<DealOfMail> for DealId {
    fn from(deal: DealOfMail) -> Self {
        deal.0.unwrap_or(Self(uuid::Uuid::nil()))
    }
}

impl Queryable<diesel::sql_types::Nullable<diesel::sql_types::Uuid>, diesel::pg::Pg> for DealOfMail {
    type Row = Option<DealId>;

    fn build(row: Self::Row) -> diesel::deserialize::Result<Self> {
        Ok(Self(row))
    }
}

/// The mails of these deals, oldest first within each deal; tests left out.
pub async fn of_deals(connection: &mut AsyncPgConnection, deals: &[DealId]) -> Result<Vec<Earlier>> {
    email_messages::table
        .filter(email_messages::deal_id.eq_any(deals))
        .filter(email_messages::is_test.eq(false))
        .order((email_messages::deal_id, email_messages::created_at, email_messages::id))
        .select(Earlier::as_select())
        .load(connection)
        .await
}
