//! What calls the server: a request in, an answer out.

use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use database::deal::{self, Deal};
use database::message::Message;
use domain::mailing::SuppressionReason;
use domain::{BrandId, MessageId};
use leptos::config::LeptosOptions;
use mail::render::TemplateStore;
use mail::token::TokenKey;
use outreach::tracking::Tracker;
use outreach::transports::Transports;
use outreach::{Environment, Settings};
use server::web::{AppState, router};
use server::webhooks::WebhookSecrets;
use test_support::{Mailed, TestDatabase};
use tower::ServiceExt;

pub const SECRET: &str = "the secret of codeteki's webhooks";
pub const OTHER_SECRET: &str = "the secret of the other brand's webhooks";
pub const BROWSER: &str =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko)";

/// A server around a test's database.
pub struct Server {
    pub test: TestDatabase,
    pub environment: Environment,
    tracker: Tracker,
    router: Router,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Server {
    pub async fn new() -> anyhow::Result<Self> {
        Self::with(Transports::by_account(false)).await
    }

    /// A server whose mail leaves this way.
    pub async fn with(transports: Transports) -> anyhow::Result<Self> {
        outreach::install_crypto();
        let test = TestDatabase::new().await?;
        let environment = Environment::new(Settings {
            database: test.database.clone(),
            clock: test.clock.clone(),
            templates: TemplateStore::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("../email_templates"))?,
            transports,
            token_key: TokenKey::new(b"a secret that only tests use: 0123456789"),
            vault: outreach::vault::Vault::new(b"a key that only tests use: 0123456789abcdef")
                .expect("derives"),
            public_url: "https://overture.test".to_owned(),
            demo: false,
        });
        let options = LeptosOptions::builder().output_name("overture").build();
        let mut state = AppState::new(environment.clone(), options);
        state.webhooks = WebhookSecrets::default().with("codeteki", SECRET).with("desifirms", OTHER_SECRET);
        Ok(Self { test, environment, tracker: state.tracker.clone(), router: router(state) })
    }

    /// As from a proxy on this machine. What the request put in line has been judged when this returns.
    pub async fn call(&self, mut request: Request<Body>) -> anyhow::Result<Answer> {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        let response = self.router.clone().oneshot(request).await?;
        self.tracker.finish().await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), 1_000_000).await?.to_vec();
        Ok(Answer { status, headers, bytes })
    }

    /// A person's browser or mail program asks for a path.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.call(Request::get(path).header("user-agent", BROWSER).body(Body::empty())?).await
    }

    pub async fn mailed(&self, brand: BrandId, email: &str, pipeline: &str) -> anyhow::Result<Mailed> {
        let mut scope = self.environment.database().brand(brand).await?;
        let mailed = test_support::mailed(&mut scope, brand, email, pipeline, &self.test.clock).await?;
        scope.commit().await?;
        Ok(mailed)
    }

    pub async fn mail(&self, brand: BrandId, id: MessageId) -> anyhow::Result<Message> {
        let mut scope = self.environment.database().brand(brand).await?;
        Ok(database::message::find(&mut scope, id).await?)
    }

    pub async fn deal(&self, mailed: &Mailed) -> anyhow::Result<Deal> {
        let mut scope = self.environment.database().brand(mailed.brand).await?;
        Ok(deal::find(&mut scope, mailed.deal.id).await?)
    }

    pub async fn suppression(
        &self,
        brand: BrandId,
        email: &str,
    ) -> anyhow::Result<Option<SuppressionReason>> {
        let mut scope = self.environment.database().brand(brand).await?;
        Ok(database::contact::suppression(&mut scope, brand, email).await?)
    }

    pub async fn assert_untouched(&self, mailed: &Mailed) -> anyhow::Result<()> {
        anyhow::ensure!(self.deal(mailed).await? == mailed.deal, "the deal has changed");
        anyhow::ensure!(
            self.mail(mailed.brand, mailed.mail.id).await? == mailed.mail,
            "the mail has changed"
        );
        anyhow::ensure!(self.suppression(mailed.brand, &mailed.contact.email).await?.is_none(), "suppressed");
        Ok(())
    }
}
