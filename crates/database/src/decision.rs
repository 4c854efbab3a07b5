//! Receipts of the autopilot's decisions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Jsonb, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::autopilot::{DecisionAction, DecisionOutcome};
use domain::{BrandId, DealId, DecisionId, UserId};
use serde_json::Value;

use crate::Result;
use crate::prepared::Prepare;
use crate::schema::ai_decisions;

/// A receipt as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = ai_decisions)]
pub struct Decision {
    pub id: DecisionId,
    pub brand_id: BrandId,
    pub deal_id: DealId,
    pub action: DecisionAction,
    pub outcome: DecisionOutcome,
    /// Code of the rule that decided.
    pub rule: String,
    pub reasoning: String,
    /// What would have changed it.
    pub counterfactual: String,
    pub inputs: Value,
    /// The guards' answers in order.
    pub guards: Value,
    pub decided_by: Option<UserId>,
    pub at: DateTime<Utc>,
}

/// A receipt to write.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDecision {
    pub id: DecisionId,
    pub deal: DealId,
    pub action: DecisionAction,
    pub outcome: DecisionOutcome,
    pub rule: &'static str,
    pub reasoning: String,
    pub counterfactual: String,
    pub inputs: Value,
    pub guards: Value,
}

/// Writes a brand's receipts in one statement. A proposal replaces (dismisses) the one before it.
pub async fn record(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    rows: &[NewDecision],
    at: DateTime<Utc>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let proposed: Vec<DealId> =
        rows.iter().filter(|row| row.outcome == DecisionOutcome::Proposed).map(|row| row.deal).collect();
    if !proposed.is_empty() {
        withdraw_proposals(connection, &proposed).await?;
    }
    diesel::sql_query(
        "INSERT INTO ai_decisions (id, brand_id, deal_id, action, outcome, rule, reasoning, counterfactual, inputs,
                                   guards, at)
         SELECT r.id, $1, r.deal_id, r.action, r.outcome, r.rule, r.reasoning, r.counterfactual, r.inputs, r.guards, $2
         FROM unnest($3, $4, $5, $6, $7, $8, $9, $10, $11)
              AS r (id, deal_id, action, outcome, rule, reasoning, counterfactual, inputs, guards)",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Timestamptz, _>(at)
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.id).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.deal).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.action.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.outcome.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.rule).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.reasoning.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rows.iter().map(|row| row.counterfactual.as_str()).collect::<Vec<_>>())
    .bind::<Array<Jsonb>, _>(rows.iter().map(|row| &row.inputs).collect::<Vec<_>>())
    .bind::<Array<Jsonb>, _>(rows.iter().map(|row| &row.guards).collect::<Vec<_>>())
    .prepared().execute(connection)
    .await?;
    Ok(())
}

/// Dismisses the open proposals of these deals: something newer has been decided.
pub async fn withdraw_proposals(connection: &mut AsyncPgConnection, deals: &[DealId]) -> Result<usize> {
    diesel::update(
        ai_decisions::table
            .filter(ai_decisions::deal_id.eq_any(deals))
            .filter(ai_decisions::outcome.eq(DecisionOutcome::Proposed)),
    )
    .set(ai_decisions::outcome.eq(DecisionOutcome::Dismissed))
    .execute(connection)
    .await
}

/// The receipt with this id, locked until the transaction ends; `NotFound` outside the scope.
pub async fn lock(connection: &mut AsyncPgConnection, id: DecisionId) -> Result<Decision> {
    ai_decisions::table
        .filter(ai_decisions::id.eq(id))
        .select(Decision::as_select())
        .for_update()
        .first(connection)
        .await
}

/// A deal's receipts, newest first.
pub async fn of_deal(connection: &mut AsyncPgConnection, deal: DealId) -> Result<Vec<Decision>> {
    ai_decisions::table
        .filter(ai_decisions::deal_id.eq(deal))
        .order((ai_decisions::at.desc(), ai_decisions::id.desc()))
        .select(Decision::as_select())
        .load(connection)
        .await
}

/// Writes what a person made of a proposal.
pub async fn answer(
    connection: &mut AsyncPgConnection,
    id: DecisionId,
    outcome: DecisionOutcome,
    by: Option<UserId>,
) -> Result<()> {
    diesel::update(ai_decisions::table.filter(ai_decisions::id.eq(id)))
        .set((ai_decisions::outcome.eq(outcome), ai_decisions::decided_by.eq(by)))
        .execute(connection)
        .await?;
    Ok(())
}
