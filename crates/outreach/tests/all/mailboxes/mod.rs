//! Reading mailboxes on a real IMAP server, with both brands' mailboxes on it.

mod failing;
mod passing_over;
mod proxy;
mod reading;
mod settings;
mod zoho;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use database::mailboxes::{self, Failure, Mailbox};
use database::schema::mailbox_failures;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::mailing::{Encryption, MailboxKind};
use domain::view::mailboxes::{MailboxEdit, MailboxSaved};
use domain::{BrandId, Role};
use outreach::mailboxes::{Checked, check, save_mailbox};
use outreach::people::CurrentUser;
use outreach::transports::{Elsewhere, Transports};
use outreach::{Environment, Refused};
use test_support::Dovecot;

use crate::mailroom::Mailroom;

const INTERESTED: &str = "Yes, I'm interested, please send me more information.";

/// Both brands with a mailbox each: of the users `codeteki` and `desifirms`.
struct Postroom {
    room: Mailroom,
    server: Dovecot,
}

impl Postroom {
    async fn new() -> Result<Self> {
        let mut room = Mailroom::new().await?;
        let server = Dovecot::start(&["codeteki", "desifirms"])?;
        let elsewhere = Elsewhere { authority: Some(server.authority()?), ..Elsewhere::default() };
        let transports = Transports::by_account(true).with_vendors_at(elsewhere);
        room.environment = crate::environment_with(&room.test, transports)?;
        let postroom = Self { room, server };
        for slug in ["codeteki", "desifirms"] {
            postroom.save(slug, postroom.edit(slug)).await?;
        }
        Ok(postroom)
    }

    fn environment(&self) -> &Environment {
        &self.room.environment
    }

    /// What somebody types for a brand's mailbox.
    fn edit(&self, slug: &str) -> MailboxEdit {
        MailboxEdit {
            kind: MailboxKind::Imap,
            enabled: true,
            host: "localhost".to_owned(),
            port: self.server.tls_port.to_string(),
            encryption: Encryption::Tls,
            username: slug.to_owned(),
            password: Dovecot::password(slug),
            folder: "INBOX".to_owned(),
        }
    }

    /// The same by way of a port in the clear: through a proxy.
    fn edit_by(&self, slug: &str, port: u16) -> MailboxEdit {
        MailboxEdit { port: port.to_string(), encryption: Encryption::None, ..self.edit(slug) }
    }

    /// Stores a brand's mailbox the way a person does.
    async fn save(&self, slug: &str, edit: MailboxEdit) -> Result<()> {
        match save_mailbox(self.environment(), &self.person(slug, Role::Manager).await?, slug, &edit).await? {
            MailboxSaved::At(_) => Ok(()),
            MailboxSaved::Errors(errors) => anyhow::bail!("not saved: {errors:?}"),
        }
    }

    /// Somebody with this role in one brand.
    async fn person(&self, slug: &str, role: Role) -> Result<CurrentUser> {
        self.room.person(slug, role).await
    }

    /// A mail arrives, an hour ago.
    fn arrives(&self, user: &str, raw: &str) -> Result<()> {
        self.server.deliver(user, raw, self.room.now() - TimeDelta::hours(1))
    }

    async fn check(&self, brand: BrandId) -> Result<Checked, Refused> {
        check(self.environment(), brand).await
    }

    async fn mailbox(&self, brand: BrandId) -> Result<Mailbox> {
        let mut scope = self.room.test.database.brand(brand).await?;
        mailboxes::of_brand(&mut scope, brand).await?.context("the brand has a mailbox")
    }

    async fn failures(&self, brand: BrandId) -> Result<Vec<Failure>> {
        let mut scope = self.room.test.database.brand(brand).await?;
        Ok(mailbox_failures::table
            .order(mailbox_failures::id)
            .select(Failure::as_select())
            .load(&mut *scope)
            .await?)
    }

    /// Time goes by.
    fn pass(&self, time: TimeDelta) -> DateTime<Utc> {
        self.room.test.clock.set(self.room.now() + time);
        self.room.now()
    }

    /// Runs a statement as the owner of the database.
    async fn as_owner(&self, statement: &str) -> Result<()> {
        use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
        let mut connection = AsyncPgConnection::establish(&self.room.test.owner_url()).await?;
        Ok(connection.batch_execute(statement).await?)
    }
}

fn received(count: u64) -> Checked {
    Checked { mailboxes: 1, received: count, ..Checked::default() }
}
