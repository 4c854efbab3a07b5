use std::collections::HashSet;

use chrono::{DateTime, Utc};
use database::mailboxes::{self, Lease, Mailbox};
use domain::mailing::read_again_from;
use mail::mailbox::{Fetched, Folder, Listed, MailboxError, Source};

use super::check::{Checked, LEASE};
use super::pass_over::{self, PassedOver};
use crate::replies::{Outcome, receive_raw};
use crate::{Environment, Refused};

/// Mails read in one look: a job ends, and the next look goes on.
const MOST: u64 = 2_000;
/// A mail at which reading has broken off so often is passed over, so that those behind it are heard.
const PATIENCE: i16 = 3;

/// Why reading ended early.
pub(super) enum Stop {
    /// Somebody else reads now, or the settings have changed.
    LeaseGone,
    Mailbox(MailboxError),
    System(Refused),
}

impl From<MailboxError> for Stop {
    fn from(error: MailboxError) -> Self {
        Self::Mailbox(error)
    }
}

impl From<database::QueryError> for Stop {
    fn from(error: database::QueryError) -> Self {
        Self::System(error.into())
    }
}

impl From<Refused> for Stop {
    fn from(error: Refused) -> Self {
        Self::System(error)
    }
}

/// One look into a mailbox.
pub(super) struct Reading<'a> {
    environment: &'a Environment,
    lease: Lease,
    mailbox: Mailbox,
    /// Mails of this look: where positions aren't unique, they are listed more than once.
    seen: HashSet<String>,
    backlog: i32,
    oldest: Option<DateTime<Utc>>,
    done: Checked,
}

impl<'a> Reading<'a> {
    pub fn new(environment: &'a Environment, lease: Lease, mailbox: Mailbox) -> Self {
        let (backlog, oldest) = (mailbox.backlog, mailbox.oldest_waiting_at);
        Self { environment, lease, mailbox, seen: HashSet::new(), backlog, oldest, done: Checked::default() }
    }

    /// What was done so far.
    pub const fn done(&self) -> Checked {
        self.done
    }

    /// Reads until nothing is left, or as much as one look reads.
    pub async fn run(&mut self, source: &mut dyn Source) -> Result<(), Stop> {
        let outcome = match self.settle(source.open().await?).await {
            Ok(()) => self.read(source).await,
            Err(stop) => Err(stop),
        };
        let noted = self.note_waiting().await;
        outcome.and(noted)
    }

    /// Makes sure that the position means something in this folder.
    async fn settle(&mut self, folder: Folder) -> Result<(), Stop> {
        let since = match self.mailbox.validity {
            Some(validity) if validity == folder.validity => return Ok(()),
            None => self.mailbox.read_since,
            Some(_) => {
                tracing::info!(brand = %self.lease.brand, "a mailbox was numbered anew: reading recent mail again");
                let now = self.environment.clock().now();
                read_again_from(self.mailbox.read_since, self.mailbox.checked_at, now)
            }
        };
        let mut scope = self.environment.database().brand(self.lease.brand).await?;
        if !mailboxes::known_folder(&mut scope, self.lease, folder.validity, since).await? {
            return Err(Stop::LeaseGone);
        }
        scope.commit().await?;
        self.mailbox.validity = Some(folder.validity);
        self.mailbox.position = 0;
        self.mailbox.read_since = since;
        Ok(())
    }

    async fn read(&mut self, source: &mut dyn Source) -> Result<(), Stop> {
        let mut left = MOST;
        loop {
            let listing = source.list(self.mailbox.position, self.mailbox.read_since).await?;
            let new: Vec<Listed> =
                listing.mails.into_iter().filter(|mail| !self.seen.contains(&mail.id)).collect();
            self.backlog = i32::try_from(listing.waiting).unwrap_or(i32::MAX);
            self.look_ahead(&new);
            if new.is_empty() {
                return Ok(());
            }
            self.note_waiting().await?;
            for (index, mail) in new.iter().enumerate() {
                if left == 0 || self.environment.is_stopping() {
                    return Ok(());
                }
                self.take(source, mail).await?;
                left -= 1;
                self.look_ahead(&new[index + 1..]);
            }
        }
    }

