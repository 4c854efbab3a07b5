use std::time::Instant;

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use database::brand::{MailAccount, set_mail_account};
use diesel::sql_types::BigInt;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use domain::mailing::{Encryption, Provider};
use outreach::outbox;

use crate::report::Report;
use crate::stage::Stage;
use crate::{floor, sink};

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

async fn count(stage: &Stage, of: &str) -> Result<i64> {
    let mut scope = stage.database.brand(stage.brand.id).await?;
    let found: Count =
        diesel::sql_query(format!("SELECT count(*) FROM {of}")).get_result(&mut *scope).await?;
    Ok(found.count)
}

/// The daily scan over every active deal; PostgreSQL's floor is counting the same rows.
pub async fn scan(stage: &Stage, report: &mut Report) -> Result<()> {
    let begun = Instant::now();
    let scanned = outreach::engagement::scan(&stage.environment).await?;
    let took = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    count(stage, "email_messages m LEFT JOIN email_events e ON e.message_id = m.id").await?;
    let alone = begun.elapsed().as_secs_f64();
    let deals = scanned.deals as f64;
    report.rate(
        "engagement scan (floor: counting mails and events)",
        "deals",
        deals / took,
        deals / alone,
        "1,000,000 in 60 s",
    );
    Ok(())
}

/// One turn over every due deal: guards, decision, receipt, and the mail in the outbox.
pub async fn tick(stage: &Stage, report: &mut Report) -> Result<()> {
    let before = count(stage, "ai_decisions").await?;
    let begun = Instant::now();
    let summary = outreach::autopilot::process_pending_deals(&stage.environment).await?;
    let took = begun.elapsed().as_secs_f64();
    let receipts = count(stage, "ai_decisions").await? - before;
    ensure!(receipts > 0, "the tick decided nothing: {summary:?}");
    eprintln!("  {summary:?}");

    let mut scope = stage.database.brand(stage.brand.id).await?;
    scope.batch_execute("CREATE TEMP TABLE floor (LIKE ai_decisions INCLUDING ALL)").await?;
    let begun = Instant::now();
    scope.batch_execute("INSERT INTO floor SELECT * FROM ai_decisions").await?;
    scope.commit().await?;
    let alone = begun.elapsed().as_secs_f64();
    report.rate(
        "autopilot tick (floor: copying the receipts)",
        "decisions",
        receipts as f64 / took,
        receipts as f64 / alone,
        "≥ 1,000/s",
    );
    Ok(())
}

/// One worker hands the tick's mails to an SMTP server of this process.
pub async fn send(stage: &Stage, report: &mut Report) -> Result<()> {
    let port = sink::start().await?;
    let mut scope = stage.database.brand(stage.brand.id).await?;
    let account = MailAccount {
        provider: Provider::Smtp,
        host: "127.0.0.1".to_owned(),
        port: i32::from(port),
        tls: Encryption::None,
        ..MailAccount::local(stage.brand.id, stage.clock.now())
    };
    set_mail_account(&mut scope, &account).await?;
    let keep = format!(
        "DELETE FROM email_messages WHERE state IN ('queued', 'scheduled') AND id NOT IN (
            SELECT id FROM email_messages WHERE state IN ('queued', 'scheduled') ORDER BY id LIMIT {})",
        stage.size.mails
    );
    scope.batch_execute(&keep).await?;
    scope
        .batch_execute(
            "UPDATE email_messages SET scheduled_for = created_at WHERE state IN ('queued', 'scheduled')",
        )
        .await?;
    scope.commit().await?;
    // A minute on, everything is due.
    stage.clock.set(stage.clock.now() + TimeDelta::minutes(1));
    let begun = Instant::now();
    let summary = outbox::deliver_brand(&stage.environment, &stage.brand).await?;
    let took = begun.elapsed().as_secs_f64();
    ensure!(summary.sent > 0, "nothing was sent: {summary:?}");
    eprintln!("  {summary:?}");
    let alone = floor::select_one(stage, 1, 1_000).await?;
    report.rate(
        "sending by SMTP, one worker (floor: `SELECT 1`, one connection)",
        "mails",
        summary.sent as f64 / took,
        alone.rate(),
        "≥ 300/s",
    );
    Ok(())
}
