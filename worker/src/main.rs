use clap::{Parser, Subcommand};
use outreach::config::Config;

/// Rendering a mail makes thousands of small strings, as drawing a page does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Overture's worker: scheduled and queued jobs.
#[derive(Parser)]
#[command(name = "worker", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs jobs until SIGTERM or Ctrl-C. Any number of workers may run at once.
    Run,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    outreach::install_crypto();
    let Arguments { command: Command::Run } = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
            tracing_subscriber::EnvFilter::new("info,graphile_worker=warn,tokio_postgres=warn")
        }))
        .with_writer(std::io::stderr)
        .init();
    worker::run(&Config::from_environment()?).await
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
