//! `cargo xtask`: builds, runs, tests and photographs Overture.

mod cli;
mod endings;
mod guard;
mod node;
mod port;
mod postgres;
mod process;
mod progress;
mod secret;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::dispatch() {
        Ok(code) => code,
        Err(error) => {
            progress::failure(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
