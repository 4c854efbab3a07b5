use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use domain::autopilot::{DecisionAction, DecisionOutcome};
use domain::{DealId, DecisionId, PipelineId};

use super::statement::{Order, Page, Paging, Statement, Tally};
use crate::Result;

/// What narrows decisions down; all of it has to hold.
#[derive(Debug, Clone, Default)]
pub struct DecisionFilter {
    pub action: Option<DecisionAction>,
    pub outcome: Option<DecisionOutcome>,
    pub pipeline: Option<PipelineId>,
}

/// A decision with its receipt and the names a list shows.
#[derive(Debug, Clone, QueryableByName)]
pub struct ListedDecision {
    #[diesel(sql_type = SqlUuid)]
    pub id: DecisionId,
    #[diesel(sql_type = SqlUuid)]
    pub deal_id: DealId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = SqlUuid)]
    pub pipeline_id: PipelineId,
    #[diesel(sql_type = Text)]
    pub pipeline: String,
    #[diesel(sql_type = Text)]
    pub action: DecisionAction,
    #[diesel(sql_type = Text)]
    pub outcome: DecisionOutcome,
    #[diesel(sql_type = Text)]
    pub rule: String,
    #[diesel(sql_type = Text)]
    pub reasoning: String,
    #[diesel(sql_type = Text)]
    pub counterfactual: String,
    /// A [`domain::autopilot::Snapshot`].
    #[diesel(sql_type = Jsonb)]
    pub inputs: serde_json::Value,
    /// A list of [`domain::autopilot::GuardResult`].
    #[diesel(sql_type = Jsonb)]
    pub guards: serde_json::Value,
    #[diesel(sql_type = Text)]
    pub engine: String,
    #[diesel(sql_type = Integer)]
    pub tokens: i32,
    /// Millionths of a US cent.
    #[diesel(sql_type = BigInt)]
    pub cost_microcents: i64,
    #[diesel(sql_type = Nullable<Text>)]
    pub decided_by: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// A page of decisions, newest first.
pub async fn decisions(
    connection: &mut AsyncPgConnection,
    filter: &DecisionFilter,
    paging: Paging,
) -> Result<Page<ListedDecision>> {
    let statement = Statement::new(
        "SELECT x.id, x.deal_id, c.name, c.email, c.company, d.pipeline_id, p.name AS pipeline, x.action, x.outcome, \
         x.rule, x.reasoning, x.counterfactual, x.inputs, x.guards, x.engine, x.tokens, x.cost_microcents, \
         u.name AS decided_by, x.at \
         FROM ai_decisions x JOIN deals d ON d.id = x.deal_id JOIN contacts c ON c.id = d.contact_id \
         JOIN pipelines p ON p.id = d.pipeline_id LEFT JOIN users u ON u.id = x.decided_by WHERE true",
    );
    let order = Order { by: "x.at", id: "x.id", from: "ai_decisions x", descending: true };
    filter.apply(statement).page(connection, order, paging).await
}

/// Decisions per outcome, per action as `action:close`, and those that pass as `passed`.
pub async fn decision_tallies(
    connection: &mut AsyncPgConnection,
    filter: &DecisionFilter,
) -> Result<Vec<Tally>> {
    filter
        .apply(Statement::new(
            "WITH counted AS (SELECT outcome, action, count(*) AS count FROM ai_decisions GROUP BY outcome, action) \
             SELECT outcome AS value, sum(count)::bigint AS count FROM counted GROUP BY outcome \
             UNION ALL SELECT 'action:' || action, sum(count)::bigint FROM counted GROUP BY action \
             UNION ALL SELECT 'passed', count(*) FROM ai_decisions x WHERE true",
        ))
        .load(connection)
        .await
}

impl DecisionFilter {
    fn apply(&self, statement: Statement) -> Statement {
        statement
            .condition::<Text, _>(" AND x.action = ", self.action, "")
            .condition::<Text, _>(" AND x.outcome = ", self.outcome, "")
            .condition::<SqlUuid, _>(
                " AND x.deal_id IN (SELECT id FROM deals WHERE pipeline_id = ",
                self.pipeline,
                ")",
            )
    }
}
