use chrono::TimeDelta;
use database::mailboxes::{self, Lease};
use domain::BrandId;
use mail::mailbox::MailboxError;
use serde::{Deserialize, Serialize};

use super::account;
use super::reading::{Reading, Stop};
use crate::{Environment, Refused};

/// Longer than the longest step of a reader, which renews it after each mail.
pub(super) const LEASE: TimeDelta = TimeDelta::minutes(5);

/// What looks into mailboxes came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Mailboxes that were looked into.
    pub mailboxes: u64,
    /// Mails that were new.
    pub received: u64,
    /// Mails that were known already, or our own.
    pub known: u64,
    /// Mails kept for a person.
    pub passed_over: u64,
    /// Mailboxes that can't be read.
    pub failing: u64,
    /// Mailboxes that somebody else is reading.
    pub busy: u64,
}

impl Checked {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            mailboxes: self.mailboxes + other.mailboxes,
            received: self.received + other.received,
            known: self.known + other.known,
            passed_over: self.passed_over + other.passed_over,
            failing: self.failing + other.failing,
            busy: self.busy + other.busy,
        }
    }
}

/// Reads what is new in a brand's mailbox and acts on it. Does nothing while somebody else does.
///
/// A mailbox that can't be read is no error of this call: its row says what is wrong.
///
/// # Errors
/// When the database fails; nothing is lost then, and the next look goes on where this one stopped.
pub async fn check(environment: &Environment, brand: BrandId) -> Result<Checked, Refused> {
    let clock = environment.clock();
    let lease = Lease { brand, by: clock.new_id() };
    let now = clock.now();
    let mut scope = environment.database().brand(brand).await?;
    let Some(mailbox) = mailboxes::claim(&mut scope, lease, now, now + LEASE).await? else {
        let there = mailboxes::of_brand(&mut scope, brand).await?;
        let busy = u64::from(there.is_some_and(|mailbox| mailbox.enabled));
        return Ok(Checked { busy, ..Checked::default() });
    };
    let source = account::source(environment, &mut scope, &mailbox).await?;
    // The claim holds before anything is read.
    scope.commit().await?;

    let mut reading = Reading::new(environment, lease, mailbox);
    let outcome = match source {
        Ok(mut source) => {
            let outcome = reading.run(source.as_mut()).await;
            source.close().await;
            outcome
        }
        Err(error) => Err(Stop::Mailbox(error)),
    };
    let checked = Checked { mailboxes: 1, ..reading.done() };
    match outcome {
        Ok(()) => end(environment, lease, None).await?,
        // Whoever holds the lease now goes on, or the mailbox is another one.
        Err(Stop::LeaseGone) => {}
        Err(Stop::Mailbox(error)) => {
            end(environment, lease, Some(&error)).await?;
            return Ok(Checked { failing: 1, ..checked });
        }
        Err(Stop::System(cause)) => {
            // If the database is away, the lease runs out by itself.
            let _ = give_back(environment, lease).await;
            return Err(cause);
        }
    }
    Ok(checked)
}

async fn end(environment: &Environment, lease: Lease, error: Option<&MailboxError>) -> Result<(), Refused> {
    let words = error.map(ToString::to_string);
    if let Some(words) = &words {
        tracing::warn!(brand = %lease.brand, error = words, "a mailbox can't be read");
    }
    let mut scope = environment.database().brand(lease.brand).await?;
    mailboxes::finish(&mut scope, lease, words.as_deref(), environment.clock().now()).await?;
    Ok(scope.commit().await?)
}

async fn give_back(environment: &Environment, lease: Lease) -> Result<(), Refused> {
    const WORDS: &str =
        "A mail could not be stored. Nothing is lost: it is read again next time, and the log says why.";
    let mut scope = environment.database().brand(lease.brand).await?;
    mailboxes::finish(&mut scope, lease, Some(WORDS), environment.clock().now()).await?;
    Ok(scope.commit().await?)
}
