//! The demo's data: complete, consistent with the rules, and loaded once.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use outreach::transports::Transports;
use outreach::{Environment, Settings, demo, engagement};
use test_support::TestDatabase;

/// Wednesday 25 November 2026, 14:20 in Sydney.
const NOW: &str = "2026-11-25T03:20:00Z";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
}

/// A loaded demo, seen by the owner: row-level security doesn't hide one brand from the other.
struct Loaded {
    test: TestDatabase,
    environment: Environment,
    owner: AsyncPgConnection,
}

impl Loaded {
    async fn new() -> anyhow::Result<Self> {
        let test = TestDatabase::new().await?;
        test.clock.set(NOW.parse::<DateTime<Utc>>()?);
        let environment = demo_environment(&test)?;
        demo::load(&environment).await?;
        let owner = AsyncPgConnection::establish(&test.owner_url()).await?;
        Ok(Self { test, environment, owner })
    }

    async fn count(&mut self, query: &str) -> anyhow::Result<i64> {
        let row: Count = sql_query(format!("SELECT count(*) AS count FROM {query}")).get_result(&mut self.owner).await?;
        Ok(row.count)
    }

    /// Fails when the query finds a row.
    async fn none(&mut self, what: &str, query: &str) -> anyhow::Result<()> {
        let found = self.count(query).await?;
        anyhow::ensure!(found == 0, "{what}: {found} rows");
        Ok(())
    }

    async fn words(&mut self, query: &str) -> anyhow::Result<Vec<String>> {
        let rows: Vec<Word> = sql_query(format!("SELECT DISTINCT {query} ORDER BY word")).load(&mut self.owner).await?;
        Ok(rows.into_iter().filter_map(|row| row.word).collect())
    }

    /// A checksum of every row the demo has.
    async fn checksum(&mut self) -> anyhow::Result<String> {
        let mut sums = Vec::new();
        for table in [
            "users", "memberships", "brands", "mail_accounts", "contacts", "consents", "suppressions", "deals",
            "deal_stage_events", "notes", "email_messages", "email_contents", "email_events", "inbound_messages",
            "ai_decisions", "imports", "import_errors", "job_runs", "pipelines",
        ] {
            let row: Word = sql_query(format!(
                "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS word FROM {table} t"
            ))
            .get_result(&mut self.owner)
            .await?;
            sums.push(format!("{table} {}", row.word.unwrap_or_default()));
        }
        Ok(sums.join("\n"))
    }
}

fn demo_environment(test: &TestDatabase) -> anyhow::Result<Environment> {
    outreach::install_crypto();
    let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates");
    Ok(Environment::new(Settings {
        database: test.database.clone(),
        clock: test.clock.clone(),
        templates: mail::render::TemplateStore::open(&templates)?,
        transports: Transports::by_account(true),
        token_key: mail::token::TokenKey::new(b"a secret that only tests use: 0123456789"),
        public_url: "http://overture.test".to_owned(),
        demo: true,
    }))
}

#[tokio::test]
async fn loading_the_demo_twice_equals_loading_it_once() -> anyhow::Result<()> {
    let mut loaded = Loaded::new().await?;
    let before = loaded.checksum().await?;
    let words = demo::load(&loaded.environment).await?;
    assert!(words.contains("already"), "{words}");
    assert_eq!(loaded.checksum().await?, before);
    Ok(())
}

#[tokio::test]
async fn there_are_no_demo_data_outside_the_demo() -> anyhow::Result<()> {
    let test = TestDatabase::new().await?;
    let outside = super::environment(&test)?;
    assert!(demo::load(&outside).await.is_err());
    Ok(())
}

#[tokio::test]
async fn demo_has_the_promised_size_in_both_brands() -> anyhow::Result<()> {
    let mut loaded = Loaded::new().await?;
    for (what, query, low, high) in [
        ("contacts", "contacts", 560, 680),
        ("deals", "deals", 480, 620),
        ("mails", "email_messages WHERE state = 'sent'", 2_000, 3_400),
        ("events", "email_events", 2_000, 9_000),
        ("inbound", "inbound_messages", 120, 500),
        ("receipts", "ai_decisions", 2_000, 12_000),
        ("imports", "imports", 8, 40),
        ("import errors", "import_errors", 5, 200),
        ("notes", "notes WHERE kind = 'note'", 50, 900),
        ("open tasks", "notes WHERE kind = 'task' AND done_at IS NULL", 1, 60),
        ("blocked deals", "deals WHERE status = 'active' AND blocked_reason IS NOT NULL", 10, 120),
        ("deals without consent", "deals d JOIN contacts c ON c.id = d.contact_id WHERE d.status = 'active' AND c.consent_basis IS NULL", 3, 60),
        ("proposals", "ai_decisions WHERE outcome = 'proposed'", 1, 20),
        ("waiting out of office", "deals WHERE next_reason LIKE 'Out of office%'", 1, 40),
        ("job runs", "job_runs", 20, 2_000),
    ] {
        let found = loaded.count(query).await?;
        eprintln!("{what}: {found}");
        assert!((low..=high).contains(&found), "{what}: {found}");
    }
    Ok(())
}
