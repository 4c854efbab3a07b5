//! Two brands, a clock that stands still until told, and a transport that remembers.

use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use database::deal::Deal;
use database::message::Message;
use database::schema::{ai_decisions, email_messages};
use diesel::prelude::*;
use diesel::sql_types::{Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::BrandId;
use mail::deliver::Recording;
use mail::render::TemplateStore;
use outreach::transports::Transports;
use outreach::{Environment, autopilot, outbox, schedule};
use test_support::TestDatabase;

pub struct World {
    pub test: TestDatabase,
    pub environment: Environment,
    pub provider: Arc<Recording>,
}

impl World {
    /// Monday morning, nothing in it but brands and pipelines.
    pub async fn new() -> Result<Self> {
        let test = TestDatabase::new().await?;
        let provider = Arc::new(Recording::new());
        let environment = crate::environment_with(&test, Transports::fixed(provider.clone()))?;
        Ok(Self { test, environment, provider })
    }

    /// The same with other templates.
    pub async fn with_templates(templates: TemplateStore) -> Result<Self> {
        let test = TestDatabase::new().await?;
        let provider = Arc::new(Recording::new());
        let environment = crate::environment_of(&test, Transports::fixed(provider.clone()), templates)?;
        Ok(Self { test, environment, provider })
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

    pub fn pass(&self, time: TimeDelta) {
        self.test.clock.set(self.now() + time);
    }

    /// A contact with consent and a deal at the start of a pipeline, due now.
    pub async fn deal(&self, brand: BrandId, pipeline: &str, email: &str) -> Result<Deal> {
        let mut scope = self.test.database.brand(brand).await?;
        let contact = match database::contact::by_email(&mut scope, brand, email).await? {
            Some(contact) => contact,
            None => test_support::contact(&mut scope, brand, email, &self.test.clock).await?,
        };
        let deal = test_support::deal(&mut scope, &contact, pipeline, &self.test.clock).await?;
        scope.commit().await?;
        Ok(deal)
    }

    /// The deal as it is now.
    pub async fn look(&self, deal: &Deal) -> Result<Deal> {
        let mut scope = self.test.database.brand(deal.brand_id).await?;
        Ok(database::deal::find(&mut scope, deal.id).await?)
    }

    pub async fn stage(&self, deal: &Deal) -> Result<String> {
        let deal = self.look(deal).await?;
        let mut scope = self.test.database.brand(deal.brand_id).await?;
        let stages = database::pipeline::stages_of(&mut scope, deal.pipeline_id).await?;
        let stage =
            stages.into_iter().find(|stage| stage.id == deal.stage_id).context("a deal has a stage")?;
        Ok(stage.key)
    }

    /// The deal's mails, oldest first.
    pub async fn mails(&self, deal: &Deal) -> Result<Vec<Message>> {
        let mut scope = self.test.database.brand(deal.brand_id).await?;
        Ok(email_messages::table
            .filter(email_messages::deal_id.eq(deal.id))
            .order((email_messages::created_at, email_messages::id))
            .select(Message::as_select())
            .load(&mut *scope)
            .await?)
    }

    /// Rules of the deal's receipts, oldest first.
    pub async fn rules(&self, deal: &Deal) -> Result<Vec<String>> {
        let mut scope = self.test.database.brand(deal.brand_id).await?;
        Ok(ai_decisions::table
            .filter(ai_decisions::deal_id.eq(deal.id))
            .order((ai_decisions::at, ai_decisions::id))
            .select(ai_decisions::rule)
            .load(&mut *scope)
            .await?)
    }

    /// The autopilot's turn, and then the outbox's.
    pub async fn tick(&self) -> Result<()> {
        autopilot::process_pending_deals(&self.environment).await?;
        self.deliver().await?;
        Ok(())
    }

    pub async fn deliver(&self) -> Result<outbox::Summary> {
        Ok(outbox::deliver_due(&self.environment).await?)
    }

    /// Goes to the next moment at which something is due in the brand, and does it. `false` when nothing ever is.
    pub async fn step(&self, brand: BrandId) -> Result<bool> {
        let mut scope = self.test.database.brand(brand).await?;
        let pipelines: Vec<_> =
            database::pipeline::all(&mut scope).await?.into_iter().map(|pipeline| pipeline.id).collect();
        let due = database::autopilot::next_due(&mut scope, brand, &pipelines).await?;
        let slot = database::autopilot::next_slot(&mut scope, brand).await?;
        let mail = database::message::next_scheduled(&mut scope, brand).await?;
        drop(scope);
        // A mail with a slot is written on the last turn before it.
        let ahead = slot.and_then(|slot| {
            let turns = schedule::occurrences_between(self.now(), slot);
            turns.into_iter().rev().find(|turn| turn.job == "process_pending_deals").map(|turn| turn.at)
        });
        let turn = ahead.or_else(|| {
            schedule::next_occurrence("process_pending_deals", due?.max(self.now()) - TimeDelta::seconds(1))
        });
        let Some(next) = turn.into_iter().chain(mail.map(|at| at.max(self.now()))).min() else {
            return Ok(false);
        };
        self.test.clock.set(next.max(self.now()));
        if turn == Some(next) {
            autopilot::process_pending_deals(&self.environment).await?;
        }
        self.deliver().await?;
        Ok(true)
    }

    /// The brand is asked `steps` times what is due next, at most.
    pub async fn run(&self, brand: BrandId, steps: usize) -> Result<()> {
        for _ in 0..steps {
            if !self.step(brand).await? {
                return Ok(());
            }
        }
        anyhow::bail!("still busy after {steps} steps")
    }

    /// Goes on until the deal has one more mail sent.
    pub async fn run_until_mailed(&self, deal: &Deal, steps: usize) -> Result<()> {
        let before = self.look(deal).await?.mails_sent;
        for _ in 0..steps {
            if self.look(deal).await?.mails_sent > before {
                return Ok(());
            }
            self.step(deal.brand_id).await?;
        }
        anyhow::bail!("no mail after {steps} steps")
    }

    /// The contact opens every mail of the deal that hasn't been opened yet.
    pub async fn open_mails(&self, deal: &Deal) -> Result<()> {
        let mut scope = self.test.database.brand(deal.brand_id).await?;
        diesel::sql_query(
            "WITH opened AS (UPDATE email_messages SET opened_at = $2 WHERE deal_id = $1 AND state = 'sent'
                             AND opened_at IS NULL RETURNING id, brand_id)
             INSERT INTO email_events (id, brand_id, message_id, deal_id, kind, verdict, reason, at)
             SELECT gen_random_uuid(), brand_id, id, $1, 'open', 'human', 'test', $2 FROM opened",
        )
        .bind::<SqlUuid, _>(deal.id)
        .bind::<Timestamptz, _>(self.now())
        .execute(&mut *scope)
        .await?;
        Ok(scope.commit().await?)
    }

    /// Changes brand or contact rows by hand.
    pub async fn sql(&self, brand: BrandId, statement: &str) -> Result<()> {
        let mut scope = self.test.database.brand(brand).await?;
        diesel::sql_query(statement).execute(&mut *scope).await?;
        Ok(scope.commit().await?)
    }

    /// Everything of a brand that a test of another brand must not touch, as one text.
    pub async fn print_of(&self, brand: BrandId) -> Result<String> {
        #[derive(QueryableByName)]
        struct Print {
            #[diesel(sql_type = diesel::sql_types::Text)]
            print: String,
        }
        let mut scope = self.test.database.brand(brand).await?;
        let row: Print = diesel::sql_query(
            "SELECT concat(
                (SELECT json_agg(d ORDER BY id) FROM deals d), (SELECT json_agg(c ORDER BY id) FROM contacts c),
                (SELECT json_agg(m ORDER BY id) FROM email_messages m), (SELECT json_agg(e ORDER BY id) FROM email_events e),
                (SELECT json_agg(a ORDER BY id) FROM ai_decisions a), (SELECT json_agg(s ORDER BY id) FROM suppressions s)
             ) AS print",
        )
        .get_result(&mut *scope)
        .await?;
        Ok(row.print)
    }

    /// A paused deal of Codeteki's that must look the same afterwards.
    pub async fn bystander(&self) -> Result<String> {
        let deal = self.deal(self.codeteki(), "sales", "bystander@elsewhere.example").await?;
        self.sql(self.codeteki(), &format!("UPDATE deals SET status = 'paused' WHERE id = '{}'", deal.id))
            .await?;
        self.print_of(self.codeteki()).await
    }

    pub async fn assert_bystander(&self, print: &str) -> Result<()> {
        anyhow::ensure!(self.print_of(self.codeteki()).await? == print, "the other brand was touched");
        Ok(())
    }
}
