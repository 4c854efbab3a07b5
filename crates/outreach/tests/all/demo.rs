//! The demo's data: complete, consistent with the rules, and loaded once.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use domain::contact::ContactStatus;
use domain::engagement::{EventKind, Tier, Verdict};
use domain::pipeline::{DealStatus, catalogue};
use domain::reply::Intent;
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
        vault: outreach::vault::Vault::new(b"a key that only tests use: 0123456789abcdef").expect("derives"),
        public_url: "http://overture.test".to_owned(),
        demo: true,
    }))
}

/// One load for all of these: it is the work of seconds.
#[tokio::test]
async fn demo_is_complete_keeps_the_rules_and_is_loaded_once() -> anyhow::Result<()> {
    let mut loaded = Loaded::new().await?;
    it_has_the_promised_size_and_something_of_everything(&mut loaded).await?;
    for (what, query) in NEVER {
        loaded.none(what, query).await?;
    }
    loading_it_again_changes_nothing(&mut loaded).await?;
    let scanned = engagement::scan(&loaded.environment).await?;
    assert!(scanned.deals > 100, "{scanned:?}");
    assert_eq!(scanned.changed, 0, "tiers are those of the engagement scan");
    Ok(())
}

async fn loading_it_again_changes_nothing(loaded: &mut Loaded) -> anyhow::Result<()> {
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

async fn it_has_the_promised_size_and_something_of_everything(loaded: &mut Loaded) -> anyhow::Result<()> {
    for (what, query, low, high) in [
        ("contacts", "contacts", 560, 680),
        ("deals", "deals", 480, 660),
        ("mails", "email_messages WHERE state = 'sent'", 1_900, 3_400),
        ("events", "email_events", 2_000, 9_000),
        ("inbound", "inbound_messages", 120, 500),
        ("receipts", "ai_decisions", 2_000, 12_000),
        ("imports", "imports WHERE status = 'done'", 8, 40),
        ("import errors", "import_errors", 5, 200),
        ("notes", "notes WHERE kind = 'note'", 50, 900),
        ("open tasks", "notes WHERE kind = 'task' AND done_at IS NULL", 1, 60),
        ("blocked deals", "deals WHERE status = 'active' AND blocked_reason IS NOT NULL", 10, 120),
        ("no consent", "deals WHERE blocked_reason LIKE 'No consent%'", 3, 60),
        ("proposals", "ai_decisions WHERE outcome = 'proposed'", 1, 20),
        ("away", "deals WHERE status = 'active' AND next_reason LIKE 'Out of office%'", 1, 40),
        ("to review", "inbound_messages WHERE needs_review", 1, 30),
        ("suppressions", "suppressions", 20, 120),
        ("job runs", "job_runs", 20, 2_000),
        ("won sales", "deals d JOIN pipelines p ON p.id = d.pipeline_id WHERE p.key = 'sales' AND d.status = 'won' \
          AND d.value_cents BETWEEN 150000 AND 1800000", 4, 40),
    ] {
        let found = loaded.count(query).await?;
        assert!((low..=high).contains(&found), "{what}: {found}");
    }
    for (query, all) in [
        ("tier AS word FROM deals", members(Tier::ALL)),
        ("status AS word FROM deals", members(DealStatus::ALL)),
        ("kind AS word FROM email_events", members(EventKind::ALL)),
        ("verdict AS word FROM email_events", members(Verdict::ALL)),
        ("intent AS word FROM inbound_messages", members(Intent::ALL)),
        ("status AS word FROM contacts", members(ContactStatus::ALL)),
        ("p.key AS word FROM deals d JOIN pipelines p ON p.id = d.pipeline_id WHERE d.status IN ('active', 'won')", keys()),
    ] {
        assert_eq!(loaded.words(query).await?, all, "{query}");
    }
    Ok(())
}

fn members<T: ToString>(all: &[T]) -> Vec<String> {
    let mut words: Vec<String> = all.iter().map(ToString::to_string).collect();
    words.sort_unstable();
    words
}

fn keys() -> Vec<String> {
    let mut keys: Vec<String> = catalogue::all().map(|pipeline| pipeline.key.to_owned()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// What has to hold of every row: a description and a query that finds the rows for which it doesn't.
const NEVER: &[(&str, &str)] = &[
    ("a deal's counter differs from its mails",
     "deals d WHERE mails_sent <> (SELECT count(*) FROM email_messages m WHERE m.deal_id = d.id AND m.state = 'sent')"),
    ("a deal's last mail isn't the newest",
     "deals d WHERE last_mailed_at IS DISTINCT FROM
          (SELECT max(sent_at) FROM email_messages m WHERE m.deal_id = d.id AND m.state = 'sent')"),
    ("a contact has two open deals in a pipeline",
     "(SELECT 1 FROM deals WHERE status IN ('active', 'paused') GROUP BY contact_id, pipeline_id HAVING count(*) > 1) x"),
    ("an outreach stage isn't that of the last mail",
     "deals d JOIN stages s ON s.id = d.stage_id WHERE s.kind = 'outreach' AND d.stage_id IS DISTINCT FROM
          (SELECT stage_id FROM email_messages m WHERE m.deal_id = d.id AND m.state = 'sent' ORDER BY sent_at DESC LIMIT 1)"),
    ("a deal in the first stage was mailed during this visit",
     "deals d JOIN stages s ON s.id = d.stage_id JOIN email_messages m ON m.deal_id = d.id AND m.state = 'sent'
          AND m.sent_at > d.stage_entered_at WHERE s.kind = 'entry'"),
    ("status and stage contradict each other",
     "deals d JOIN stages s ON s.id = d.stage_id WHERE (s.kind = 'won') <> (d.status = 'won')
          OR (s.kind = 'lost') <> (d.status = 'lost')"),
    ("the stage isn't that of the last move",
     "deals d CROSS JOIN LATERAL (SELECT to_stage_id, to_status, (SELECT count(*) FROM deal_stage_events n
               WHERE n.deal_id = d.id AND n.from_stage_id IS DISTINCT FROM n.to_stage_id) AS visits
           FROM deal_stage_events e WHERE e.deal_id = d.id ORDER BY at DESC, id DESC LIMIT 1) e
      WHERE (d.stage_id, d.status, d.stage_visit) IS DISTINCT FROM (e.to_stage_id, e.to_status, e.visits::int)"),
    ("somebody was mailed without consent",
     "email_messages m JOIN contacts c ON c.id = m.contact_id WHERE m.state = 'sent' AND c.consent_basis IS NULL"),
    ("somebody was mailed after opting out",
     "email_messages m JOIN suppressions s ON s.brand_id = m.brand_id AND s.email = m.to_email
          WHERE m.sent_at > s.created_at"),
    ("a suppressed contact has an open deal that may be mailed",
     "deals d JOIN contacts c ON c.id = d.contact_id JOIN suppressions s ON s.brand_id = c.brand_id AND s.email = c.email
          WHERE d.status = 'active' AND d.created_at < s.created_at"),
    ("a mail has no text", "email_messages m LEFT JOIN email_contents c ON c.message_id = m.id WHERE c.message_id IS NULL"),
    ("a mail still speaks of the stand-in",
     "email_messages m JOIN email_contents c ON c.message_id = m.id
          WHERE m.subject || c.html || c.body_text || c.preheader || array_to_string(c.links, ' ') ~* 'zz(first|last|company|site|local|mail|prev)'
             OR m.subject LIKE '%⟨%'"),
    ("a subject's place was left open",
     "(SELECT subject AS text FROM inbound_messages UNION ALL SELECT reason FROM deal_stage_events
       UNION ALL SELECT coalesce(blocked_reason, '') FROM deals) x WHERE text LIKE '%⟨%'"),
    ("a click leads nowhere", "email_events WHERE kind = 'click' AND url IS NULL OR url !~ '^https?://'"),
    ("a mail went out outside office hours",
     "email_messages m JOIN contacts c ON c.id = m.contact_id WHERE m.created_by IS NULL AND m.sent_at IS NOT NULL
          AND (extract(hour FROM m.sent_at AT TIME ZONE c.time_zone) NOT BETWEEN 9 AND 16
               OR extract(isodow FROM m.sent_at AT TIME ZONE c.time_zone) > 5)"),
    ("an event happened before its mail", "email_events e JOIN email_messages m ON m.id = e.message_id WHERE e.at < m.sent_at"),
    ("something lies in the future",
     "(SELECT at FROM email_events UNION ALL SELECT sent_at FROM email_messages UNION ALL SELECT at FROM deal_stage_events
       UNION ALL SELECT at FROM ai_decisions UNION ALL SELECT created_at FROM contacts UNION ALL SELECT received_at
       FROM inbound_messages UNION ALL SELECT created_at FROM notes) x WHERE at > '2026-11-25T03:20:00Z'"),
    ("somebody real could be mailed", "contacts WHERE email !~ '\\.example$'"),
    ("an import doesn't add up",
     "imports WHERE total_rows <> created_count + updated_count + skipped_count + suppressed_count + error_count
          OR error_count <> (SELECT count(*) FROM import_errors e WHERE e.import_id = imports.id)"),
    ("a proposal's deal isn't parked",
     "ai_decisions r JOIN deals d ON d.id = r.deal_id WHERE r.outcome = 'proposed' AND d.next_action_at IS NOT NULL"),
];

#[tokio::test]
async fn the_same_moment_gives_the_same_demo() -> anyhow::Result<()> {
    // Ids of brands and stages differ between databases, and subjects are drawn by them.
    let query = "md5(string_agg(c.email || c.name || s.key || d.mails_sent || d.tier || coalesce(d.last_mailed_at::text, '-'), \
                 '|' ORDER BY d.id)) AS word FROM deals d JOIN contacts c ON c.id = d.contact_id JOIN stages s ON s.id = d.stage_id";
    let (mut one, mut other) = (Loaded::new().await?, Loaded::new().await?);
    let sum = async |loaded: &mut Loaded| -> anyhow::Result<Option<String>> {
        let row: Word = sql_query(format!("SELECT {query}")).get_result(&mut loaded.owner).await?;
        Ok(row.word)
    };
    let first = sum(&mut one).await?;
    assert!(first.is_some());
    assert_eq!(first, sum(&mut other).await?);
    Ok(())
}
