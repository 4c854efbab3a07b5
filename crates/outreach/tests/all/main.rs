//! Use cases against PostgreSQL, with both brands present.

use std::path::Path;

use mail::render::TemplateStore;
use mail::token::TokenKey;
use outreach::transports::Transports;
use outreach::{Environment, Settings};
use test_support::TestDatabase;

mod ai_accounts;
mod autopilot;
mod board;
mod brands;
mod catalogue;
mod demo_clock;
mod engagement;
mod imports;
mod inbox;
mod listings;
mod mailboxes;
mod mailroom;
mod optout;
mod outbox;
mod people;
mod replies;
mod templates;
mod tracking;
mod world;

/// An environment around a test's database: its frozen clock, the real templates, the demo's transports.
pub fn environment(test: &TestDatabase) -> anyhow::Result<Environment> {
    environment_with(test, Transports::by_account(true))
}

/// The same with other transports.
pub fn environment_with(test: &TestDatabase, transports: Transports) -> anyhow::Result<Environment> {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates");
    environment_of(test, transports, TemplateStore::open(templates)?)
}

/// The same with other templates.
pub fn environment_of(
    test: &TestDatabase,
    transports: Transports,
    templates: TemplateStore,
) -> anyhow::Result<Environment> {
    outreach::install_crypto();
    Ok(Environment::new(Settings {
        database: test.database.clone(),
        clock: test.clock.clone(),
        templates,
        transports,
        token_key: TokenKey::new(b"a secret that only tests use: 0123456789"),
        vault: outreach::vault::Vault::new(b"a key that only tests use: 0123456789abcdef").expect("derives"),
        public_url: "http://overture.test".to_owned(),
        demo: false,
    }))
}
