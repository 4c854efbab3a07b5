use anyhow::{Context, bail};
use chrono::TimeDelta;
use clap::{Args, Subcommand};
use outreach::config::Config;
use outreach::{demo, demo_clock};

/// The application role's connections: a turn of the autopilot uses three.
const POOL_SIZE: usize = 6;

/// What the demo can do. Needs OVERTURE_DEMO=1.
#[derive(Args)]
pub struct Demo {
    #[command(subcommand)]
    command: DemoCommand,
}

#[derive(Subcommand)]
enum DemoCommand {
    /// Loads demo people and ninety days of history. A second run changes nothing.
    Load,
    /// Moves the demo's clock on and runs what falls due on the way.
    Advance {
        /// How far: a number and h, d or w, as `1h`, `3d` or `1w`.
        #[arg(value_parser = duration)]
        by: TimeDelta,
    },
}

impl Demo {
    /// # Errors
    /// Outside the demo, or when the database can't be reached.
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        if !config.demo {
            bail!("the demo's commands need OVERTURE_DEMO=1");
        }
        match self.command {
            DemoCommand::Load => load(config).await,
            DemoCommand::Advance { by } => advance(config, by).await,
        }
    }
}

async fn load(config: &Config) -> anyhow::Result<()> {
    let environment = config.environment(POOL_SIZE).await?;
    println!("{}", demo::load(&environment).await?);
    println!("Sign in as admin@overture.test with the password {}.", demo::PASSWORD);
    Ok(())
}

async fn advance(config: &Config, by: TimeDelta) -> anyhow::Result<()> {
    let environment = config.environment(POOL_SIZE).await?;
    let done = demo_clock::advance(&environment, by).await?;
    let local = done.to.with_timezone(&outreach::schedule::ZONE);
    println!("It is {} in Sydney: {}.", local.format("%A %-d %B %Y, %H:%M"), done.in_words());
    for problem in &done.problems {
        println!("{problem}");
    }
    Ok(())
}

fn duration(text: &str) -> anyhow::Result<TimeDelta> {
    let count: i64 = text
        .get(..text.len().saturating_sub(1))
        .and_then(|count| count.parse().ok())
        .filter(|count| (1..=1_000).contains(count))
        .context("give a number and h, d or w, as 1h, 3d or 1w")?;
    match text.chars().next_back() {
        Some('h') => Ok(TimeDelta::hours(count)),
        Some('d') => Ok(TimeDelta::days(count)),
        Some('w') => Ok(TimeDelta::weeks(count)),
        Some(_) | None => bail!("give a number and h, d or w, as 1h, 3d or 1w"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        assert_eq!(duration("1d").ok(), Some(TimeDelta::days(1)));
        assert_eq!(duration("36h").ok(), Some(TimeDelta::hours(36)));
        assert_eq!(duration("1w").ok(), Some(TimeDelta::weeks(1)));
        for wrong in ["", "d", "1", "-1d", "1.5h", "1é", "99999w"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