    /// Notes which mail is the oldest that waits.
    fn look_ahead(&mut self, rest: &[Listed]) {
        let position = self.mailbox.position;
        let waiting = rest.iter().filter(|mail| mail.position > position);
        self.oldest = waiting.filter_map(|mail| mail.arrived_at).min();
    }

    async fn note_waiting(&self) -> Result<(), Stop> {
        let mut scope = self.environment.database().brand(self.lease.brand).await?;
        if !mailboxes::waiting(&mut scope, self.lease, self.backlog.max(0), self.oldest).await? {
            return Err(Stop::LeaseGone);
        }
        Ok(scope.commit().await?)
    }

    /// Reads one mail, and moves on once it has been acted on.
    async fn take(&mut self, source: &mut dyn Source, mail: &Listed) -> Result<(), Stop> {
        let fetched = match source.fetch(mail).await {
            Ok(fetched) => fetched,
            Err(error) => return self.not_handed_over(mail, error).await,
        };
        match fetched {
            Fetched::Gone => {}
            Fetched::TooLarge { size, header } => {
                let reason = "It is larger than 10 MB. Answer it in the mailbox itself.";
                self.pass_over(&PassedOver { mail, raw: &header, size, is_whole: false, reason }).await?;
            }
            Fetched::Whole(raw) => self.act(mail, &raw).await?,
        }
        self.advance(mail).await
    }

    async fn act(&mut self, mail: &Listed, raw: &[u8]) -> Result<(), Stop> {
        let size = raw.len() as u64;
        match receive_raw(self.environment, self.lease.brand, raw).await {
            Ok(Outcome::Received(_)) => self.done.received += 1,
            Ok(Outcome::AlreadyReceived(_) | Outcome::OwnMail) => self.done.known += 1,
            Err(Refused::Invalid(why)) => {
                self.pass_over(&PassedOver { mail, raw, size, is_whole: true, reason: &why }).await?;
            }
            Err(cause) => {
                if !self.is_hopeless(mail).await? {
                    return Err(cause.into());
                }
                tracing::error!(brand = %self.lease.brand, error = ?cause, "a mail can't be stored; passing over it");
                let reason = "It could not be stored, several times; the log says why.";
                self.pass_over(&PassedOver { mail, raw, size, is_whole: true, reason }).await?;
            }
        }
        Ok(())
    }

    /// The connection is of no use any more. When the same mail has done this several times, the next look begins behind it.
    async fn not_handed_over(&mut self, mail: &Listed, error: MailboxError) -> Result<(), Stop> {
        if self.is_hopeless(mail).await? {
            let reason = format!("It could not be fetched, several times. {error}");
            let size = mail.size.unwrap_or_default();
            self.pass_over(&PassedOver { mail, raw: &[], size, is_whole: false, reason: &reason }).await?;
            self.advance(mail).await?;
        }
        Err(error.into())
    }

    /// Counts a failure at a mail, which shows too that the database is there. Whether it is time to give this mail up.
    async fn is_hopeless(&self, mail: &Listed) -> Result<bool, Stop> {
        let mut scope = self.environment.database().brand(self.lease.brand).await?;
        let times = mailboxes::stuck_at(&mut scope, self.lease, mail.position).await?;
        scope.commit().await?;
        times.map(|times| times >= PATIENCE).ok_or(Stop::LeaseGone)
    }

    async fn pass_over(&mut self, passed: &PassedOver<'_>) -> Result<(), Stop> {
        if pass_over::keep(self.environment, self.lease.brand, passed).await? {
            self.done.passed_over += 1;
        } else {
            self.done.known += 1;
        }
        Ok(())
    }

    async fn advance(&mut self, mail: &Listed) -> Result<(), Stop> {
        let until = self.environment.clock().now() + LEASE;
        let mut scope = self.environment.database().brand(self.lease.brand).await?;
        if !mailboxes::advance(&mut scope, self.lease, mail.position, mail.arrived_at, until).await? {
            return Err(Stop::LeaseGone);
        }
        scope.commit().await?;
        if mail.position > self.mailbox.position {
            self.mailbox.position = mail.position;
            self.backlog -= 1;
        }
        self.seen.insert(mail.id.clone());
        Ok(())
    }
}
