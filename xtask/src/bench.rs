//! `cargo xtask bench`.

use std::{path::PathBuf, process::Command};

use anyhow::Result;
use clap::Args;

use crate::{
    endings, guard::Guard, postgres::Postgres, process, progress, site::first_load, workspace::Workspace,
};

/// The profile of Cargo.toml and its folder below the target folder.
const PROFILE: &str = "measured";

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Small data, at most three minutes.
    #[arg(long)]
    quick: bool,
    /// Only these, separated by commas: board, column, move, search, pixel, click, scan, tick, send, parse, import.
    #[arg(long)]
    only: Option<String>,
    /// Where to write the figures as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

/// Builds the measurements optimised and runs them against the private cluster, which keeps what it commits.
///
/// # Errors
/// When something does not compile, PostgreSQL does not start, or a measurement fails.
pub fn bench(workspace: &Workspace, options: &Options) -> Result<()> {
    endings::listen()?;
    let mut guard = Guard::post()?;
    let mut build = workspace.cargo();
    build.args(["build", "--package", "bench", "--profile", PROFILE]);
    progress::step("Compiling the measurements, optimised", || process::finish(&mut build))?;
    let postgres = Postgres::ready(workspace, &mut guard)?;
    let mut bench = Command::new(workspace.target().join(PROFILE).join("bench"));
    bench.env("DATABASE_URL", &postgres.urls.owner);
    if options.quick {
        bench.arg("--quick");
    }
    if let Some(only) = &options.only {
        bench.args(["--only", only]);
    }
    if let Some(json) = &options.json {
        bench.arg("--json").arg(json);
    }
    progress::step("Measuring", || process::finish(&mut bench))?;
    let sizes = first_load::sizes(&workspace.site())?;
    match (sizes.first(), sizes.last()) {
        (Some((least, from)), Some((most, to))) => progress::note(&format!(
            "a first page takes {} kB of wasm ({least}) to {} kB ({most}), as brotli",
            from / 1000,
            to / 1000
        )),
        _ => progress::note("the size of the browser's half is known after `cargo xtask build`"),
    }
    Ok(())
}
