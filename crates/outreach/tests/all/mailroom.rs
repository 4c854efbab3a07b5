//! A brand with mailed deals, and the mails that come back.

use anyhow::Context;
use chrono::{DateTime, Utc};
use database::contact::{self, Contact};
use database::deal::{self, Deal};
use database::event;
use database::message::Message;
use database::person::{Membership, Person};
use database::schema::{deals, inbound_messages};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::mailing::{MessageState, SuppressionReason};
use domain::pipeline::{DealStatus, StageKind};
use domain::{BrandId, DealId, MessageId, Role, UserId};
use outreach::Environment;
use outreach::people::CurrentUser;
use outreach::replies::{Outcome, Received, receive_raw};
use test_support::{Mailed, TestDatabase};

/// One test's database and environment, with helpers for a brand's mail.
pub struct Mailroom {
    pub test: TestDatabase,
    pub environment: Environment,
}

impl Mailroom {
    pub async fn new() -> anyhow::Result<Self> {
        let test = TestDatabase::new().await?;
        let environment = crate::environment(&test)?;
        Ok(Self { test, environment })
    }

    pub fn codeteki(&self) -> BrandId {
        self.test.brands.codeteki.id
    }

    pub fn desifirms(&self) -> BrandId {
        self.test.brands.desifirms.id
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.test.clock.now()
    }

    /// Somebody with this role in one brand.
    pub async fn person(&self, slug: &str, role: Role) -> anyhow::Result<CurrentUser> {
        let brands = &self.test.brands;
        let brand = [&brands.codeteki, &brands.desifirms].into_iter().find(|brand| brand.slug == slug);
        let brand = brand.context("one of the two brands")?;
        let id = UserId(self.test.clock.new_id());
        let email = format!("{}@overture.example", id.0.simple());
        let user = database::person::User {
            id,
            email: email.clone(),
            name: "Mira Manager".to_owned(),
            password_hash: "none".to_owned(),
            time_zone: "Australia/Sydney".to_owned(),
            is_demo: false,
            disabled_at: None,
            created_at: self.now(),
        };
        let mut connection = self.test.database.unscoped().await?;
        database::person::insert_user(&mut connection, &user).await?;
        Ok(CurrentUser::new(Person {
            id,
            email,
            name: user.name,
            time_zone: user.time_zone,
            brands: vec![Membership {
                id: brand.id,
                slug: brand.slug.clone(),
                name: brand.name.clone(),
                role,
                pipelines: Vec::new(),
            }],
        }))
    }

    /// A contact with a deal whose first outreach mail went out yesterday.
    pub async fn mailed(&self, brand: BrandId, email: &str, pipeline: &str) -> anyhow::Result<Mailed> {
        let mut scope = self.environment.database().brand(brand).await?;
        let mailed = test_support::mailed(&mut scope, brand, email, pipeline, &self.test.clock).await?;
        scope.commit().await?;
        Ok(mailed)
    }

    /// One more mail of a deal, in a state.
    pub async fn another(
        &self,
        mailed: &Mailed,
        state: MessageState,
        sent: Option<DateTime<Utc>>,
    ) -> anyhow::Result<Message> {
        let mut scope = self.environment.database().brand(mailed.brand).await?;
        let stage =
            mailed.stages.iter().find(|stage| stage.step == Some(2)).context("a second outreach stage")?;
        let (deal, contact, clock) = (&mailed.deal, &mailed.contact, &self.test.clock);
        let mail = test_support::mail(&mut scope, deal, contact, stage, state, sent, clock).await?;
        scope.commit().await?;
        Ok(mail)
    }

    /// Delivers a mail to the brand that answers `to` (a Message-ID) or nothing.
    pub async fn deliver(&self, brand: BrandId, raw: &str) -> anyhow::Result<Outcome> {
        Ok(receive_raw(&self.environment, brand, raw.replace('\n', "\r\n").as_bytes()).await?)
    }

    /// The same for a mail that must be new.
    pub async fn take(&self, brand: BrandId, raw: &str) -> anyhow::Result<Received> {
        match self.deliver(brand, raw).await? {
            Outcome::Received(received) => Ok(received),
            other => anyhow::bail!("expected a new mail, got {other:?}"),
        }
    }

