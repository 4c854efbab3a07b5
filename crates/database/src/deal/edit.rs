use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, DealId, NoteId, StageId, UserId};

use super::Deal;
use crate::Result;
use crate::schema::{deal_stage_events, deals, memberships, notes, users};

/// Sets what a person knows about a deal better than the autopilot.
pub async fn set_facts(
    connection: &mut AsyncPgConnection,
    deal: DealId,
    value_cents: Option<i64>,
    expected_close_on: Option<NaiveDate>,
    owner: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<Deal> {
    diesel::update(deals::table.filter(deals::id.eq(deal)))
        .set((
            deals::value_cents.eq(value_cents),
            deals::expected_close_on.eq(expected_close_on),
            deals::owner_id.eq(owner),
            deals::updated_at.eq(at),
        ))
        .returning(Deal::as_select())
        .get_result(connection)
        .await
}

/// Who may own deals of the brand: its enabled members, by name.
pub async fn possible_owners(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
) -> Result<Vec<(UserId, String)>> {
    users::table
        .inner_join(memberships::table.on(memberships::user_id.eq(users::id)))
        .filter(memberships::brand_id.eq(brand).and(users::disabled_at.is_null()))
        .order((users::name, users::id))
        .select((users::id, users::name))
        .load(connection)
        .await
}

/// A note on a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNote<'a> {
    pub id: NoteId,
    pub body: &'a str,
    pub author: UserId,
    pub at: DateTime<Utc>,
}

/// Stores a note on a deal and its contact.
pub async fn add_note(connection: &mut AsyncPgConnection, deal: &Deal, note: &NewNote<'_>) -> Result<()> {
    diesel::insert_into(notes::table)
        .values((
            notes::id.eq(note.id.0),
            notes::brand_id.eq(deal.brand_id),
            notes::contact_id.eq(deal.contact_id),
            notes::deal_id.eq(deal.id),
            notes::kind.eq("note"),
            notes::body.eq(note.body),
            notes::author_id.eq(note.author),
            notes::created_at.eq(note.at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// The open stage a closed deal was last closed from; `None` when it was never closed.
pub async fn stage_before_closing(
    connection: &mut AsyncPgConnection,
    deal: DealId,
) -> Result<Option<StageId>> {
    let stage: Option<Option<uuid::Uuid>> = deal_stage_events::table
        .filter(deal_stage_events::deal_id.eq(deal))
        .filter(deal_stage_events::to_status.eq_any(["won", "lost"]))
        .filter(deal_stage_events::from_status.eq_any(["active", "paused"]))
        .order((deal_stage_events::at.desc(), deal_stage_events::id.desc()))
        .select(deal_stage_events::from_stage_id)
        .first(connection)
        .await
        .optional()?;
    Ok(stage.flatten().map(StageId))
}
