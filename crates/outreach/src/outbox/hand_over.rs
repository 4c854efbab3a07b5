use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use database::brand::Brand;
use database::message::{self, Candidate, Content, Deferral, Message};
use domain::MessageId;
use domain::mailing::{MessageState, Release, ReleaseDeal, ReleaseFacts, Room, Sent, release};
use futures::StreamExt;
use mail::deliver::Transport;
use mail::message::{Mailbox, Outgoing};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::Summary;
use super::outcome::{End, Outcome};
use crate::autopilot::caps_of;
use crate::compose::Links;
use crate::office::Office;
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
    let mut room = room(&mut transaction, brand, now).await?;
    let (mut taken, mut deferrals, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for candidate in candidates {
        let deferral =
            |state, at, reason| Deferral { message: candidate.message.id, state, scheduled_for: at, reason };
        match last_look(brand, &candidate, &mut room, now) {
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
    message::defer(&mut transaction, &deferrals, None).await?;
    let words = "A mail was held back: the autopilot looks again.";
    database::autopilot::look_again(&mut transaction, &again, now, words).await?;
    let ids: Vec<MessageId> = taken.iter().map(|message| message.id).collect();
    message::claim(&mut transaction, &ids, &run.name, now).await?;
    let contents = message::contents(&mut transaction, &ids).await?;
    transaction.commit().await?;
    Ok(Claimed { parcels: parcels(run, taken, contents, now), put_off: deferrals.len(), since })
}

async fn room(connection: &mut Connection, brand: &Brand, now: DateTime<Utc>) -> Result<Room, Refused> {
    let office = Office::of(brand);
    let day_start = office.day_start(now);
    let lately = message::handed_over(connection, brand.id, now - TimeDelta::hours(1), day_start).await?;
    let sending_days = match brand.warmup_started_on {
        Some(from) => {
            let today = now.with_timezone(&office.zone).date_naive();
            database::autopilot::sending_days(connection, brand.id, from, today).await?
        }
        None => 0,
    };
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let sent = Sent {
        hour: number(lately.hour),
        oldest_in_hour: lately.oldest_in_hour,
        day: number(lately.day),
        sending_days,
    };
    Ok(Room::under(&caps_of(brand), &sent, now, day_start))
}

fn last_look(brand: &Brand, candidate: &Candidate, room: &mut Room, now: DateTime<Utc>) -> Release {
    let mail = &candidate.message;
    let facts = ReleaseFacts {
        now,
        suppressed: candidate.suppressed,
        contact_status: candidate.contact.status,
        consent: candidate.contact.consent_basis,
        by_hand: mail.created_by.is_some(),
        deal: candidate.deal.map(|(status, visit, mode)| ReleaseDeal {
            status,
            mode,
            same_visit: mail.stage_visit.is_none_or(|written_for| written_for == visit),
        }),
        has_postal_address: !brand.postal_address.trim().is_empty(),
        opening: Office::of_contact(brand, &candidate.contact).next_open(now),
        full_until: None,
    };
    match release(&facts) {
        // The caps are asked last, so that only a mail that would go takes a place.
        Release::Go => release(&ReleaseFacts { full_until: room.take(), ..facts }),
        held => held,
    }
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
            let outgoing = contents.remove(&message.id).map(|content| outgoing(run, &message, content, now));
            (message, outgoing)
        })
        .collect()
}

fn outgoing(run: &Run<'_>, message: &Message, content: Content, now: DateTime<Utc>) -> Outgoing {
    let (environment, brand) = (run.environment, run.brand);
    let unsubscribe = Links { environment, brand, message: message.id }.unsubscribe();
    let campaign = message.template_key.as_deref().unwrap_or("mail");
    Outgoing {
        message_id: message.message_id.clone(),
        from: Mailbox::new(content.from_name, content.from_email),
        reply_to: content.reply_to.map(|address| Mailbox::new(String::new(), address)),
        to: Mailbox::new(message.to_name.clone(), message.to_email.clone()),
        subject: message.subject.clone(),
        html: content.html,
        text: content.body_text,
        in_reply_to: message.in_reply_to.clone(),
        references: content
            .references_header
            .map(|ids| ids.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default(),
        list_unsubscribe_url: Some(unsubscribe),
        list_unsubscribe_mailto: None,
        feedback_id: Some(format!("{campaign}:{}:outreach:overture", brand.slug)),
        auto_submitted: message.created_by.is_none(),
        return_path: None,
        date: now,
    }
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
