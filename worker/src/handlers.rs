//! One handler for each job of `outreach::jobs`.

use graphile_worker::{IntoTaskHandlerResult, JobDefinition, TaskHandler, WorkerContext};
use outreach::jobs::{self, Trigger};
use outreach::{Environment, Refused};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The environment as the queue's extensions want it.
#[derive(Clone)]
pub(crate) struct Shared(pub Environment);

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

macro_rules! handlers {
    ($($handler:ident = $name:literal,)+) => {
        $(
            #[derive(Serialize, Deserialize)]
            #[serde(transparent)]
            struct $handler(Value);

            impl TaskHandler for $handler {
                const IDENTIFIER: &'static str = $name;

                async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
                    run(&context, $name, self.0).await
                }
            }
        )+

        /// All of them.
        pub(crate) fn all() -> Vec<JobDefinition> {
            vec![$($handler::definition(),)+]
        }
    };
}

handlers! {
    ProcessPendingDeals = "process_pending_deals",
    SendScheduledEmails = "send_scheduled_emails",
    DeliverMail = "deliver_mail",
    AutopilotEngagementScan = "autopilot_engagement_scan",
    CheckEmailReplies = "check_email_replies",
    RunImport = "run_import",
    CleanUp = "clean_up",
}

/// Runs a job. Only a failure of the system is worth the queue's retry: a job that makes no sense never will.
async fn run(context: &WorkerContext, name: &'static str, payload: Value) -> Result<(), String> {
    let Some(Shared(environment)) = context.get_ext::<Shared>() else {
        return Err("the worker has no environment".to_owned());
    };
    let asked = payload.get("trigger").and_then(Value::as_str);
    let trigger =
        [Trigger::Timetable, Trigger::Person].into_iter().find(|trigger| asked == Some(trigger.as_str()));
    match jobs::run(environment, name, payload, trigger.unwrap_or(Trigger::Queue)).await {
        Ok(_) | Err(Refused::NotFound | Refused::Invalid(_) | Refused::Conflict(_)) => Ok(()),
        Err(Refused::Failed(cause)) => Err(format!("{cause:#}")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_job_has_its_handler() {
        let mut handled: Vec<&str> =
            super::all().iter().map(graphile_worker::JobDefinition::identifier).collect();
        let mut jobs: Vec<&str> = outreach::jobs::JOBS.iter().map(|job| job.name).collect();
        handled.sort_unstable();
        jobs.sort_unstable();
        assert_eq!(handled, jobs);
    }

    #[test]
    fn the_timetable_names_jobs_that_exist() {
        for entry in outreach::schedule::TIMETABLE {
            assert!(outreach::jobs::JOBS.iter().any(|job| job.name == entry.job), "{}", entry.job);
        }
    }
}
