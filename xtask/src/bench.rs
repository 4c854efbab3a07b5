//! `cargo xtask bench`.

use std::{path::PathBuf, process::Command};

use anyhow::{Result, ensure};
use clap::Args;

use crate::{endings, guard::Guard, postgres::Postgres, process, progress, workspace::Workspace};

/// The profile of Cargo.toml and its folder below the target folder.
const PROFILE: &str = "measured";
/// The browser's half, as `cargo xtask build` compresses it, below the static files.
const WASM: &str = "pkg";

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
    match compressed_wasm(workspace)? {
        Some(bytes) => progress::note(&format!("the browser's half is {} kB of brotli", bytes / 1000)),
        None => progress::note("the size of the browser's half is known after `cargo xtask build`"),
    }
    Ok(())
}

fn compressed_wasm(workspace: &Workspace) -> Result<Option<u64>> {
    let folder = workspace.site().join(WASM);
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut sizes = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(".wasm.br") {
            sizes.push(entry.metadata()?.len());
        }
    }
    ensure!(sizes.len() < 2, "there are several copies of the browser's half: run `cargo xtask build` again");
    Ok(sizes.first().copied())
}
