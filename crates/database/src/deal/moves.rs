use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::pipeline::{DealStatus, LostReason};
use domain::{StageId, UserId};
use uuid::Uuid;

use super::Deal;
use crate::Result;
use crate::schema::{deal_stage_events, deals};

/// Who moved a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    Person(UserId),
    Autopilot,
    /// A reply that came in.
    Reply,
    /// The contact used an unsubscribe link.
    Contact,
    Import,
    Demo,
}

impl Actor {
    /// The stored form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Autopilot => "autopilot",
            Self::Reply => "reply",
            Self::Contact => "contact",
            Self::Import => "import",
            Self::Demo => "demo",
        }
    }

    /// The person, if it was one of ours.
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::Person(user) => Some(user),
            Self::Autopilot | Self::Reply | Self::Contact | Self::Import | Self::Demo => None,
        }
    }
}

/// A move as decided by the rules: the stage and everything that follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct StageMove {
    pub event_id: Uuid,
    pub to_stage: StageId,
    pub status: DealStatus,
    /// Given exactly when the status is lost.
    pub lost_reason: Option<LostReason>,
    pub next_action_at: Option<DateTime<Utc>>,
    pub next_reason: String,
    pub actor: Actor,
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// Moves a deal (locked by the caller) and writes the event. The only way a stage or a status changes.
pub async fn record_move(connection: &mut AsyncPgConnection, deal: &Deal, step: &StageMove) -> Result<Deal> {
    diesel::insert_into(deal_stage_events::table)
        .values((
            deal_stage_events::id.eq(step.event_id),
            deal_stage_events::brand_id.eq(deal.brand_id),
            deal_stage_events::deal_id.eq(deal.id),
            deal_stage_events::from_stage_id.eq(deal.stage_id),
            deal_stage_events::to_stage_id.eq(step.to_stage),
            deal_stage_events::from_status.eq(deal.status.as_str()),
            deal_stage_events::to_status.eq(step.status.as_str()),
            deal_stage_events::actor.eq(step.actor.as_str()),
            deal_stage_events::user_id.eq(step.actor.user()),
            deal_stage_events::reason.eq(&step.reason),
            deal_stage_events::at.eq(step.at),
        ))
        .execute(connection)
        .await?;
    let entered = step.to_stage != deal.stage_id;
    diesel::update(deals::table.filter(deals::id.eq(deal.id)))
        .set((
            deals::stage_id.eq(step.to_stage),
            deals::stage_visit.eq(deal.stage_visit + i32::from(entered)),
            deals::stage_entered_at.eq(if entered { step.at } else { deal.stage_entered_at }),
            deals::status.eq(step.status),
            deals::lost_reason.eq(step.lost_reason),
            deals::next_action_at.eq(step.next_action_at),
            deals::next_reason.eq(&step.next_reason),
            deals::blocked_reason.eq(None::<String>),
            // It was decided on for the mail that came next before the move.
            entered.then(|| deals::template_variant.eq(None::<String>)),
            deals::updated_at.eq(step.at),
        ))
        .returning(Deal::as_select())
        .get_result(connection)
        .await
}
