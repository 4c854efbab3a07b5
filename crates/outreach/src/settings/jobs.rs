use chrono::{DateTime, Utc};
use database::job_run::{self, JobRun};
use domain::Role;
use domain::view::settings::{JobLine, JobOutcome, JobRunLine, JobsView};
use serde_json::Value;

use crate::board::Reader;
use crate::jobs::{self as registry, JOBS};
use crate::listings::plain_when;
use crate::people::CurrentUser;
use crate::schedule::{Entry, TIMETABLE, next_occurrence};
use crate::{Environment, Refused};

/// Runs shown.
const RUNS: i64 = 40;

/// The timetable, and what ran.
///
/// # Errors
/// When the database fails.
pub async fn jobs(environment: &Environment, user: &CurrentUser) -> Result<JobsView, Refused> {
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
    let last = job_run::last_of_each(&mut connection).await?;
    let runs = job_run::newest(&mut connection, RUNS).await?;
    let jobs = JOBS
        .iter()
        .map(|job| {
            let entry = TIMETABLE.iter().find(|entry| entry.job == job.name);
            JobLine {
                name: job.name.to_owned(),
                title: job.title.to_owned(),
                timetable: entry.map_or_else(|| "on demand".to_owned(), words),
                next: next_occurrence(job.name, now).map(|at| plain_when(at, &reader)),
                last: last.iter().find(|run| run.job == job.name).map(|run| line(run, &reader)),
                // The others only make sense with what they are to work on.
                can_run: entry.is_some(),
            }
        })
        .collect();
    Ok(JobsView { may_run: is_admin(user), jobs, runs: runs.iter().map(|run| line(run, &reader)).collect() })
}

/// Starts a job of the timetable now, on a worker.
///
/// # Errors
/// [`Refused::Invalid`] for anybody but an admin; [`Refused::NotFound`] when there is no such job.
pub async fn run_now(environment: &Environment, user: &CurrentUser, job: &str) -> Result<(), Refused> {
    if !is_admin(user) {
        return Err(Refused::Invalid("Only admins start jobs. Nothing was started.".to_owned()));
    }
    if !TIMETABLE.iter().any(|entry| entry.job == job) {
        return Err(Refused::NotFound);
    }
    registry::enqueue_now(environment, job).await
}

/// Jobs run for every brand, so that being an admin of one brand is what it takes.
fn is_admin(user: &CurrentUser) -> bool {
    user.memberships().iter().any(|membership| membership.role == Role::Admin)
}

fn line(run: &JobRun, reader: &Reader) -> JobRunLine {
    let outcome = match run.outcome.as_str() {
        "done" => JobOutcome::Done,
        "failed" => JobOutcome::Failed,
        _ => JobOutcome::Running,
    };
    let trigger = match run.trigger.as_str() {
        "person" => "a person",
        "demo" => "the demo's clock",
        "queue" => "the queue",
        _ => "the timetable",
    };
    let title = JOBS.iter().find(|job| job.name == run.job).map_or(run.job.as_str(), |job| job.title);
    JobRunLine {
        id: run.id,
        title: title.to_owned(),
        trigger: trigger.to_owned(),
        started: plain_when(run.started_at, reader),
        took: run.finished_at.map(|end| took(run.started_at, end)).unwrap_or_default(),
        outcome,
        result: run.error.clone().unwrap_or_else(|| summary(&run.summary)),
    }
}

/// "0.3 s", "75 s", "4 min".
fn took(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let milliseconds = (to - from).num_milliseconds().max(0);
    match milliseconds {
        0..10_000 => format!("{}.{} s", milliseconds / 1_000, milliseconds % 1_000 / 100),
        10_000..120_000 => format!("{} s", milliseconds / 1_000),
        _ => format!("{} min", milliseconds / 60_000),
    }
}

/// The counts of a summary that aren't zero: "sent 18, failed 2".
fn summary(stored: &Value) -> String {
    let counts: Vec<String> = stored
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| value.as_i64().filter(|count| *count != 0).map(|count| (name, count)))
        .map(|(name, count)| format!("{} {count}", name.replace('_', " ")))
        .collect();
    if counts.is_empty() { "Nothing to do".to_owned() } else { counts.join(", ") }
}

/// "hourly 9–17, Mon–Fri", "every 15 min 9–17, Mon–Fri", "8:30, Mon–Fri".
fn words(entry: &Entry) -> String {
    let (first, last) = (entry.hours.start(), entry.hours.end());
    let times = match entry.minutes {
        [minute] if first == last => format!("{first}:{minute:02}"),
        [_] => format!("hourly {first}–{last}"),
        [a, b, ..] if (*first, *last) == (0, 23) => format!("every {} min", b - a),
        [a, b, ..] => format!("every {} min {first}–{last}", b - a),
        [] => "never".to_owned(),
    };
    let days = if entry.days == domain::calendar::Weekdays::MON_TO_FRI { "Mon–Fri" } else { "every day" };
    format!("{times}, {days}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn the_timetable_reads_as_people_say_it() {
        let of = |job: &str| TIMETABLE.iter().find(|entry| entry.job == job).map(words);
        assert_eq!(of("process_pending_deals").as_deref(), Some("hourly 9–17, Mon–Fri"));
        assert_eq!(of("send_scheduled_emails").as_deref(), Some("every 15 min 9–17, Mon–Fri"));
        assert_eq!(of("autopilot_engagement_scan").as_deref(), Some("8:30, Mon–Fri"));
        assert_eq!(of("check_email_replies").as_deref(), Some("every 30 min, every day"));
        assert_eq!(of("clean_up").as_deref(), Some("3:20, every day"));
    }

    #[test]
    fn durations_and_summaries_are_short() {
        let from: DateTime<Utc> = "2026-11-22T23:30:00Z".parse().expect("written right");
        let lasted = |milliseconds| took(from, from + TimeDelta::milliseconds(milliseconds));
        assert_eq!(
            (lasted(1_240), lasted(75_000), lasted(250_000)),
            ("1.2 s".into(), "75 s".into(), "4 min".into())
        );
        assert_eq!(summary(&serde_json::json!({ "sent": 18, "failed": 0, "problems": [] })), "sent 18");
        assert_eq!(summary(&serde_json::json!({})), "Nothing to do");
    }
}
