//! Ctrl-C, SIGTERM and SIGHUP: remembered, so that everything can be stopped in order.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// From now on a signal to end is remembered instead of ending the process at once.
///
/// # Errors
/// When the handler cannot be installed.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| REQUESTED.store(true, Ordering::SeqCst)).context("cannot listen for Ctrl-C")
}

/// Whether somebody asked this process to end.
#[must_use]
pub fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// # Errors
/// When somebody asked this process to end.
pub fn check() -> Result<()> {
    ensure!(!requested(), "stopped");
    Ok(())
}

/// Asks `done` every few milliseconds until it says yes (true) or the patience is over (false).
#[must_use]
pub fn within(patience: Duration, mut done: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    loop {
        if done() {
            return true;
        }
        if start.elapsed() > patience {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
