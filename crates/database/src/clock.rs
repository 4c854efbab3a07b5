//! The one place where time and randomness come from.
//!
//! Production reads the machine's clock and can't be told otherwise. Tests freeze it; the demo runs ahead of it by an
//! offset that all its processes read from the table `demo_clock`.
#![expect(clippy::disallowed_methods, reason = "this is the clock module the lint points to")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::demo_clock;

/// Tells the time, and makes ids that sort by it.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
enum Source {
    System,
    /// Microseconds since the epoch.
    Frozen(AtomicI64),
    /// Seconds ahead of the machine's clock.
    Demo(AtomicI64),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Arc::new(Source::System))
    }

    /// A clock that stands still until [`Clock::set`].
    pub fn frozen(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Source::Frozen(AtomicI64::new(at.timestamp_micros()))))
    }

    /// The demo's clock. Starts at the machine's time; [`Clock::refresh`] reads the shared offset.
    pub fn demo() -> Self {
        Self(Arc::new(Source::Demo(AtomicI64::new(0))))
    }

    /// Whether this is the demo's clock, the only one a person may move.
    pub fn is_demo(&self) -> bool {
        matches!(*self.0, Source::Demo(_))
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        match &*self.0 {
            Source::System => Utc::now(),
            Source::Frozen(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
            }
            Source::Demo(seconds) => Utc::now() + TimeDelta::seconds(seconds.load(Ordering::SeqCst)),
        }
    }

    /// Moves a frozen clock. Does nothing to any other.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Source::Frozen(micros) = &*self.0 {
            micros.store(at.timestamp_micros(), Ordering::SeqCst);
        }
    }

    /// Takes over the demo's shared offset. Does nothing to any other clock.
    pub async fn refresh(&self, connection: &mut AsyncPgConnection) -> QueryResult<()> {
        if let Source::Demo(seconds) = &*self.0 {
            let offset = demo_clock::table
                .select(demo_clock::offset_seconds)
                .first::<i64>(connection)
                .await
                .optional()?;
            seconds.store(offset.unwrap_or(0), Ordering::SeqCst);
        }
        Ok(())
    }

    /// Moves the demo's clock, for every process, so that it shows `at`. Never back, and only the demo's.
    pub async fn advance_to(&self, connection: &mut AsyncPgConnection, at: DateTime<Utc>) -> QueryResult<()> {
        if let Source::Demo(seconds) = &*self.0 {
            let offset = (at - Utc::now()).num_seconds().max(seconds.load(Ordering::SeqCst)).max(0);
            diesel::insert_into(demo_clock::table)
                .values((demo_clock::only_row.eq(true), demo_clock::offset_seconds.eq(offset)))
                .on_conflict(demo_clock::only_row)
                .do_update()
                .set(demo_clock::offset_seconds.eq(offset))
                .execute(connection)
                .await?;
            seconds.store(offset, Ordering::SeqCst);
        }
        Ok(())
    }

    /// A new UUIDv7 of this clock's present.
    pub fn new_id(&self) -> Uuid {
        let now = self.now();
        let context = uuid::NoContext;
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(context, seconds, now.timestamp_subsec_nanos()))
    }
}

/// Bytes nobody can guess, from the operating system.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
