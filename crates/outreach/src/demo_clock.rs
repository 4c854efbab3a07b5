//! The demo's clock, moved on by hand: whatever falls due on the way happens, in order, as it would have by itself.

use chrono::{DateTime, TimeDelta, Utc};
use database::brand::Brand;
use domain::PipelineId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::autopilot::Plans;
use crate::jobs::{self, Trigger};
use crate::schedule::{self, Occurrence};
use crate::{Environment, Refused, autopilot, engagement, mailboxes, outbox};

/// The furthest one step may go.
const FURTHEST: TimeDelta = TimeDelta::days(92);

/// A mail due outside the timetable's hours isn't left waiting longer than this.
const QUARTER: TimeDelta = TimeDelta::minutes(15);

/// What happened on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvanceSummary {
    /// UTC.
    pub from: DateTime<Utc>,
    /// UTC.
    pub to: DateTime<Utc>,
    pub mails_sent: u64,
    pub mails_failed: u64,
    pub deals_closed: u64,
    /// Deals held for a person.
    pub deals_held: u64,
    pub proposals: u64,
    pub tiers_changed: u64,
    /// Why a brand couldn't send, in words.
    pub problems: Vec<String>,
}

impl AdvanceSummary {
    /// "9 mails sent, 2 deals closed"; "nothing fell due".
    pub fn in_words(&self) -> String {
        let parts: Vec<String> = [
            (self.mails_sent, "mail sent", "mails sent"),
            (self.mails_failed, "mail failed", "mails failed"),
            (self.deals_closed, "deal closed", "deals closed"),
            (self.deals_held, "deal held for a person", "deals held for a person"),
            (self.proposals, "proposal made", "proposals made"),
            (self.tiers_changed, "tier changed", "tiers changed"),
        ]
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
        if parts.is_empty() { "nothing fell due".to_owned() } else { parts.join(", ") }
    }

    fn add(&mut self, job: &str, done: Value) {
        if job == autopilot::JOB {
            let turn: autopilot::Summary = serde_json::from_value(done).unwrap_or_default();
            self.deals_closed += turn.closed;
            self.deals_held += turn.flagged;
            self.proposals += turn.proposals;
        } else if job == SEND {
            let sent: outbox::Summary = serde_json::from_value(done).unwrap_or_default();
            self.mails_sent += sent.sent;
            self.mails_failed += sent.failed + sent.unclear;
            for problem in sent.problems {
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
            }
        } else if job == SCAN {
            let scanned: engagement::Scanned = serde_json::from_value(done).unwrap_or_default();
            self.tiers_changed += scanned.changed;
        }
    }
}

const SEND: &str = "send_scheduled_emails";
const SCAN: &str = "autopilot_engagement_scan";

/// Moves the demo's clock on by so much and runs what falls due in between.
///
/// # Errors
/// [`Refused::NotFound`] outside the demo, where nobody moves the clock; [`Refused::Invalid`] for a step that is
/// backwards or too long; [`Refused::Conflict`] while somebody else moves it.
pub async fn advance(environment: &Environment, by: TimeDelta) -> Result<AdvanceSummary, Refused> {
    if !environment.is_demo() || !environment.clock().is_demo() {
        return Err(Refused::NotFound);
    }
    if by <= TimeDelta::zero() || by > FURTHEST {
        return Err(Refused::Invalid("The clock moves forward, by three months at most.".to_owned()));
    }
    let mut holder = environment.database().scoped(&[]).await?;
    if !database::job_run::hold_clock(&mut holder).await? {
        return Err(Refused::Conflict(
            "Somebody is moving the clock right now. Try again in a moment.".to_owned(),
        ));
    }
    environment.clock().refresh(&mut holder).await?;
    let from = environment.clock().now();
    let mut walk = Walk::begin(environment, from, from + by).await?;
    walk.run().await?;
    walk.set_clock(from + by).await?;
    drop(holder);
    Ok(walk.summary)
}

struct Walk<'a> {
    environment: &'a Environment,
    brands: Vec<(Brand, Vec<PipelineId>)>,
    to: DateTime<Utc>,
    timetable: Vec<Occurrence>,
    due: Due,
    /// When a mail outside the timetable's hours was last tried.
    tried: Option<DateTime<Utc>>,
    summary: AdvanceSummary,
}

/// What comes next, over all brands (UTC). Asked again after each job, so that idle hours cost nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Due {
    deal: Option<DateTime<Utc>>,
    slot: Option<DateTime<Utc>>,
    mail: Option<DateTime<Utc>>,
}

