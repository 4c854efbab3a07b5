//! What the worker did while the history went on.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use database::job_run::JobRun;
use domain::pipeline::DealStatus;
use serde_json::Value;

use super::dice::Dice;
use super::history::History;
use crate::autopilot::{JOB, Summary};
use crate::engagement::Scanned;
use crate::schedule::{self, Occurrence};
use crate::{clean_up, outbox};

/// As far back as runs are shown; the rest is taken for forgotten.
const SHOWN: TimeDelta = TimeDelta::days(7);

/// The autopilot's turns of all brands, by moment.
#[derive(Default)]
pub(super) struct Turns(BTreeMap<DateTime<Utc>, Summary>);

impl Turns {
    pub fn add(&mut self, turns: Vec<(DateTime<Utc>, Summary)>) {
        for (at, summary) in turns {
            *self.0.entry(at).or_default() += summary;
        }
    }

    /// The runs of the last days.
    pub fn runs(&self, now: DateTime<Utc>, histories: &[&History], dice: &mut Dice) -> Vec<JobRun> {
        let sent = sent_times(histories);
        let deals = histories.iter().flat_map(|history| &history.deals);
        let active = deals.filter(|deal| deal.status == DealStatus::Active).count() as u64;
        let mut runs = Vec::new();
        let mut last_delivery = now - SHOWN;
        for due in schedule::occurrences_between(now - SHOWN, now) {
            let summary = match due.job {
                JOB => value(&self.0.get(&due.at).copied().unwrap_or_default()),
                "send_scheduled_emails" => {
                    let mails =
                        sent.iter().filter(|at| **at > last_delivery && **at <= due.at).count() as u64;
                    last_delivery = due.at;
                    value(&outbox::Summary { sent: mails, ..outbox::Summary::default() })
                }
                "autopilot_engagement_scan" => {
                    value(&Scanned { deals: active, changed: dice.below(14) as u64 })
                }
                "clean_up" => value(&clean_up::Forgotten::default()),
                _ => continue,
            };
            runs.push(run(&due, summary, dice));
        }
        runs
    }
}

fn run(due: &Occurrence, summary: Value, dice: &mut Dice) -> JobRun {
    let started_at = due.at + TimeDelta::milliseconds(dice.between(20, 900));
    JobRun {
        id: dice.id(started_at),
        job: due.job.to_owned(),
        trigger: "timetable".to_owned(),
        started_at,
        finished_at: Some(started_at + TimeDelta::milliseconds(dice.between(15, 420))),
        outcome: "done".to_owned(),
        summary,
        error: None,
    }
}

fn value<T: serde::Serialize>(summary: &T) -> Value {
    serde_json::to_value(summary).unwrap_or_default()
}

/// When mails went out, in order.
fn sent_times(histories: &[&History]) -> Vec<DateTime<Utc>> {
    let messages = histories.iter().flat_map(|history| &history.messages);
    let mut times: Vec<DateTime<Utc>> = messages.filter_map(|message| message.sent_at).collect();
    times.sort_unstable();
    times
}
