use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use database::Database;
use database::clock::Clock;
use mail::render::TemplateStore;
use mail::token::TokenKey;

use crate::transports::Transports;
use crate::vault::Vault;

/// What every use case works with. Cheap to clone.
#[derive(Clone)]
pub struct Environment(Arc<Inner>);

struct Inner {
    settings: Settings,
    ai: ai::Client,
    stopping: AtomicBool,
}

/// The parts of an [`Environment`].
pub struct Settings {
    pub database: Database,
    pub clock: Clock,
    pub templates: TemplateStore,
    /// How each brand's mail leaves.
    pub transports: Transports,
    /// Signs pixels, links and unsubscribe addresses.
    pub token_key: TokenKey,
    /// Encrypts what is secret in the settings.
    pub vault: Vault,
    /// Where this installation is reached, without a trailing slash; tracking links start with it.
    pub public_url: String,
    /// The demo: its own clock, the local mailbox, demo sign-ins.
    pub demo: bool,
}

impl Environment {
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Inner { settings, ai: ai::Client::default(), stopping: AtomicBool::new(false) }))
    }

    pub fn database(&self) -> &Database {
        &self.0.settings.database
    }

    pub fn clock(&self) -> &Clock {
        &self.0.settings.clock
    }

    pub fn templates(&self) -> &TemplateStore {
        &self.0.settings.templates
    }

    pub fn transports(&self) -> &Transports {
        &self.0.settings.transports
    }

    pub fn token_key(&self) -> &TokenKey {
        &self.0.settings.token_key
    }

    /// Speaks to brands' AIs.
    pub fn ai(&self) -> &ai::Client {
        &self.0.ai
    }

    pub fn vault(&self) -> &Vault {
        &self.0.settings.vault
    }

    /// Where this installation is reached, without a trailing slash.
    pub fn public_url(&self) -> &str {
        &self.0.settings.public_url
    }

    pub fn is_demo(&self) -> bool {
        self.0.settings.demo
    }

    /// Asks long jobs to end at their next safe point: the process is going down.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether the process is going down.
    pub fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::SeqCst)
    }
}
