use chrono::{DateTime, Utc};
use database::Connection;
use database::autopilot::Settlement;
use database::brand::Brand;
use database::deal::{StageMove, record_moves};
use database::decision::NewDecision;
use database::engagement::NewTier;
use database::message::{Content, Message};
use domain::DealId;

use super::batch::calls;
use super::turn::Summary;
use crate::Refused;

/// What follows from decisions on deals, not yet written.
#[derive(Default)]
pub(super) struct Outcome {
    pub summary: Summary,
    pub receipts: Vec<NewDecision>,
    pub settlements: Vec<Settlement>,
    pub tiers: Vec<NewTier>,
    pub moves: Vec<(DealId, StageMove)>,
    pub messages: Vec<Message>,
    pub contents: Vec<Content>,
}

impl Outcome {
    /// Writes all of it, in a fixed number of statements, in the transaction that has locked the deals.
    pub async fn write(
        &self,
        connection: &mut Connection,
        brand: &Brand,
        now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        database::message::write(connection, &self.messages, &self.contents).await?;
        let calls = calls(&self.messages, brand, now);
        database::message::wake(connection, brand.id, &calls).await?;
        database::decision::record(connection, brand.id, &self.receipts, now).await?;
        database::autopilot::settle(connection, &self.settlements, now).await?;
        database::engagement::store_tiers(connection, &self.tiers).await?;
        let moves: Vec<_> = self.moves.iter().map(|(id, step)| (*id, step)).collect();
        record_moves(connection, &moves).await?;
        Ok(())
    }
}
