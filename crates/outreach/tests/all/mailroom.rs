//! A brand with mailed deals, and the mails that come back.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use database::contact::{self, Contact};
use database::deal::{self, Deal};
use database::event;
use database::message::{Content, Message};
use database::pipeline::Stage;
use database::schema::{deals, email_contents, email_messages, inbound_messages};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::mailing::{MessageState, SuppressionReason};
use domain::pipeline::{DealStatus, StageKind};
use domain::{BrandId, DealId, MessageId};
use outreach::Environment;
use outreach::replies::{Outcome, Received, receive_raw};
use test_support::TestDatabase;

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

    /// A contact with a deal whose first outreach mail went out yesterday.
    pub async fn mailed(&self, brand: BrandId, email: &str, pipeline: &str) -> anyhow::Result<Mailed> {
        let mut scope = self.environment.database().brand(brand).await?;
        let contact = match contact::by_email(&mut scope, brand, email).await? {
            Some(contact) => contact,
            None => test_support::contact(&mut scope, brand, email, &self.test.clock).await?,
        };
        let row = test_support::deal(&mut scope, &contact, pipeline, &self.test.clock).await?;
        let (_, stages) = test_support::pipeline(&mut scope, brand, pipeline).await?;
        let first = stages.iter().find(|stage| stage.step == Some(1)).context("an outreach stage")?.clone();
        diesel::update(deals::table.filter(deals::id.eq(row.id)))
            .set((deals::stage_id.eq(first.id), deals::mails_sent.eq(1)))
            .execute(&mut *scope)
            .await?;
        let sent = self.now() - TimeDelta::days(1);
        let mail = self.message(&row, &contact, &first, MessageState::Sent, Some(sent));
        store(&mut scope, &mail).await?;
        let deal = deal::find(&mut scope, row.id).await?;
        scope.commit().await?;
        Ok(Mailed { brand, contact, deal, mail, stages })
    }

    /// One more mail of a deal, in a state.
    pub async fn another(&self, mailed: &Mailed, state: MessageState, sent: Option<DateTime<Utc>>) -> anyhow::Result<Message> {
        let mut scope = self.environment.database().brand(mailed.brand).await?;
        let stage = mailed.stages.iter().find(|stage| stage.step == Some(2)).context("a second outreach stage")?;
        let mail = self.message(&mailed.deal, &mailed.contact, stage, state, sent);
        store(&mut scope, &mail).await?;
        scope.commit().await?;
        Ok(mail)
    }

    fn message(
        &self,
        deal: &Deal,
        contact: &Contact,
        stage: &Stage,
        state: MessageState,
        sent_at: Option<DateTime<Utc>>,
    ) -> Message {
        let id = MessageId(self.test.clock.new_id());
        Message {
            id,
            brand_id: deal.brand_id,
            contact_id: contact.id,
            deal_id: Some(deal.id),
            stage_id: Some(stage.id),
            step: stage.step,
            stage_visit: Some(deal.stage_visit),
            template_key: stage.template_key.clone(),
            variant: "A".to_owned(),
            tier: None,
            send_key: format!("{}:{id}", deal.id),
            state,
            to_email: contact.email.clone(),
            to_name: contact.name.clone(),
            subject: "Following up".to_owned(),
            message_id: format!("{id}@overture.test"),
            in_reply_to: None,
            scheduled_for: sent_at.unwrap_or_else(|| self.now() + TimeDelta::hours(1)),
            claimed_at: None,
            claimed_by: None,
            attempts: i16::from(sent_at.is_some()),
            sent_at,
            provider_id: None,
            reason: None,
            is_test: false,
            created_by: None,
            created_at: self.now() - TimeDelta::days(1),
            opened_at: None,
            machine_opened_at: None,
            clicked_at: None,
            replied_at: None,
            bounced_at: None,
        }
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

    pub async fn suppression(&self, brand: BrandId, email: &str) -> anyhow::Result<Option<SuppressionReason>> {
        let mut scope = self.environment.database().brand(brand).await?;
        Ok(contact::suppression(&mut scope, brand, email).await?)
    }

    /// Name and kind of the stage a deal is in.
    pub async fn stage(&self, mailed: &Mailed) -> anyhow::Result<(String, StageKind)> {
        let deal = self.deal(mailed).await?;
        let stage = mailed.stages.iter().find(|stage| stage.id == deal.stage_id).context("its own pipeline's stage")?;
        Ok((stage.name.clone(), stage.kind))
    }

    pub async fn has_event(&self, mailed: &Mailed, kind: domain::engagement::EventKind) -> anyhow::Result<bool> {
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
        anyhow::ensure!(self.contact(mailed).await? == mailed.contact, "the other brand's contact has changed");
        anyhow::ensure!(self.mail(mailed.brand, mailed.mail.id).await? == mailed.mail, "the other brand's mail has changed");
        let suppressed = self.suppression(mailed.brand, &mailed.contact.email).await?;
        anyhow::ensure!(suppressed.is_none(), "the other brand has suppressed the address");
        anyhow::ensure!(self.inbound(mailed.brand).await?.is_empty(), "the other brand has received a mail");
        Ok(())
    }

    pub async fn set_status(&self, brand: BrandId, id: DealId, status: DealStatus) -> anyhow::Result<()> {
        let mut scope = self.environment.database().brand(brand).await?;
        diesel::update(deals::table.filter(deals::id.eq(id))).set(deals::status.eq(status)).execute(&mut *scope).await?;
        Ok(scope.commit().await?)
    }
}

/// A contact, its deal, and the mail that went out.
pub struct Mailed {
    pub brand: BrandId,
    pub contact: Contact,
    pub deal: Deal,
    pub mail: Message,
    pub stages: Vec<Stage>,
}

impl Mailed {
    /// An answer of the contact to the mail.
    pub fn reply(&self, id: &str, text: &str) -> String {
        letter(&self.contact.email, id, &[("In-Reply-To", &format!("<{}>", self.mail.message_id))], "Re: Following up", text)
    }
}

/// A mail as it comes over the wire.
pub fn letter(from: &str, id: &str, headers: &[(&str, &str)], subject: &str, text: &str) -> String {
    let further: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!(
        "From: Test Person <{from}>\nTo: sales@overture.test\nMessage-ID: <{id}>\nSubject: {subject}\n{further}\
         Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    )
}

async fn store(scope: &mut database::Connection, mail: &Message) -> anyhow::Result<()> {
    diesel::insert_into(email_messages::table).values(mail).execute(scope).await?;
    let content = Content {
        message_id: mail.id,
        brand_id: mail.brand_id,
        from_email: "sales@overture.test".to_owned(),
        from_name: "Sales".to_owned(),
        reply_to: None,
        preheader: String::new(),
        html: "<p>Hi</p>".to_owned(),
        body_text: "Hi".to_owned(),
        links: vec!["https://overture.test/a".to_owned(), "https://overture.test/b?c=d".to_owned(), "https://overture.test/e".to_owned()],
        references_header: None,
    };
    diesel::insert_into(email_contents::table).values(&content).execute(scope).await?;
    Ok(())
}
