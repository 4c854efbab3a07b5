//! The command line.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{guard, postgres, workspace::Workspace};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Overture.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the private PostgreSQL cluster alone and prints how to reach it.
    Db,
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
        Command::Db => postgres::command::serve(&workspace)?,
        Command::Guard => {}
    }
    Ok(ExitCode::SUCCESS)
}
