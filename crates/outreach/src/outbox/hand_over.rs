use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use database::brand::Brand;
use database::message::{self, Content, Deferral, Message};
use domain::MessageId;
use domain::mailing::{MessageState, Release};
use futures::StreamExt;
use mail::deliver::Transport;
use mail::message::Outgoing;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::Summary;
use super::limits::{Limits, wakes};
use super::outcome::{End, Outcome};
use super::outgoing::outgoing;
use crate::{Environment, Refused};

/// Mails taken at once: few enough that none waits long between claim and provider.
const BATCH: i64 = 64;
/// Mails on the wire at once; a transport keeps as many connections.
const LANES: usize = 4;
/// Outcomes written in one transaction.
const GROUP: usize = 32;
/// A mail claimed longer ago than this isn't handed over any more but put back.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// So many failures in a row that aren't about the mail, and the provider is left alone until the next run.
const MOST_FAILURES: u32 = 8;

/// One worker's run over one brand's outbox.
pub(super) struct Run<'a> {
    pub environment: &'a Environment,
    pub brand: &'a Brand,
    transport: Arc<dyn Transport>,
    /// Names this run in the claims it makes.
    pub name: String,
    failures: u32,
}

impl<'a> Run<'a> {
    pub fn new(environment: &'a Environment, brand: &'a Brand, transport: Arc<dyn Transport>) -> Self {
        Self { environment, brand, transport, name: environment.clock().new_id().to_string(), failures: 0 }
    }

    pub const fn provider_is_down(&self) -> bool {
        self.failures >= MOST_FAILURES
    }

    fn judge(&mut self, outcome: &Outcome) {
        match outcome.end {
            // A provider that never says what became of a mail must not get the whole queue.
            End::Again(_) | End::Unclear(_) => self.failures += 1,
            End::Sent(_) | End::Refused { .. } => self.failures = 0,
        }
    }
}

/// Mails this run has claimed.
pub(super) struct Claimed {
    parcels: Vec<(Message, Option<Outgoing>)>,
    put_off: usize,
    since: Instant,
}

impl Claimed {
    /// Nothing was due.
    pub fn is_finished(&self) -> bool {
        self.parcels.is_empty() && self.put_off == 0
    }
}

