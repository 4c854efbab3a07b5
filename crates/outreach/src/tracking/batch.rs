use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use database::event::HitInLine;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};

use super::line::{judge_line, line_up};
use super::{Hit, refresh};
use crate::Environment;

/// Hits stored in one transaction.
const LARGEST_BATCH: usize = 500;
/// Hits that may wait; beyond it requests wait to get in.
const QUEUE: usize = 20_000;
/// How long a request waits for its hit to be stored.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the end of the process waits for what is in memory.
const LAST_PATIENCE: Duration = Duration::from_secs(20);
/// How often a batch is tried while the database is away: about a minute.
const TRIES: u32 = 12;
/// Between two rounds of judging, so that a burst costs few of them: one by one, a hit costs five times as much.
const PAUSE: Duration = Duration::from_millis(500);

/// Stores the hits of all requests together: whatever has come in while the last transaction was committing goes into
/// the next one. A request gets its answer once its hit is committed; judging follows. Cheap to clone.
#[derive(Clone)]
pub struct Tracker(Arc<Shared>);

struct Shared {
    environment: Environment,
    queue: OnceLock<mpsc::Sender<Waiting>>,
    has_line: Notify,
    /// A batch has been taken out of the queue and is not stored yet.
    writing: AtomicBool,
    /// Held while judging: who waits for it finds all judged that was in line before.
    judging: Mutex<()>,
}

struct Waiting {
    hit: HitInLine,
    kept: oneshot::Sender<Kept>,
}

/// A hit that is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where the link leads; `None` for pixels and for links the mail doesn't have.
    pub target: Option<String>,
}

impl Tracker {
    /// Starts nothing yet: that is for the first hit, or [`Tracker::start`].
    pub fn new(environment: Environment) -> Self {
        Self(Arc::new(Shared {
            environment,
            queue: OnceLock::new(),
            has_line: Notify::new(),
            writing: AtomicBool::new(false),
            judging: Mutex::default(),
        }))
    }

    /// Judges what an earlier process stored and did not get to.
    pub fn start(&self) {
        self.queue();
        self.0.has_line.notify_one();
    }

    /// Stores a hit and returns once it is committed. `None`: the database did not answer in time; the hit stays in
    /// memory and is stored when it does.
    pub async fn keep(&self, hit: Hit) -> Option<Kept> {
        let (answer, kept) = oneshot::channel();
        let waiting = async {
            self.queue().send(Waiting { hit: hit.into(), kept: answer }).await.ok()?;
            kept.await.ok()
        };
        tokio::time::timeout(PATIENCE, waiting).await.ok().flatten()
    }

    /// Stores what is still in memory, also hits whose requests have stopped waiting, and judges what is in line. The last
    /// thing before the process ends; what it does not get to, the next one judges.
    pub async fn finish(&self) {
        if tokio::time::timeout(LAST_PATIENCE, self.stored()).await.is_err() {
            tracing::error!("hits are lost: the database did not take them before the end");
        }
        let judged = async { while self.0.judge().await {} };
        if tokio::time::timeout(LAST_PATIENCE, judged).await.is_err() {
            tracing::info!("hits stay in line for the next process");
        }
    }

    async fn stored(&self) {
        let Some(queue) = self.0.queue.get() else { return };
        let mut quiet = 0;
        // Twice: a batch is between the queue and the flag for a moment.
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
                tokio::spawn(judge(self.0.clone()));
                sender
            })
            .clone()
    }
}

impl Shared {
    /// Judges the oldest hits in line, then works out the tiers of the deals they touch. Whether more are in line.
    async fn judge(&self) -> bool {
        let _turn = self.judging.lock().await;
        let judged = match judge_line(&self.environment).await {
            Ok(judged) => judged,
            Err(cause) => {
                tracing::warn!(%cause, "hits stay in line to be judged");
                self.has_line.notify_one();
                return false;
            }
        };
        if let Err(cause) = refresh(&self.environment, &judged.touched).await {
            tracing::warn!(?cause, "engagement tiers wait for the daily scan");
        }
        judged.more
    }
}

async fn write(shared: Arc<Shared>, mut receiver: mpsc::Receiver<Waiting>) {
    loop {
        let mut batch = Vec::new();
        if receiver.recv_many(&mut batch, LARGEST_BATCH).await == 0 {
            return;
        }
        shared.writing.store(true, Ordering::SeqCst);
        let (hits, waiting): (Vec<HitInLine>, Vec<_>) =
            batch.into_iter().map(|waiting| (waiting.hit, waiting.kept)).unzip();
        let targets = store(&shared.environment, &hits).await;
        shared.writing.store(false, Ordering::SeqCst);
        let Some(targets) = targets else {
            continue;
        };
        shared.has_line.notify_one();
        for (waiting, target) in waiting.into_iter().zip(targets) {
            // Whoever asked may have gone.
            let _ = waiting.send(Kept { target });
        }
    }
}

/// Tries until the database takes the batch.
async fn store(environment: &Environment, hits: &[HitInLine]) -> Option<Vec<Option<String>>> {
    for tried in 0..TRIES {
        match line_up(environment, hits).await {
            Ok(targets) => return Some(targets),
            Err(cause) => {
                tracing::warn!(%cause, hits = hits.len(), tried, "hits can't be stored yet");
                tokio::time::sleep(Duration::from_millis(100 << tried.min(6))).await;
            }
        }
    }
    tracing::error!(hits = hits.len(), "hits are lost: the database did not come back");
    None
}

async fn judge(shared: Arc<Shared>) {
    loop {
        shared.has_line.notified().await;
        while shared.judge().await {}
        tokio::time::sleep(PAUSE).await;
    }
}
