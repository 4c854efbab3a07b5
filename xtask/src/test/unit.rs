//! Unit and integration tests.

use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use anyhow::{Context, Result};

use super::{Bench, tally::Tally};
use crate::progress;

/// Runs `cargo test` against the cluster of this run.
pub(super) fn run(bench: &mut Bench) -> Result<(Tally, Option<String>)> {
    let database = bench.postgres()?.urls.database("postgres").owner;
    let mut cargo = bench.workspace.cargo();
    cargo
        .args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"])
        .env("OVERTURE_TEST_DATABASE_URL", database)
        .env_remove("DATABASE_URL")
        .env_remove("APP_DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    progress::step("Unit and integration tests", || {
        let mut child = cargo.spawn().context("cannot start cargo")?;
        let mut tally = Tally::default();
        let mut terminal = std::io::stdout().lock();
        for line in child
            .stdout
            .take()
            .into_iter()
            .flat_map(|output| BufReader::new(output).lines())
        {
            let line = line?;
            tally.add_line(&line);
            writeln!(terminal, "{line}")?;
        }
        let status = child.wait()?;
        let problem = (!status.success()).then(|| "unit and integration tests".to_owned());
        Ok((tally, problem))
    })
}