/// Takes the next mails that are due, looks at each once more, and commits the claim.
pub(super) async fn claim(run: &Run<'_>, summary: &mut Summary) -> Result<Claimed, Refused> {
    let (environment, brand) = (run.environment, run.brand);
    let now = environment.clock().now();
    let since = Instant::now();
    let mut transaction = environment.database().brand(brand.id).await?;
    message::queue_up(&mut transaction, brand.id).await?;
    let candidates = message::lock_due(&mut transaction, brand.id, now, BATCH).await?;
    let mut limits = Limits::load(&mut transaction, brand, &candidates, now).await?;
    let (mut taken, mut deferrals, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for candidate in candidates {
        let deferral =
            |state, at, reason| Deferral { message: candidate.message.id, state, scheduled_for: at, reason };
        match limits.last_look(brand, &candidate, now) {
            Release::Go => taken.push(candidate.message),
            Release::Wait { until, reason } => {
                summary.postponed += 1;
                deferrals.push(deferral(MessageState::Queued, Some(until), reason));
            }
            Release::Block { reason } => {
                summary.blocked += 1;
                again.extend(candidate.message.deal_id);
                deferrals.push(deferral(MessageState::Blocked, None, reason));
            }
            Release::Cancel { reason } => {
                summary.cancelled += 1;
                deferrals.push(deferral(MessageState::Cancelled, None, reason));
            }
        }
    }
    for (test, suppressed) in message::lock_due_tests(&mut transaction, brand.id, now, BATCH).await? {
        match suppressed {
            None => taken.push(test),
            Some(reason) => {
                summary.blocked += 1;
                let reason = format!("The address must not be mailed: {}.", reason.label().to_lowercase());
                let state = MessageState::Blocked;
                deferrals.push(Deferral { message: test.id, state, scheduled_for: None, reason });
            }
        }
    }
    message::defer(&mut transaction, &deferrals, None).await?;
    message::wake(&mut transaction, brand.id, &wakes(brand, &deferrals, now)).await?;
    let words = "A mail was held back: the autopilot looks again.";
    database::autopilot::look_again(&mut transaction, &again, now, words).await?;
    let ids: Vec<MessageId> = taken.iter().map(|message| message.id).collect();
    message::claim(&mut transaction, &ids, &run.name, now).await?;
    let contents = message::contents(&mut transaction, &ids).await?;
    transaction.commit().await?;
    Ok(Claimed { parcels: parcels(run, taken, contents, now), put_off: deferrals.len(), since })
}

fn parcels(
    run: &Run<'_>,
    taken: Vec<Message>,
    contents: Vec<Content>,
    now: DateTime<Utc>,
) -> Vec<(Message, Option<Outgoing>)> {
    let mut contents: HashMap<MessageId, Content> =
        contents.into_iter().map(|content| (content.message_id, content)).collect();
    taken
        .into_iter()
        .map(|message| {
            let outgoing = contents
                .remove(&message.id)
                .map(|content| outgoing(run.environment, run.brand, &message, content, now));
            (message, outgoing)
        })
        .collect()
}

/// Hands claimed mails over, a few at a time, and writes what becomes of them in groups while others are on the wire.
pub(super) async fn deliver<R>(
    run: &mut Run<'_>,
    claimed: Claimed,
    record: impl Fn(Recorded) -> R,
    summary: &mut Summary,
) -> Result<(), Refused>
where
    R: Future<Output = Result<(), Refused>>,
{
    let (sender, mut receiver) = mpsc::channel(GROUP);
    let (transport, clock, since) = (run.transport.clone(), run.environment.clock().clone(), claimed.since);
    let sending = async {
        let attempts = futures::stream::iter(claimed.parcels).map(|(message, outgoing)| {
            let (transport, clock) = (transport.clone(), clock.clone());
            async move {
                let Some(outgoing) = outgoing else {
                    let reason = "The mail's text is missing.".to_owned();
                    let lost = mail::deliver::DeliveryError::Permanent { reason, recipient_fault: false };
                    return Outcome::of(message, Err(lost), clock.now());
                };
                if since.elapsed() > PATIENCE {
                    return Outcome::hand_back(message, clock.now());
                }
                let answer = transport.deliver(&outgoing).await;
                Outcome::of(message, answer, clock.now())
            }
        });
        let mut done = std::pin::pin!(attempts.buffer_unordered(LANES));
        while let Some(outcome) = done.next().await {
            if sender.send(outcome).await.is_err() {
                return;
            }
        }
        drop(sender);
    };
    let recording = async {
        let mut group = Vec::with_capacity(GROUP);
        while receiver.recv_many(&mut group, GROUP).await > 0 {
            for outcome in &group {
                run.judge(outcome);
                count(summary, outcome);
            }
            let outcomes = std::mem::take(&mut group);
            if let Err(error) = record(Recorded { outcomes, claimed_by: run.name.clone() }).await {
                // Nothing more may go out when it can't be written down.
                receiver.close();
                return Err(error);
            }
        }
        Ok(())
    };
    let ((), recorded) = tokio::join!(sending, recording);
    recorded
}

/// Outcomes of one run, to be written together.
pub(super) struct Recorded {
    pub outcomes: Vec<Outcome>,
    pub claimed_by: String,
}

fn count(summary: &mut Summary, outcome: &Outcome) {
    match outcome.end {
        End::Sent(_) => summary.sent += 1,
        End::Again(_) => summary.retried += 1,
        End::Refused { .. } => summary.failed += 1,
        End::Unclear(_) => summary.unclear += 1,
    }
}
