use std::sync::Arc;

use chrono::TimeDelta;
use database::brand::Brand;
use mail::deliver::Transport;
use serde::{Deserialize, Serialize};

use super::hand_over::{self, Run};
use super::{record, unclear};
use crate::transports::StoredAccount;
use crate::{Environment, Refused};

/// A claim this old belongs to a worker that is gone. Longer than the slowest dialogue with a mail server.
const LEASE: TimeDelta = TimeDelta::minutes(20);

/// What became of the mails that were due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub sent: u64,
    /// Not taken now; tried again later.
    pub retried: u64,
    /// Refused for good.
    pub failed: u64,
    /// Perhaps taken: a person decides.
    pub unclear: u64,
    /// Forbidden since they were written.
    pub blocked: u64,
    /// Not wanted any more.
    pub cancelled: u64,
    /// Put off, for office hours or a cap.
    pub postponed: u64,
    /// Why a whole brand can't send, in words.
    pub problems: Vec<String>,
}

impl std::ops::AddAssign for Summary {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.retried += other.retried;
        self.failed += other.failed;
        self.unclear += other.unclear;
        self.blocked += other.blocked;
        self.cancelled += other.cancelled;
        self.postponed += other.postponed;
        self.problems.extend(other.problems);
    }
}

/// Hands over every mail that is due, of every brand. Any number of workers may call it at once.
///
/// # Errors
/// When the database can't be reached. What was recorded before stays; a mail in the hands of the provider at that
/// moment becomes unclear once its claim has run out.
pub async fn deliver_due(environment: &Environment) -> Result<Summary, Refused> {
    let brands = {
        let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
        database::brand::all(&mut connection).await?
    };
    let mut summary = Summary::default();
    for brand in brands {
        summary += deliver_brand(environment, &brand).await?;
    }
    Ok(summary)
}

/// The same for one brand.
///
/// # Errors
/// As [`deliver_due`].
pub async fn deliver_brand(environment: &Environment, brand: &Brand) -> Result<Summary, Refused> {
    let mut summary = Summary::default();
    let Some(transport) = prepare(environment, brand, &mut summary).await? else {
        return Ok(summary);
    };
    let mut run = Run::new(environment, brand, transport);
    loop {
        let batch = hand_over::claim(&run, &mut summary).await?;
        if batch.is_finished() {
            return Ok(summary);
        }
        hand_over::deliver(
            &mut run,
            batch,
            |outcomes| record::outcomes(environment, brand, outcomes),
            &mut summary,
        )
        .await?;
        if run.provider_is_down() || environment.is_stopping() {
            return Ok(summary);
        }
    }
}

/// Gives up claims of workers that are gone, and finds the brand's transport if there is anything to send.
async fn prepare(
    environment: &Environment,
    brand: &Brand,
    summary: &mut Summary,
) -> Result<Option<Arc<dyn Transport>>, Refused> {
    let now = environment.clock().now();
    let mut transaction = environment.database().brand(brand.id).await?;
    if !database::message::anything_to_do(&mut transaction, brand.id, now).await? {
        return Ok(None);
    }
    let words = "The worker stopped while the mail was being handed over.";
    let lost = database::message::give_up_claims(&mut transaction, brand.id, now - LEASE, words).await?;
    unclear::hold(&mut transaction, &lost, now).await?;
    summary.unclear += lost.len() as u64;
    let account = StoredAccount::load(&mut transaction, brand.id).await?;
    let transport = match environment.transports().for_brand(environment, brand, account.as_ref()) {
        Ok(transport) => Some(transport),
        Err(reason) => {
            let reason = reason.to_string();
            tracing::warn!(brand = %brand.slug, %reason, "mails wait");
            database::message::explain_due(&mut transaction, brand.id, now, &reason).await?;
            summary.problems.push(reason);
            None
        }
    };
    transaction.commit().await?;
    Ok(transport)
}
