use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};

use super::{Hit, Recorded, Touched, record, refresh};
use crate::Environment;

/// Hits in one transaction. Each takes a lock or two of the few thousand that PostgreSQL has.
const LARGEST_BATCH: usize = 500;
/// Hits that may wait; beyond it requests wait to get in.
const QUEUE: usize = 20_000;
/// How long a request waits for its hit to be stored.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the end of the process waits for what is in line.
const LAST_PATIENCE: Duration = Duration::from_secs(20);
/// How often a batch is tried while the database is away: about a minute.
const TRIES: u32 = 12;
/// Tiers are worked out this long after a hit, so that a burst costs one refresh.
const SETTLE: Duration = Duration::from_millis(500);

/// Stores the hits of all requests together: whatever has come in while the last transaction was committing goes into
/// the next one. A request gets its answer once its hit is committed. Cheap to clone.
#[derive(Clone)]
pub struct Tracker(Arc<Shared>);

struct Shared {
    environment: Environment,
    queue: OnceLock<mpsc::Sender<Waiting>>,
    touched: Mutex<Touched>,
    has_touched: Notify,
    /// A batch has been taken out of the line and is not stored yet.
    writing: AtomicBool,
}

struct Waiting {
    hit: Hit,
    answer: oneshot::Sender<Recorded>,
}

impl Tracker {
    /// Starts nothing yet: the writers begin with the first hit.
    pub fn new(environment: Environment) -> Self {
        Self(Arc::new(Shared {
            environment,
            queue: OnceLock::new(),
            touched: Mutex::default(),
            has_touched: Notify::new(),
            writing: AtomicBool::new(false),
        }))
    }

    /// Stores a hit and returns once it is committed. `None`: the database did not answer in time; the hit stays in
    /// line and is stored when it does.
    pub async fn record(&self, hit: Hit) -> Option<Recorded> {
        let (answer, recorded) = oneshot::channel();
        let waiting = async {
            self.queue().send(Waiting { hit, answer }).await.ok()?;
            recorded.await.ok()
        };
        tokio::time::timeout(PATIENCE, waiting).await.ok().flatten()
    }

    /// Stores what is still in line, also hits whose requests have stopped waiting, and works out the tiers that are
    /// still to be worked out. The last thing before the process ends.
    pub async fn finish(&self) {
        if tokio::time::timeout(LAST_PATIENCE, self.idle()).await.is_err() {
            tracing::error!("hits are lost: the database did not take them before the end");
        }
        self.0.refresh_touched().await;
    }

    async fn idle(&self) {
        let Some(queue) = self.0.queue.get() else { return };
        let mut quiet = 0;
        // Twice: a batch is between the line and the count for a moment.
        while quiet < 2 {
            let busy = queue.capacity() < queue.max_capacity() || self.0.writing.load(Ordering::SeqCst);
            quiet = if busy { 0 } else { quiet + 1 };
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn queue(&self) -> mpsc::Sender<Waiting> {
        self.0
            .queue
            .get_or_init(|| {
                let (sender, receiver) = mpsc::channel(QUEUE);
                // One: with two, each transaction would hold half as many hits and cost as much.
                tokio::spawn(write(self.0.clone(), receiver));
                tokio::spawn(keep_tiers(self.0.clone()));
                sender
            })
            .clone()
    }
}

impl Shared {
    fn touched(&self) -> std::sync::MutexGuard<'_, Touched> {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn refresh_touched(&self) {
        let touched = std::mem::take(&mut *self.touched());
        if let Err(cause) = refresh(&self.environment, &touched).await {
            tracing::warn!(?cause, "engagement tiers wait for the daily scan");
        }
    }
}

async fn write(shared: Arc<Shared>, mut receiver: mpsc::Receiver<Waiting>) {
    loop {
        let mut batch = Vec::new();
        if receiver.recv_many(&mut batch, LARGEST_BATCH).await == 0 {
            return;
        }
        shared.writing.store(true, Ordering::SeqCst);
        let (hits, answers): (Vec<Hit>, Vec<_>) =
            batch.into_iter().map(|waiting| (waiting.hit, waiting.answer)).unzip();
        let stored = store(&shared.environment, &hits).await.map(|(recorded, touched)| {
            if !touched.is_empty() {
                shared.touched().merge(touched);
                shared.has_touched.notify_one();
            }
            recorded
        });
        shared.writing.store(false, Ordering::SeqCst);
        let Some(recorded) = stored else {
            continue;
        };
        for (answer, recorded) in answers.into_iter().zip(recorded) {
            // Whoever asked may have gone.
            let _ = answer.send(recorded);
        }
    }
}

/// Tries until the database takes the batch.
async fn store(environment: &Environment, hits: &[Hit]) -> Option<(Vec<Recorded>, Touched)> {
    for tried in 0..TRIES {
        match record(environment, hits).await {
            Ok(stored) => return Some(stored),
            Err(cause) => {
                tracing::warn!(%cause, hits = hits.len(), tried, "hits can't be stored yet");
                tokio::time::sleep(Duration::from_millis(100 << tried.min(6))).await;
            }
        }
    }
    tracing::error!(hits = hits.len(), "hits are lost: the database did not come back");
    None
}

async fn keep_tiers(shared: Arc<Shared>) {
    loop {
        shared.has_touched.notified().await;
        tokio::time::sleep(SETTLE).await;
        shared.refresh_touched().await;
    }
}
