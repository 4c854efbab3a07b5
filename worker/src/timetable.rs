//! Puts what the timetable says into the queue.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use database::job_run;
use outreach::Environment;
use outreach::jobs::Trigger;
use outreach::schedule::{self, Occurrence};
use serde_json::json;
use tokio_util::sync::CancellationToken;

/// The demo's clock may jump at any time, so the timetable is looked at often; a look costs one statement.
const LOOK: Duration = Duration::from_secs(10);

/// What no worker was there for is made up for, once, when it isn't older than this.
const LATEST: TimeDelta = TimeDelta::hours(12);

/// Looks at the timetable until told to end. A database that is away is waited for.
pub(crate) async fn keep(environment: &Environment, end: &CancellationToken) {
    let mut since = environment.clock().now();
    loop {
        match tick(environment, since).await {
            Ok(now) => since = now,
            Err(error) => tracing::warn!(
                error = format!("{error:#}"),
                "the timetable could not be looked at; trying again"
            ),
        }
        tokio::select! {
            () = end.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Enqueues what has fallen due, each job once however many workers look. `since` counts for jobs that have never run;
/// the others go on from where any worker left off. Returns the moment up to which the timetable has been looked at.
///
/// # Errors
/// When the database can't be reached; nothing is lost then.
pub async fn tick(environment: &Environment, since: DateTime<Utc>) -> anyhow::Result<DateTime<Utc>> {
    let mut scope = environment.database().scoped(&[]).await.context("connecting")?;
    environment.clock().refresh(&mut scope).await?;
    let now = environment.clock().now();
    let marks: HashMap<String, DateTime<Utc>> = job_run::marks(&mut scope).await?.into_iter().collect();
    for Occurrence { at, job } in latest(&marks, since, now) {
        // Whoever moves the mark enqueues; the other workers find it moved.
        if job_run::mark(&mut scope, job, at).await? {
            let payload = json!({ "trigger": Trigger::Timetable.as_str() });
            job_run::enqueue(&mut scope, job, &payload, &format!("timetable:{job}")).await?;
            tracing::debug!(job, %at, "due");
        }
    }
    scope.commit().await?;
    Ok(now)
}

/// The newest occurrence of each job that has fallen due since its mark, in order.
fn latest(
    marks: &HashMap<String, DateTime<Utc>>,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<Occurrence> {
    let mut newest: Vec<Occurrence> = Vec::new();
    for occurrence in schedule::occurrences_between((now - LATEST).min(since), now) {
        let from = marks.get(occurrence.job).copied().unwrap_or(since);
        if occurrence.at > from {
            newest.retain(|earlier| earlier.job != occurrence.job);
            newest.push(occurrence);
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("written right")
    }

    #[test]
    fn what_was_missed_is_made_up_for_once() {
        // Monday 23 November 2026, 12:20 in Sydney; the last worker stopped at 9:30.
        let now = at("2026-11-23T01:20:00Z");
        let marks = HashMap::from([
            ("process_pending_deals".to_owned(), at("2026-11-22T22:00:00Z")),
            ("send_scheduled_emails".to_owned(), at("2026-11-23T01:15:00Z")),
        ]);
        let due = latest(&marks, now, now);
        assert_eq!(due, [Occurrence { at: at("2026-11-23T01:00:00Z"), job: "process_pending_deals" }]);
    }

    #[test]
    fn a_new_installation_makes_up_for_nothing() {
        let now = at("2026-11-23T01:20:00Z");
        assert_eq!(latest(&HashMap::new(), now, now), []);
    }
}