    pub async fn deal(&self, mailed: &Mailed) -> anyhow::Result<Deal> {
        let mut scope = self.environment.database().brand(mailed.brand).await?;
        Ok(deal::find(&mut scope, mailed.deal.id).await?)
    }

    pub async fn contact(&self, mailed: &Mailed) -> anyhow::Result<Contact> {
        let mut scope = self.environment.database().brand(mailed.brand).await?;
        Ok(contact::find(&mut scope, mailed.contact.id).await?)
    }

    pub async fn mail(&self, brand: BrandId, id: MessageId) -> anyhow::Result<Message> {
        let mut scope = self.environment.database().brand(brand).await?;
        Ok(database::message::find(&mut scope, id).await?)
    }

    pub async fn suppression(
        &self,
        brand: BrandId,
        email: &str,
    ) -> anyhow::Result<Option<SuppressionReason>> {
        let mut scope = self.environment.database().brand(brand).await?;
        Ok(contact::suppression(&mut scope, brand, email).await?)
    }

    /// Name and kind of the stage a deal is in.
    pub async fn stage(&self, mailed: &Mailed) -> anyhow::Result<(String, StageKind)> {
        let deal = self.deal(mailed).await?;
        let stage = mailed
            .stages
            .iter()
            .find(|stage| stage.id == deal.stage_id)
            .context("its own pipeline's stage")?;
        Ok((stage.name.clone(), stage.kind))
    }

    pub async fn has_event(
        &self,
        mailed: &Mailed,
        kind: domain::engagement::EventKind,
    ) -> anyhow::Result<bool> {
        let mut scope = self.environment.database().brand(mailed.brand).await?;
        Ok(event::exists(&mut scope, mailed.mail.id, kind).await?)
    }

    pub async fn inbound(&self, brand: BrandId) -> anyhow::Result<Vec<database::inbound::Inbound>> {
        let mut scope = self.environment.database().brand(brand).await?;
        Ok(inbound_messages::table.select(database::inbound::Inbound::as_select()).load(&mut *scope).await?)
    }

    /// Asserts that a deal of another brand, and its contact, are as they were.
    pub async fn assert_untouched(&self, mailed: &Mailed) -> anyhow::Result<()> {
        anyhow::ensure!(self.deal(mailed).await? == mailed.deal, "the other brand's deal has changed");
        anyhow::ensure!(
            self.contact(mailed).await? == mailed.contact,
            "the other brand's contact has changed"
        );
        anyhow::ensure!(
            self.mail(mailed.brand, mailed.mail.id).await? == mailed.mail,
            "the other brand's mail has changed"
        );
        let suppressed = self.suppression(mailed.brand, &mailed.contact.email).await?;
        anyhow::ensure!(suppressed.is_none(), "the other brand has suppressed the address");
        anyhow::ensure!(self.inbound(mailed.brand).await?.is_empty(), "the other brand has received a mail");
        Ok(())
    }

    pub async fn set_status(&self, brand: BrandId, id: DealId, status: DealStatus) -> anyhow::Result<()> {
        let mut scope = self.environment.database().brand(brand).await?;
        diesel::update(deals::table.filter(deals::id.eq(id)))
            .set(deals::status.eq(status))
            .execute(&mut *scope)
            .await?;
        Ok(scope.commit().await?)
    }
}

/// An answer of the contact to the mail.
pub fn reply(mailed: &Mailed, id: &str, text: &str) -> String {
    let thread = format!("<{}>", mailed.mail.message_id);
    letter(&mailed.contact.email, id, &[("In-Reply-To", &thread)], "Re: Following up", text)
}

/// A mail as it comes over the wire.
pub fn letter(from: &str, id: &str, headers: &[(&str, &str)], subject: &str, text: &str) -> String {
    let further: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!(
        "From: Test Person <{from}>\nTo: sales@overture.test\nMessage-ID: <{id}>\nSubject: {subject}\n{further}\
         Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
}
