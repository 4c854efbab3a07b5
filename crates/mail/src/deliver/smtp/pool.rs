use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use super::session;
use super::{SmtpSettings, Timeouts};
use crate::deliver::DeliveryError;

/// Providers allow few connections per account.
const MOST_CONNECTIONS: usize = 4;
/// Servers close idle connections after a minute or so; ours are gone before.
const LONGEST_IDLE: Duration = Duration::from_secs(20);
/// Servers end a connection after so many mails, usually 100.
const MOST_MAILS: u32 = 50;

/// Open connections to one account.
pub(super) struct Pool {
    settings: SmtpSettings,
    timeouts: Timeouts,
    authority: Option<Certificate>,
    idle: Mutex<Vec<Idle>>,
    permits: Semaphore,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
    mails: u32,
}

/// A connection in use. Dropped without [`Lease::give_back`], as when the caller gives up waiting, it is closed: its
/// dialogue may be half done.
pub(super) struct Lease<'pool> {
    connection: AsyncSmtpConnection,
    mails: u32,
    pool: &'pool Pool,
    _permit: SemaphorePermit<'pool>,
}

impl Pool {
    pub(super) fn new(settings: SmtpSettings, timeouts: Timeouts, authority: Option<Certificate>) -> Self {
        Self {
            settings,
            timeouts,
            authority,
            idle: Mutex::default(),
            permits: Semaphore::new(MOST_CONNECTIONS),
        }
    }

    pub(super) const fn timeouts(&self) -> &Timeouts {
        &self.timeouts
    }

    /// A connection that is signed in: an idle one that still answers, else a new one.
    pub(super) async fn lease(&self) -> Result<Lease<'_>, DeliveryError> {
        let permit = self.permits.acquire().await.map_err(|_| DeliveryError::Transient {
            reason: "the mail account is being closed".to_owned(),
            retry_after: None,
        })?;
        while let Some(mut idle) = self.pop_idle() {
            let alive = timeout(self.timeouts.command, idle.connection.test_connected()).await;
            if alive.unwrap_or(false) {
                return Ok(Lease {
                    connection: idle.connection,
                    mails: idle.mails,
                    pool: self,
                    _permit: permit,
                });
            }
        }
        let connection = session::open(&self.settings, &self.timeouts, self.authority.as_ref()).await?;
        Ok(Lease { connection, mails: 0, pool: self, _permit: permit })
    }

    fn pop_idle(&self) -> Option<Idle> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| idle.since.elapsed() < LONGEST_IDLE);
        idle.pop()
    }
}

impl Lease<'_> {
    pub(super) const fn connection(&mut self) -> &mut AsyncSmtpConnection {
        &mut self.connection
    }

    /// Keeps the connection for the next mail.
    pub(super) fn give_back(self) {
        let mails = self.mails + 1;
        if mails < MOST_MAILS {
            let idle = Idle { connection: self.connection, since: Instant::now(), mails };
            self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(idle);
        }
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").field("settings", &self.settings).finish_non_exhaustive()
    }
}
