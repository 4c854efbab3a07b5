//! The command line.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{
    bench, build, dev,
    front::{self, Profile},
    guard, postgres, run, screenshots, site, test,
    workspace::Workspace,
};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Overture.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sets everything up and starts Overture with its demo data.
    Run,
    /// As `run`, and builds again and restarts whenever a file changes.
    Dev,
    /// Formatting, lints, structure, unit and integration tests, and the browser journey.
    Test(test::Options),
    /// Builds the optimised server, worker and browser artefacts.
    Build,
    /// Builds the browser's half only.
    Wasm {
        /// As small as it gets, with the sizes.
        #[arg(long)]
        release: bool,
    },
    /// Measures Overture against what it has to reach, beside the floor of the machine.
    Bench(bench::Options),
    /// Starts the private PostgreSQL cluster alone and prints how to reach it.
    Db,
    /// Writes docs/screenshots from a fresh demo.
    Screenshots,
    /// Stops what `run` leaves behind when it is killed; started by `run` itself.
    #[command(hide = true)]
    Guard,
}

/// Reads the command line and carries it out.
///
/// # Errors
/// Whatever stopped the command, in one line for the person at the terminal.
pub fn dispatch() -> Result<ExitCode> {
    let command = Cli::parse().command;
    if let Command::Guard = command {
        return guard::watch().map(|()| ExitCode::SUCCESS);
    }
    let workspace = Workspace::find();
    match command {
        Command::Run => run::run(&workspace)?,
        Command::Dev => dev::dev(&workspace)?,
        Command::Test(options) => return test::test(&workspace, &options),
        Command::Build => build::build(&workspace)?,
        Command::Wasm { release: true } => {
            build::static_files(&workspace, &front::build(&workspace, Profile::Release)?)?
        }
        Command::Wasm { release: false } => {
            site::assemble(&workspace, &front::build(&workspace, Profile::Quick)?)?;
        }
        Command::Bench(options) => bench::bench(&workspace, &options)?,
        Command::Db => postgres::command::serve(&workspace)?,
        Command::Screenshots => screenshots::take(&workspace)?,
        Command::Guard => {}
    }
    Ok(ExitCode::SUCCESS)
}
