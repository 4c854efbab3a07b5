//! Lines for the person at the terminal, with timings.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Prints what is being done, does it, and prints how long it took.
///
/// # Errors
/// The error of `work`.
pub fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    eprintln!("  … {title}");
    let result = work()?;
    eprintln!("  ✓ {title} ({})", seconds(start.elapsed()));
    Ok(result)
}

/// Prints a fact worth knowing.
pub fn note(text: &str) {
    eprintln!("    {text}");
}

/// Prints what went wrong without having stopped anything.
pub fn warning(text: &str) {
    eprintln!("  ! {text}");
}

/// Prints what stopped the command.
pub fn failure(text: &str) {
    eprintln!("  ✗ {text}");
}

/// Seconds with one decimal, or minutes and seconds.
#[must_use]
pub fn seconds(elapsed: Duration) -> String {
    let whole = elapsed.as_secs();
    if whole >= 60 {
        format!("{} min {} s", whole / 60, whole % 60)
    } else {
        format!("{:.1} s", elapsed.as_secs_f64())
    }
}
