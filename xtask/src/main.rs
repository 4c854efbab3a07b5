//! `cargo xtask`: builds, runs, tests and photographs Overture.

mod bench;
mod build;
mod cli;
mod compile;
mod demo;
mod dev;
mod endings;
mod front;
mod guard;
mod node;
mod port;
mod postgres;
mod process;
mod progress;
mod run;
mod screenshots;
mod secret;
mod site;
mod test;
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
