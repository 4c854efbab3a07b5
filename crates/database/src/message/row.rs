use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::engagement::Tier;
use domain::mailing::MessageState;
use domain::{BrandId, ContactId, DealId, MessageId, StageId, UserId};

use crate::Result;
use crate::schema::{email_contents, email_messages};

/// The envelope of a mail: everything but its text.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = email_messages)]
pub struct Message {
    pub id: MessageId,
    pub brand_id: BrandId,
    /// `None`: a test, which goes to a colleague.
    pub contact_id: Option<ContactId>,
    pub deal_id: Option<DealId>,
    /// The stage this mail brings its deal into.
    pub stage_id: Option<StageId>,
    pub step: Option<i16>,
    pub stage_visit: Option<i32>,
    pub template_key: Option<String>,
    /// `A` or `B`: the subject of the plain mail. `short` or `value`: another version of it.
    pub variant: String,
    /// The deal's tier when the mail was written.
    pub tier: Option<Tier>,
    /// Unique within the brand: a step is never written twice.
    pub send_key: String,
    pub state: MessageState,
    pub to_email: String,
    pub to_name: String,
    pub subject: String,
    /// Our Message-ID without angle brackets.
    pub message_id: String,
    pub in_reply_to: Option<String>,
    /// Not before this moment.
    pub scheduled_for: DateTime<Utc>,
    pub claimed_at: Option<DateTime<Utc>>,
    pub claimed_by: Option<String>,
    pub attempts: i16,
    pub sent_at: Option<DateTime<Utc>>,
    pub provider_id: Option<String>,
    /// Why it failed, is blocked, waits or is unclear.
    pub reason: Option<String>,
    pub is_test: bool,
    pub created_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    /// First open by a person.
    pub opened_at: Option<DateTime<Utc>>,
    /// First open by a machine.
    pub machine_opened_at: Option<DateTime<Utc>>,
    /// First click by a person.
    pub clicked_at: Option<DateTime<Utc>>,
    pub replied_at: Option<DateTime<Utc>>,
    pub bounced_at: Option<DateTime<Utc>>,
}

impl Message {
    /// A mail that goes as soon as it can, of which nothing else is known yet.
    pub fn queued(id: MessageId, brand_id: BrandId, at: DateTime<Utc>) -> Self {
        Self {
            id,
            brand_id,
            contact_id: None,
            deal_id: None,
            stage_id: None,
            step: None,
            stage_visit: None,
            template_key: None,
            variant: "A".to_owned(),
            tier: None,
            send_key: String::new(),
            state: MessageState::Queued,
            to_email: String::new(),
            to_name: String::new(),
            subject: String::new(),
            message_id: String::new(),
            in_reply_to: None,
            scheduled_for: at,
            claimed_at: None,
            claimed_by: None,
            attempts: 0,
            sent_at: None,
            provider_id: None,
            reason: None,
            is_test: false,
            created_by: None,
            created_at: at,
            opened_at: None,
            machine_opened_at: None,
            clicked_at: None,
            replied_at: None,
            bounced_at: None,
        }
    }
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = email_contents)]
pub struct Content {
    pub message_id: MessageId,
    pub brand_id: BrandId,
    pub from_email: String,
    pub from_name: String,
    pub reply_to: Option<String>,
    pub preheader: String,
    pub html: String,
    pub body_text: String,
    /// Click targets in order; a click token carries the index.
    pub links: Vec<String>,
    pub references_header: Option<String>,
}

/// The mail with this id; `NotFound` outside the scope.
pub async fn find(connection: &mut AsyncPgConnection, id: MessageId) -> Result<Message> {
    email_messages::table
        .filter(email_messages::id.eq(id))
        .select(Message::as_select())
        .first(connection)
        .await
}
