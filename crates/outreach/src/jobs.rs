//! Every job by name, and how a run is kept on record.

use std::future::Future;
use std::pin::Pin;

use database::job_run::{self, JobRun};
use serde_json::{Value, json};

use crate::{Environment, Refused, autopilot, clean_up, engagement, mailboxes, outbox};

type Running = Pin<Box<dyn Future<Output = Result<Value, Refused>> + Send>>;

/// A job. Each may run twice for one reason (the queue promises at least once) and does nothing wrong by it.
pub struct Job {
    /// On the timetable and in the queue.
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    run: fn(Environment, Value) -> Running,
}

/// All of them.
pub const JOBS: &[Job] = &[
    Job { name: "process_pending_deals", title: "Decide on due deals", run: process_pending_deals },
    Job { name: "send_scheduled_emails", title: "Send mails that are due", run: send_scheduled_emails },
    Job { name: "deliver_mail", title: "Send one brand's mails", run: deliver_mail },
    Job {
        name: "autopilot_engagement_scan",
        title: "Bring tiers up to date",
        run: autopilot_engagement_scan,
    },
    Job { name: mailboxes::JOB, title: "Read replies", run: check_email_replies },
    Job { name: "run_import", title: "Import contacts", run: run_import },
    Job { name: "clean_up", title: "Clean up", run: run_clean_up },
];

/// What made a job run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    Timetable,
    Person,
    Queue,
    Demo,
}

impl Trigger {
    /// The stored form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timetable => "timetable",
            Self::Person => "person",
            Self::Queue => "queue",
            Self::Demo => "demo",
        }
    }
}

/// Runs a job and keeps the run on record. Returns its summary.
///
/// # Errors
/// [`Refused::NotFound`] when there is no such job; otherwise whatever the job says.
pub async fn run(
    environment: &Environment,
    name: &str,
    payload: Value,
    trigger: Trigger,
) -> Result<Value, Refused> {
    let job = JOBS.iter().find(|job| job.name == name).ok_or(Refused::NotFound)?;
    let clock = environment.clock();
    let mut record = JobRun {
        id: clock.new_id(),
        job: job.name.to_owned(),
        trigger: trigger.as_str().to_owned(),
        started_at: clock.now(),
        finished_at: None,
        outcome: "running".to_owned(),
        summary: json!({}),
        error: None,
    };
    {
        let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
        clock.refresh(&mut connection).await?;
        record.started_at = clock.now();
        job_run::begin(&mut connection, &record).await?;
    }
    let result = (job.run)(environment.clone(), payload).await;
    record.finished_at = Some(clock.now());
    match &result {
        Ok(summary) => {
            "done".clone_into(&mut record.outcome);
            record.summary = summary.clone();
        }
        Err(error) => {
            "failed".clone_into(&mut record.outcome);
            record.error = Some(words(error));
            tracing::error!(job = name, error = ?error, "a job failed");
        }
    }
    let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
    job_run::finish(&mut connection, &record).await?;
    result
}

/// Puts a job into the queue at a person's wish.
///
/// # Errors
/// [`Refused::NotFound`] when there is no such job.
pub async fn enqueue_now(environment: &Environment, name: &str) -> Result<(), Refused> {
    let job = JOBS.iter().find(|job| job.name == name).ok_or(Refused::NotFound)?;
    let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
    let payload = json!({ "trigger": Trigger::Person.as_str() });
    Ok(job_run::enqueue(&mut connection, job.name, &payload, &format!("person:{name}")).await?)
}

/// For the jobs page: never SQL or an address.
fn words(error: &Refused) -> String {
    match error {
        Refused::Failed(_) => "The system failed; the log says how.".to_owned(),
        Refused::NotFound | Refused::Invalid(_) | Refused::Conflict(_) => error.to_string(),
    }
}

fn process_pending_deals(environment: Environment, _: Value) -> Running {
    Box::pin(async move { summary(&autopilot::process_pending_deals(&environment).await?) })
}

fn send_scheduled_emails(environment: Environment, _: Value) -> Running {
    Box::pin(async move { summary(&outbox::deliver_due(&environment).await?) })
}

/// Payload: `brand`, the brand's id.
fn deliver_mail(environment: Environment, payload: Value) -> Running {
    Box::pin(async move {
        let wanted = payload.get("brand").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let Some(id) = wanted else {
            return summary(&outbox::deliver_due(&environment).await?);
        };
        let brand = {
            let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
            database::brand::find(&mut connection, id).await?
        };
        summary(&outbox::deliver_brand(&environment, &brand).await?)
    })
}

fn autopilot_engagement_scan(environment: Environment, _: Value) -> Running {
    Box::pin(async move { summary(&engagement::scan(&environment).await?) })
}

/// Payload: `brand`, the brand's id; without it, every brand's mailbox is looked into.
fn check_email_replies(environment: Environment, payload: Value) -> Running {
    Box::pin(async move {
        let wanted = payload.get("brand").and_then(Value::as_str).and_then(|id| id.parse().ok());
        match wanted {
            Some(brand) => summary(&mailboxes::check(&environment, brand).await?),
            None => summary(&mailboxes::check_all(&environment).await?),
        }
    })
}

/// Payload: `brand_id` and `import_id`.
fn run_import(environment: Environment, payload: Value) -> Running {
    #[derive(serde::Deserialize)]
    struct Wanted {
        brand_id: domain::BrandId,
        import_id: domain::ImportId,
    }
    Box::pin(async move {
        let wanted: Wanted = serde_json::from_value(payload).map_err(|_| Refused::NotFound)?;
        let done = crate::imports::run_import(&environment, wanted.brand_id, wanted.import_id).await?;
        Ok(json!({ "done": done }))
    })
}

fn run_clean_up(environment: Environment, _: Value) -> Running {
    Box::pin(async move { summary(&clean_up::clean_up(&environment).await?) })
}

fn summary<T: serde::Serialize>(done: &T) -> Result<Value, Refused> {
    serde_json::to_value(done).map_err(|error| Refused::Failed(error.into()))
}