impl<'a> Walk<'a> {
    async fn begin(
        environment: &'a Environment,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Self, Refused> {
        let all = {
            let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
            database::brand::all(&mut connection).await?
        };
        let mut brands = Vec::new();
        for brand in all {
            let mut scope = environment.database().brand(brand.id).await?;
            let running = Plans::load(&mut scope).await?.running();
            brands.push((brand, running));
        }
        let mut walk = Self {
            environment,
            brands,
            to,
            timetable: schedule::occurrences_between(from, to),
            due: Due::default(),
            tried: None,
            summary: AdvanceSummary { from, to, ..AdvanceSummary::default() },
        };
        walk.look().await?;
        Ok(walk)
    }

    async fn run(&mut self) -> Result<(), Refused> {
        let mut next = 0;
        loop {
            let scheduled = self.timetable.get(next).copied();
            if let Some(mail) = self.mail_before(scheduled) {
                let mail = mail.max(self.environment.clock().now());
                self.tried = self.due.mail;
                self.set_clock(mail).await?;
                self.job(SEND).await?;
                continue;
            }
            let Some(occurrence) = scheduled else {
                return Ok(());
            };
            next += 1;
            if self.idle(occurrence) {
                continue;
            }
            self.set_clock(occurrence.at).await?;
            self.job(occurrence.job).await?;
        }
    }

    /// A mail due so long before the timetable's next look at the outbox that a worker would have sent it by itself.
    fn mail_before(&self, next: Option<Occurrence>) -> Option<DateTime<Utc>> {
        // A mail that couldn't leave at its moment waits for the timetable.
        let mail =
            self.due.mail.filter(|mail| *mail <= self.to && self.tried.is_none_or(|tried| tried < *mail))?;
        if next.is_some_and(|next| next.at <= mail) {
            return None;
        }
        let look = schedule::next_occurrence(SEND, mail - TimeDelta::seconds(1)).unwrap_or(self.to);
        (look > self.to || look - mail > QUARTER).then_some(mail)
    }

    fn idle(&self, occurrence: Occurrence) -> bool {
        let by = |moment: Option<DateTime<Utc>>, limit: DateTime<Utc>| {
            moment.is_some_and(|moment| moment <= limit)
        };
        if occurrence.job == SEND {
            !by(self.due.mail, occurrence.at)
        } else if occurrence.job == autopilot::JOB {
            let horizon = schedule::next_occurrence(autopilot::JOB, occurrence.at).unwrap_or(occurrence.at);
            !by(self.due.deal, occurrence.at) && !by(self.due.slot, horizon)
        } else if occurrence.job == mailboxes::JOB {
            // Nothing arrives in a real mailbox while the clock is moved.
            true
        } else {
            false
        }
    }

    /// Sets the clock of every process. The jobs due by this moment are marked as taken in the same transaction, so that
    /// no worker runs them as well.
    async fn set_clock(&self, at: DateTime<Utc>) -> Result<(), Refused> {
        let mut scope = self.environment.database().scoped(&[]).await?;
        for entry in schedule::TIMETABLE {
            let past = self.timetable.iter().rev().find(|past| past.job == entry.job && past.at <= at);
            if let Some(past) = past {
                database::job_run::mark(&mut scope, past.job, past.at).await?;
            }
        }
        // The clock's offset is in whole seconds, cut off: a second more, so that the moment has come.
        self.environment.clock().advance_to(&mut scope, at + TimeDelta::seconds(1)).await?;
        Ok(scope.commit().await?)
    }

    async fn job(&mut self, name: &str) -> Result<(), Refused> {
        let done = jobs::run(self.environment, name, Value::Null, Trigger::Demo).await?;
        self.summary.add(name, done);
        self.look().await
    }

    async fn look(&mut self) -> Result<(), Refused> {
        let mut due = Due::default();
        let earlier = |a: Option<DateTime<Utc>>, b: Option<DateTime<Utc>>| a.into_iter().chain(b).min();
        for (brand, running) in &self.brands {
            let mut scope = self.environment.database().brand(brand.id).await?;
            due.deal = earlier(due.deal, database::autopilot::next_due(&mut scope, brand.id, running).await?);
            due.slot = earlier(due.slot, database::autopilot::next_slot(&mut scope, brand.id).await?);
            due.mail = earlier(due.mail, database::message::next_scheduled(&mut scope, brand.id).await?);
        }
        self.due = due;
        Ok(())
    }
}
