use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::mailing::MessageState;
use domain::{BrandId, MessageId};

use crate::Result;
use crate::schema::{contacts, email_messages};

/// Whether the brand has a contact with this address (lower case).
pub async fn knows_address(connection: &mut AsyncPgConnection, brand: BrandId, email: &str) -> Result<bool> {
    let known = contacts::table.filter(contacts::brand_id.eq(brand)).filter(contacts::email.eq(email));
    diesel::select(exists(known)).get_result(connection).await
}

/// How many tests of a brand were written since a moment.
pub async fn tests_since(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    since: DateTime<Utc>,
) -> Result<i64> {
    email_messages::table
        .filter(email_messages::brand_id.eq(brand))
        .filter(email_messages::created_at.ge(since))
        .filter(email_messages::is_test.eq(true))
        .count()
        .get_result(connection)
        .await
}

/// What became of a test.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = email_messages)]
pub struct Fate {
    pub state: MessageState,
    pub reason: Option<String>,
    pub to_email: String,
    /// UTC.
    pub sent_at: Option<DateTime<Utc>>,
}

/// What became of a test; `NotFound` for any other mail, and outside the scope.
pub async fn fate_of(connection: &mut AsyncPgConnection, id: MessageId) -> Result<Fate> {
    email_messages::table
        .filter(email_messages::id.eq(id))
        .filter(email_messages::is_test.eq(true))
        .select(Fate::as_select())
        .first(connection)
        .await
}
