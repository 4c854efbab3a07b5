//! `cargo xtask test`.

mod browser;
mod chromium;
mod dovecot;
mod lint;
mod structure;
mod tally;
mod unit;

use std::{process::ExitCode, time::Instant};

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{endings, guard::Guard, postgres::Postgres, progress, workspace::Workspace};
use tally::Tally;

pub use browser::playwright;

/// The product, and apart from it this program, so that their dependencies do not mix their features.
const SELECTIONS: [&[&str]; 2] = [&[], &["--package", "xtask"]];

/// What to check.
#[derive(Args)]
pub struct Options {
    /// Only these steps, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Step>,
}

/// A part of the whole.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Formatting.
    Fmt,
    /// The crates' arrows, banned packages, bare text areas.
    Structure,
    /// Lints of the native and the browser's code, warnings denied.
    Clippy,
    /// Unit and integration tests against a real PostgreSQL.
    Unit,
    /// The journey through the pages in Chromium.
    E2e,
}

/// What the steps share.
struct Bench<'a> {
    workspace: &'a Workspace,
    guard: Guard,
    postgres: Option<Postgres>,
}

impl Bench<'_> {
    /// The cluster of this run, started when a step first needs it.
    fn postgres(&mut self) -> Result<&Postgres> {
        if self.postgres.is_none() {
            self.postgres = Some(Postgres::scratch(self.workspace, &mut self.guard)?);
        }
        self.postgres.as_ref().ok_or_else(|| anyhow::anyhow!("the cluster is gone"))
    }
}

/// Runs the steps, each even when an earlier one failed, and closes with the sum of their counts.
///
/// # Errors
/// When the run cannot begin.
pub fn test(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    endings::listen()?;
    let start = Instant::now();
    let mut bench = Bench { workspace, guard: Guard::post()?, postgres: None };
    let mut total = Tally::default();
    let mut failures = Vec::new();
    for step in Step::value_variants() {
        if endings::requested() || !(options.only.is_empty() || options.only.contains(step)) {
            continue;
        }
        let (tally, problem) = match step {
            Step::Fmt => Tally::of_check(lint::format(workspace)),
            Step::Structure => Tally::of_check(structure::check(workspace)),
            Step::Clippy => Tally::of_check(lint::clippy(workspace)),
            Step::Unit => Tally::of_tests(unit::run(&mut bench)),
            Step::E2e => Tally::of_tests(browser::run(&mut bench)),
        };
        total += tally;
        if let Some(problem) = problem {
            progress::failure(&problem);
            failures.push(problem);
        }
    }
    drop(bench);
    println!("\nTests took {}.", progress::seconds(start.elapsed()));
    for problem in &failures {
        println!("Failed: {}", problem.lines().next().unwrap_or_default());
    }
    if endings::requested() {
        println!("Stopped before the end.");
    }
    println!("{total}");
    let good = total.failed == 0 && failures.is_empty() && !endings::requested();
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
