//! Latencies of one piece of work under a fixed number of clients.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use anyhow::Result;

/// Sorted latencies, and how long all of it took.
#[derive(Debug, Clone, Default)]
pub struct Latencies {
    sorted: Vec<Duration>,
    wall: Duration,
}

impl Latencies {
    fn new(mut latencies: Vec<Duration>, wall: Duration) -> Self {
        latencies.sort_unstable();
        Self { sorted: latencies, wall }
    }

    /// The latency that this share (0–1) of the requests stay within, in milliseconds (nearest rank).
    pub fn quantile_ms(&self, share: f64) -> f64 {
        let rank = (share * self.sorted.len() as f64).ceil().max(1.0) as usize - 1;
        self.sorted.get(rank).map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0)
    }

    /// Requests a second, all clients together.
    pub fn rate(&self) -> f64 {
        self.sorted.len() as f64 / self.wall.as_secs_f64().max(f64::EPSILON)
    }
}

/// Pieces of each client that don't count: a server that has just started plans its statements, once a connection.
const WARM_UP: usize = 4;

/// Does `count` pieces of work with `clients` at once; each client keeps what `connect` gave it. Of each the first few
/// are left out.
///
/// # Errors
/// The first piece that fails ends the measurement.
pub async fn under_load<Client, Connecting, Working>(
    clients: usize,
    count: usize,
    connect: impl Fn() -> Connecting,
    work: impl Fn(Client, usize) -> Working + Clone + Send + 'static,
) -> Result<Latencies>
where
    Client: Send + 'static,
    Connecting: Future<Output = Result<Client>>,
    Working: Future<Output = Result<Client>> + Send + 'static,
{
    let next = Arc::new(AtomicUsize::new(0));
    let mut ready = Vec::with_capacity(clients);
    for _ in 0..clients {
        ready.push(connect().await?);
    }
    let warm = (clients * WARM_UP).min(count / 2);
    let start = Arc::new(OnceLock::new());
    let tasks: Vec<_> = ready
        .into_iter()
        .map(|mut client| {
            let (next, work, start) = (next.clone(), work.clone(), start.clone());
            tokio::spawn(async move {
                let mut latencies = Vec::new();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return anyhow::Ok(latencies);
                    }
                    let begun = Instant::now();
                    if index >= warm {
                        start.get_or_init(|| begun);
                    }
                    client = work(client, index).await?;
                    if index >= warm {
                        latencies.push(begun.elapsed());
                    }
                }
            })
        })
        .collect();
    let mut latencies = Vec::with_capacity(count);
    for task in tasks {
        latencies.extend(task.await??);
    }
    let wall = start.get().map(Instant::elapsed).unwrap_or_default();
    Ok(Latencies::new(latencies, wall))
}

/// Most memory this process has ever held, in megabytes (`VmHWM`, Linux only).
pub fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let latencies =
            Latencies::new((1..=100).rev().map(Duration::from_millis).collect(), Duration::from_secs(1));
        for (share, expected) in [(0.0, 1.0), (0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0)] {
            assert!((latencies.quantile_ms(share) - expected).abs() < 1e-9, "{share}");
        }
        assert!((latencies.rate() - 100.0).abs() < 1e-9);
    }
}
