//! A transport for tests: remembers every mail and fails as told.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::{Accepted, DeliveryError, Transport};
use crate::message::Outgoing;

/// What happens to one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Taken.
    Accept,
    /// Not taken.
    Fail(DeliveryError),
    /// Taken, but the caller hears that it isn't known: the connection broke after the content.
    AcceptThenFail(DeliveryError),
    /// The call never returns, as when the process is killed while it waits.
    Hang,
}

/// Remembers mails in memory. Accepts everything unless told otherwise.
#[derive(Debug)]
pub struct Recording {
    state: Mutex<State>,
    attempts: watch::Sender<usize>,
}

#[derive(Debug, Default)]
struct State {
    accepted: Vec<Outgoing>,
    script: VecDeque<Outcome>,
    by_recipient: Vec<(String, Outcome)>,
}

impl Recording {
    /// Accepts everything.
    pub fn new() -> Self {
        Self { state: Mutex::default(), attempts: watch::Sender::new(0) }
    }

    /// Appends what happens to the next attempts, one each; afterwards everything is accepted again.
    pub fn script(&self, outcomes: impl IntoIterator<Item = Outcome>) {
        self.state().script.extend(outcomes);
    }

    /// What happens to every mail to this address, whatever the script says.
    pub fn always(&self, recipient: &str, outcome: Outcome) {
        self.state().by_recipient.push((recipient.to_lowercase(), outcome));
    }

    /// Takes back every [`Self::always`]: the provider has recovered.
    pub fn recover(&self) {
        self.state().by_recipient.clear();
    }

    /// The mails taken so far, in order.
    pub fn accepted(&self) -> Vec<Outgoing> {
        self.state().accepted.clone()
    }

    /// The mails taken so far for one address, in order.
    pub fn accepted_for(&self, recipient: &str) -> Vec<Outgoing> {
        let mut mails = self.accepted();
        mails.retain(|mail| mail.to.address.eq_ignore_ascii_case(recipient));
        mails
    }

    /// How many times delivery has been tried.
    pub fn attempts(&self) -> usize {
        *self.attempts.borrow()
    }

    /// Waits until delivery has been tried so many times: the way to know that a hanging attempt has begun.
    pub async fn reach_attempts(&self, count: usize) {
        // The sender lives as long as `self`, so waiting can't fail.
        let _ = self.attempts.subscribe().wait_for(|attempts| *attempts >= count).await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, mail: &Outgoing) -> Outcome {
        let mut state = self.state();
        let recipient = mail.to.address.to_lowercase();
        let fixed = state.by_recipient.iter().find(|(address, _)| *address == recipient);
        let outcome = match fixed {
            Some((_, outcome)) => outcome.clone(),
            None => state.script.pop_front().unwrap_or(Outcome::Accept),
        };
        match outcome {
            Outcome::Accept | Outcome::AcceptThenFail(_) => state.accepted.push(mail.clone()),
            Outcome::Fail(_) | Outcome::Hang => {}
        }
        outcome
    }
}

impl Default for Recording {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait::async_trait]
impl Transport for Recording {
    async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError> {
        mail.to_message()?;
        let outcome = self.next(mail);
        self.attempts.send_modify(|attempts| *attempts += 1);
        match outcome {
            Outcome::Accept => {
                Ok(Accepted { provider_id: format!("recorded-{}", mail.message_id.trim_matches(['<', '>'])) })
            }
            Outcome::Fail(error) | Outcome::AcceptThenFail(error) => Err(error),
            Outcome::Hang => std::future::pending().await,
        }
    }
}
