//! One brand with an AI, one without, and an AI that says what it is told to.

mod asking;
mod failing;
mod settings;

use anyhow::{Context, Result};
use database::ai::{self as accounts, AiAccount, AiCall};
use database::inbound::Inbound;
use database::schema::ai_calls;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::view::ai::{AiEdit, AiSaved, AiTest};
use domain::{BrandId, Role};
use outreach::Environment;
use outreach::ai_accounts::{save_ai_account, test_ai};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::mailroom::Mailroom;

const KEY: &str = "sk-codeteki-4711";
/// Nothing in it that the lexicon knows.
const OPEN: &str = "Lorem ipsum dolor sit amet";

/// Both brands; Codeteki has an AI.
struct Readroom {
    room: Mailroom,
    server: MockServer,
}

impl Readroom {
    async fn new() -> Result<Self> {
        let room = Mailroom::new().await?;
        let readroom = Self { room, server: MockServer::start().await };
        readroom.save(readroom.edit()).await?;
        Ok(readroom)
    }

    fn environment(&self) -> &Environment {
        &self.room.environment
    }

    /// What somebody types for Codeteki's AI.
    fn edit(&self) -> AiEdit {
        AiEdit {
            enabled: true,
            base_url: format!("{}/v1", self.server.uri()),
            model: "tiny-1".to_owned(),
            key: KEY.to_owned(),
            daily_calls: "50".to_owned(),
        }
    }

    /// The controls that are wrong.
    async fn wrong(&self, edit: AiEdit) -> Result<Vec<String>> {
        let user = self.room.person("codeteki", Role::Manager).await?;
        Ok(match save_ai_account(self.environment(), &user, "codeteki", &edit).await? {
            AiSaved::At(_) => Vec::new(),
            AiSaved::Errors(errors) => errors.into_iter().map(|(id, _)| id).collect(),
        })
    }

    async fn save(&self, edit: AiEdit) -> Result<()> {
        let wrong = self.wrong(edit).await?;
        anyhow::ensure!(wrong.is_empty(), "not saved: {wrong:?}");
        Ok(())
    }

    async fn test(&self) -> Result<AiTest> {
        let user = self.room.person("codeteki", Role::Manager).await?;
        Ok(test_ai(self.environment(), &user, "codeteki").await?)
    }

    async fn account(&self) -> Result<AiAccount> {
        let mut scope = self.room.test.database.brand(self.room.codeteki()).await?;
        accounts::account(&mut scope, self.room.codeteki()).await?.context("Codeteki has an AI")
    }

    /// From now on the AI answers so.
    async fn answers(&self, intent: &str, confidence: f32) {
        let content = json!({ "intent": intent, "confidence": confidence }).to_string();
        self.responds(completion(&content)).await;
    }

    async fn responds(&self, answer: ResponseTemplate) {
        self.server.reset().await;
        Mock::given(method("POST"))
            .and(path("/v1/chat/completions"))
            .respond_with(answer)
            .mount(&self.server)
            .await;
    }

    /// Questions that arrived since the AI was last told what to say.
    async fn questions(&self) -> Vec<Value> {
        let requests = self.server.received_requests().await.unwrap_or_default();
        requests.iter().filter_map(|request| request.body_json().ok()).collect()
    }

    /// What is noted of a brand's questions, oldest first.
    async fn calls(&self, brand: BrandId) -> Result<Vec<AiCall>> {
        let mut scope = self.room.test.database.brand(brand).await?;
        Ok(ai_calls::table.order(ai_calls::id).select(AiCall::as_select()).load(&mut *scope).await?)
    }

    /// A contact of Codeteki's answers a mail; the row that is stored.
    async fn hears(&self, from: &str, text: &str) -> Result<Inbound> {
        let mailed = self.room.mailed(self.room.codeteki(), from, "sales").await?;
        let id = format!("reply-of-{from}");
        self.room.take(mailed.brand, &crate::mailroom::reply(&mailed, &id, text)).await?;
        self.stored(&id).await
    }

    /// Codeteki's mail with this Message-ID.
    async fn stored(&self, message_id: &str) -> Result<Inbound> {
        let rows = self.room.inbound(self.room.codeteki()).await?;
        rows.into_iter().find(|row| row.message_id == message_id).context("the mail is stored")
    }
}

fn completion(content: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "choices": [{ "message": { "role": "assistant", "content": content } }],
        "usage": { "prompt_tokens": 210, "completion_tokens": 12 },
    }))
}
