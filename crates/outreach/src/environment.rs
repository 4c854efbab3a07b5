use std::sync::Arc;

use database::Database;
use database::clock::Clock;
use mail::render::TemplateStore;
use mail::token::TokenKey;

use crate::transports::Transports;

/// What every use case works with. Cheap to clone.
#[derive(Clone)]
pub struct Environment(Arc<Settings>);

/// The parts of an [`Environment`].
pub struct Settings {
    pub database: Database,
    pub clock: Clock,
    pub templates: TemplateStore,
    /// How each brand's mail leaves.
    pub transports: Transports,
    /// Signs pixels, links and unsubscribe addresses.
    pub token_key: TokenKey,
    /// Where this installation is reached, without a trailing slash; tracking links start with it.
    pub public_url: String,
    /// The demo: its own clock, the local mailbox, demo sign-ins.
    pub demo: bool,
}

impl Environment {
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    pub fn database(&self) -> &Database {
        &self.0.database
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn templates(&self) -> &TemplateStore {
        &self.0.templates
    }

    pub fn transports(&self) -> &Transports {
        &self.0.transports
    }

    pub fn token_key(&self) -> &TokenKey {
        &self.0.token_key
    }

    /// Where this installation is reached, without a trailing slash.
    pub fn public_url(&self) -> &str {
        &self.0.public_url
    }

    pub fn is_demo(&self) -> bool {
        self.0.demo
    }
}
