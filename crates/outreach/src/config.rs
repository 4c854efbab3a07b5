//! What a process reads from its environment, checked at start.

use std::path::PathBuf;

use anyhow::{Context, bail};
use database::clock::Clock;
use database::{Access, Database};
use mail::render::TemplateStore;
use mail::token::TokenKey;

use crate::transports::Transports;
use crate::vault::Vault;
use crate::{Environment, Settings};

/// The settings web and worker share. `.env.example` explains each variable.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`: the owner, for migrations and the queue.
    pub owner_url: String,
    /// `APP_DATABASE_URL`: the role that owns nothing. Unset: connections of the owner step down.
    pub access: Access,
    /// `OVERTURE_DEMO=1`.
    pub demo: bool,
    /// `OVERTURE_SECRET`: signs tokens; at least 32 characters, no default.
    secret: String,
    /// `OVERTURE_ENCRYPTION_KEY`: encrypts stored secrets; unset: derived from `OVERTURE_SECRET`.
    encryption_key: String,
    /// `OVERTURE_PUBLIC_URL`, without a trailing slash.
    pub public_url: String,
    /// `OVERTURE_TEMPLATES`.
    pub templates: PathBuf,
}

impl Config {
    /// Reads and checks the environment.
    ///
    /// # Errors
    /// Names the variable that is missing or wrong.
    pub fn from_environment() -> anyhow::Result<Self> {
        let owner_url = required("DATABASE_URL")?;
        let access = match optional("APP_DATABASE_URL") {
            Some(url) => Access::Application(url),
            None => Access::StepDown(owner_url.clone()),
        };
        let secret = required("OVERTURE_SECRET")?;
        let encryption_key = optional("OVERTURE_ENCRYPTION_KEY").unwrap_or_else(|| secret.clone());
        for (name, key) in [("OVERTURE_SECRET", &secret), ("OVERTURE_ENCRYPTION_KEY", &encryption_key)] {
            if key.len() < 32 {
                bail!("{name} has {} characters; it needs at least 32", key.len());
            }
        }
        let address = optional("OVERTURE_ADDR").unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        Ok(Self {
            owner_url,
            access,
            demo: optional("OVERTURE_DEMO").is_some_and(|value| value == "1" || value == "true"),
            secret,
            encryption_key,
            public_url: optional("OVERTURE_PUBLIC_URL")
                .unwrap_or_else(|| format!("http://{address}"))
                .trim_end_matches('/')
                .to_owned(),
            templates: optional("OVERTURE_TEMPLATES").unwrap_or_else(|| "email_templates".to_owned()).into(),
        })
    }

    /// Connects and opens the templates. The demo's clock starts at the demo's time.
    ///
    /// # Errors
    /// When the templates can't be read or, in the demo, the database can't be reached.
    pub async fn environment(&self, pool_size: usize) -> anyhow::Result<Environment> {
        let database = Database::new(&self.access, pool_size)?;
        let clock = if self.demo { Clock::demo() } else { Clock::system() };
        if self.demo {
            clock.refresh(&mut *database.unscoped().await?).await.context("reading the demo's clock")?;
        }
        Ok(Environment::new(Settings {
            database,
            clock,
            templates: TemplateStore::open(&self.templates).context("opening the mail templates")?,
            transports: Transports::by_account(self.demo),
            token_key: TokenKey::new(self.secret.as_bytes()),
            vault: Vault::new(self.encryption_key.as_bytes())?,
            public_url: self.public_url.clone(),
            demo: self.demo,
        }))
    }
}

fn optional(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn required(name: &str) -> anyhow::Result<String> {
    optional(name).with_context(|| format!("{name} is not set (.env.example explains it)"))
}
