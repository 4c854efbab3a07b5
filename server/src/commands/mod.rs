//! The administrator's commands.

mod create_user;
mod demo;
mod import;
mod inspect_mail;
mod migrate;
mod seed;

use clap::Subcommand;
use outreach::config::Config;

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Serves the application.
    Serve,
    /// Brings the schema up to date, as the owner of the database.
    Migrate,
    /// Loads brands, templates and pipelines. A second run changes nothing.
    Seed,
    /// Creates a person who may sign in.
    CreateUser(create_user::CreateUser),
    /// Imports a file of contacts at once and prints its mapping and counts as JSON.
    Import(import::Import),
    /// Says how mails would be read: one JSON object a line. Needs no database.
    InspectMail(inspect_mail::InspectMail),
    /// The demo: its clock.
    Demo(demo::Demo),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// Whatever went wrong, with its context, for the terminal.
    pub async fn run(self) -> anyhow::Result<()> {
        let command = match self {
            // Reads files and nothing else: no configuration may be in its way.
            Self::InspectMail(arguments) => return arguments.run(),
            command => command,
        };
        let config = Config::from_environment()?;
        match command {
            Self::InspectMail(arguments) => arguments.run(),
            Self::Serve => crate::start::serve(&config).await,
            Self::Migrate => migrate::run(&config).await,
            Self::Seed => seed::run(&config).await,
            Self::CreateUser(arguments) => arguments.run(&config).await,
            Self::Import(arguments) => arguments.run(&config).await,
            Self::Demo(arguments) => arguments.run(&config).await,
        }
    }
}
