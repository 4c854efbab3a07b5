use database::listing::{self, DecisionFilter, ListedDecision};
use domain::autopilot::{GuardResult, Rule, Snapshot};
use domain::view::listing::{DecisionList, DecisionRow, ListQuery};

use super::{read, view};
use crate::board::Reader;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A page of the autopilot's decisions that pass the query.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs, [`Refused::Invalid`] for a filter that can't be read.
pub async fn decisions(
    environment: &Environment,
    user: &CurrentUser,
    query: &ListQuery,
) -> Result<DecisionList, Refused> {
    let brands = user.brands(&query.brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let filter = DecisionFilter {
        action: read::value(&query.action, "action")?,
        outcome: read::value(&query.status, "outcome")?,
        pipeline: read::pipeline(query)?,
    };
    let page = listing::decisions(&mut scope, &filter, read::paging(query)?).await?;
    let (tallies, total) = view::split(listing::decision_tallies(&mut scope, &filter).await?);
    Ok(DecisionList {
        page: view::page_of(
            page,
            query,
            total,
            |row: &DecisionRow| row.id.0,
            |decision| row(decision, &reader),
        ),
        tallies,
    })
}

fn row(decision: ListedDecision, reader: &Reader) -> DecisionRow {
    // A receipt of an older version may have guards this one doesn't know: it is shown without them.
    let guards: Vec<GuardResult> = serde_json::from_value(decision.guards).unwrap_or_default();
    DecisionRow {
        id: decision.id,
        deal: decision.deal_id,
        name: if decision.name.is_empty() { decision.email } else { decision.name },
        company: decision.company,
        pipeline: decision.pipeline_id,
        pipeline_name: decision.pipeline,
        action: decision.action,
        outcome: decision.outcome,
        rule: decision.rule.parse::<Rule>().map_or(decision.rule, |rule| rule.label().to_owned()),
        reasoning: decision.reasoning,
        counterfactual: decision.counterfactual,
        guards: guards
            .into_iter()
            .map(|guard| (guard.name.label().to_owned(), guard.passed, guard.detail))
            .collect(),
        inputs: inputs(decision.inputs, reader),
        engine: decision.engine,
        cost: cost(decision.tokens, decision.cost_microcents),
        decided_by: decision.decided_by,
        at: view::plain_when(decision.at, reader),
    }
}

/// What the decision rested on, for people. A snapshot of an older version is left out rather than guessed at.
fn inputs(stored: serde_json::Value, reader: &Reader) -> Vec<(String, String)> {
    let Ok(snapshot) = serde_json::from_value::<Snapshot>(stored) else {
        return Vec::new();
    };
    let counts = &snapshot.counts;
    let words = |at| view::plain_when(at, reader).text;
    let mut seen = vec![
        ("Stage", format!("{}, since {}", snapshot.stage.name, words(snapshot.entered_at))),
        ("Tier", format!("{}: {}", snapshot.assessment.tier.label(), snapshot.assessment.reason)),
        ("Mails", format!("{} sent, {} opened, {} clicked", counts.sent, counts.opened, counts.clicked)),
        ("Consent", snapshot.consent.map_or("None", |basis| basis.label()).to_owned()),
        ("Autopilot", snapshot.mode.label().to_owned()),
    ];
    if let Some(at) = counts.newest_sent_at {
        seen.push(("Last mail", words(at)));
    }
    if counts.unverified > 0 {
        seen.push(("Unverified", format!("{} mails opened by machines only", counts.unverified)));
    }
    if let Some(name) = snapshot.next_stage_name {
        seen.push(("Next stage", name));
    }
    seen.into_iter().map(|(word, value)| (word.to_owned(), value)).collect()
}

/// "No cost", or tokens and US cents.
fn cost(tokens: i32, microcents: i64) -> String {
    if tokens == 0 && microcents == 0 {
        return "No cost".to_owned();
    }
    format!("{tokens} tokens, {}.{:04} US cents", microcents / 1_000_000, microcents % 1_000_000 / 100)
}

#[cfg(test)]
mod tests {
    use super::cost;

    #[test]
    fn cost_is_said_in_cents() {
        assert_eq!(cost(0, 0), "No cost");
        assert_eq!(cost(1_200, 1_250_000), "1200 tokens, 1.2500 US cents");
    }
}
