//! Rows of the demo's history, written in bulk.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::autopilot::{DecisionAction, DecisionOutcome};
use domain::contact::ConsentBasis;
use domain::mailing::SuppressionReason;
use domain::pipeline::{DealStatus, PipelineMode};
use domain::{BrandId, ContactId, DealId, DecisionId, NoteId, PipelineId, StageId, UserId};
use uuid::Uuid;

use crate::contact::Contact;
use crate::deal::Deal;
use crate::event::NewEvent;
use crate::import::Import;
use crate::inbound::Inbound;
use crate::job_run::JobRun;
use crate::message::{Content, Message};
use crate::schema::{
    ai_decisions, brands, consents, contacts, deal_stage_events, deals, email_contents, email_events,
    email_messages, imports, inbound_messages, job_runs, notes, pipelines, suppressions,
};
use crate::{QueryError, Result};

/// Values in one statement; PostgreSQL takes 65,535.
const MOST_VALUES: usize = 30_000;

/// A change of stage or status.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = deal_stage_events)]
pub struct StageEvent {
    pub id: Uuid,
    pub brand_id: BrandId,
    pub deal_id: DealId,
    pub from_stage_id: Option<StageId>,
    pub to_stage_id: StageId,
    pub from_status: Option<DealStatus>,
    pub to_status: DealStatus,
    pub actor: &'static str,
    pub user_id: Option<UserId>,
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// A statement of consent.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = consents)]
pub struct Consent {
    pub id: Uuid,
    pub brand_id: BrandId,
    pub contact_id: ContactId,
    pub basis: ConsentBasis,
    pub evidence: String,
    pub captured_by: Option<UserId>,
    pub captured_at: DateTime<Utc>,
}

/// An address that must not be mailed.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = suppressions)]
pub struct Suppression {
    pub id: Uuid,
    pub brand_id: BrandId,
    pub email: String,
    pub reason: SuppressionReason,
    pub evidence: String,
    pub created_at: DateTime<Utc>,
}

/// A note or task.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = notes)]
pub struct Note {
    pub id: NoteId,
    pub brand_id: BrandId,
    pub contact_id: ContactId,
    pub deal_id: Option<DealId>,
    /// `note` or `task`.
    pub kind: &'static str,
    pub body: String,
    pub due_at: Option<DateTime<Utc>>,
    pub done_at: Option<DateTime<Utc>>,
    pub author_id: Option<UserId>,
    pub created_at: DateTime<Utc>,
}

/// A receipt of a decision made at some moment in the past.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = ai_decisions)]
pub struct NewReceipt {
    pub id: DecisionId,
    pub brand_id: BrandId,
    pub deal_id: DealId,
    pub action: DecisionAction,
    pub outcome: DecisionOutcome,
    /// Code of the rule that decided.
    pub rule: &'static str,
    pub reasoning: String,
    pub counterfactual: String,
    pub inputs: serde_json::Value,
    pub guards: serde_json::Value,
    pub decided_by: Option<UserId>,
    pub at: DateTime<Utc>,
}

macro_rules! bulk {
    ($($(#[$meta:meta])* $name:ident, $table:ident, $row:ty, $columns:literal;)+) => { $(
        $(#[$meta])*
        pub async fn $name(connection: &mut AsyncPgConnection, rows: &[$row]) -> Result<()> {
            for rows in rows.chunks(MOST_VALUES / $columns) {
                diesel::insert_into($table::table).values(rows).execute(connection).await?;
            }
            Ok(())
        }
    )+ };
}

bulk! {
    /// Stores contacts.
    insert_contacts, contacts, Contact, 23;
    /// Stores statements of consent.
    insert_consents, consents, Consent, 7;
    /// Stores suppressions.
    insert_suppressions, suppressions, Suppression, 6;
    /// Stores deals.
    insert_deals, deals, Deal, 24;
    /// Stores changes of stage and status.
    insert_stage_events, deal_stage_events, StageEvent, 11;
    /// Stores notes and tasks.
    insert_notes, notes, Note, 10;
    /// Stores envelopes.
    insert_messages, email_messages, Message, 31;
    /// Stores what mails say.
    insert_contents, email_contents, Content, 60;
    /// Stores events of mails.
    insert_events, email_events, NewEvent, 10;
    /// Stores mails that came in.
    insert_inbound, inbound_messages, Inbound, 19;
    /// Stores receipts.
    insert_receipts, ai_decisions, NewReceipt, 12;
    /// Stores imports.
    insert_imports, imports, Import, 17;
    /// Stores runs of jobs.
    insert_job_runs, job_runs, JobRun, 8;
}

/// Marks the deals whose next look is a slot kept for a mail.
pub async fn keep_slots(connection: &mut AsyncPgConnection, ids: &[DealId]) -> Result<()> {
    diesel::update(deals::table.filter(deals::id.eq_any(ids)))
        .set(deals::slot_at.eq(deals::next_action_at))
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a brand without one a postal address: no mail goes out without.
pub async fn set_postal_address(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    address: &str,
) -> Result<()> {
    diesel::update(brands::table.filter(brands::id.eq(brand).and(brands::postal_address.eq(""))))
        .set(brands::postal_address.eq(address))
        .execute(connection)
        .await?;
    Ok(())
}

/// Sets how far the autopilot may go in a pipeline.
pub async fn set_mode(
    connection: &mut AsyncPgConnection,
    pipeline: PipelineId,
    mode: PipelineMode,
) -> Result<()> {
    let changed = diesel::update(pipelines::table.filter(pipelines::id.eq(pipeline)))
        .set(pipelines::mode.eq(mode))
        .execute(connection)
        .await?;
    if changed == 1 { Ok(()) } else { Err(QueryError::NotFound) }
}
