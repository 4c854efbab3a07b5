use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use axum::http::StatusCode;
use database::schema::email_hits;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::MessageId;
use mail::token::Token;
use uuid::Uuid;

use crate::floor;
use crate::http::Client;
use crate::measure::under_load;
use crate::report::Report;
use crate::stage::Stage;

const CLIENTS: usize = 32;
const OPEN: [&str; 2] = [
    "open pixel, 32 connections (floor: a bare handler)",
    "opens from the first request to the last verdict (floor: a bare handler)",
];
const CLICK: [&str; 2] = [
    "click, 32 connections (floor: a bare handler)",
    "clicks from the first request to the last verdict (floor: a bare handler)",
];

/// Pixels of many mails; every hit is committed before its answer.
pub async fn pixel(stage: &Stage, report: &mut Report) -> Result<()> {
    let paths = paths(stage, |message| {
        format!("/t/o/{}.gif", stage.key.encode(Token::Open { brand: stage.brand.id, message }))
    })
    .await?;
    hit(stage, report, paths, StatusCode::OK, OPEN).await
}

/// Links of many mails.
pub async fn click(stage: &Stage, report: &mut Report) -> Result<()> {
    let paths = paths(stage, |message| {
        format!("/t/c/{}", stage.key.encode(Token::Click { brand: stage.brand.id, message, link: 0 }))
    })
    .await?;
    hit(stage, report, paths, StatusCode::FOUND, CLICK).await
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

async fn paths(stage: &Stage, path: impl Fn(MessageId) -> String) -> Result<Vec<String>> {
    let mut scope = stage.database.brand(stage.brand.id).await?;
    let rows: Vec<Row> =
        diesel::sql_query("SELECT id FROM email_messages WHERE send_key LIKE 'bench:%' ORDER BY id LIMIT $1")
            .bind::<BigInt, _>(i64::try_from(stage.size.hits)?)
            .load(&mut *scope)
            .await?;
    Ok(rows.into_iter().map(|row| path(MessageId(row.id))).collect())
}

async fn hit(
    stage: &Stage,
    report: &mut Report,
    paths: Vec<String>,
    expected: StatusCode,
    [work, verdicts]: [&'static str; 2],
) -> Result<()> {
    let (address, paths) = (stage.address, Arc::new(paths));
    let begun = Instant::now();
    let found = under_load(
        CLIENTS,
        stage.size.hits,
        || Client::connect(address),
        move |client, index| {
            let paths = paths.clone();
            async move { client.get(&paths[index % paths.len()], "", expected).await }
        },
    )
    .await?;
    judged(stage).await?;
    let per_second = stage.size.hits as f64 / begun.elapsed().as_secs_f64();
    let floor = floor::bare_handler(CLIENTS, stage.size.hits).await?;
    report.latencies(work, &found, &floor, "≥ 10,000/s, p99 ≤ 20 ms");
    report.rate(verdicts, "hits", per_second, floor.rate(), "keeps up");
    Ok(())
}

/// Returns once no hit waits for its verdict.
async fn judged(stage: &Stage) -> Result<()> {
    loop {
        let mut scope = stage.database.brand(stage.brand.id).await?;
        if email_hits::table.count().get_result::<i64>(&mut *scope).await? == 0 {
            return Ok(());
        }
        drop(scope);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
