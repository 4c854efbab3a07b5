use std::sync::Arc;

use anyhow::Result;
use axum::http::StatusCode;
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

/// Pixels of many mails; every hit is committed before its answer.
pub async fn pixel(stage: &Stage, report: &mut Report) -> Result<()> {
    let paths = paths(stage, |message| {
        format!("/t/o/{}.gif", stage.key.encode(Token::Open { brand: stage.brand.id, message }))
    })
    .await?;
    hit(stage, report, paths, StatusCode::OK, "open pixel, 32 connections (floor: a bare handler)").await
}

/// Links of many mails.
pub async fn click(stage: &Stage, report: &mut Report) -> Result<()> {
    let paths = paths(stage, |message| {
        format!("/t/c/{}", stage.key.encode(Token::Click { brand: stage.brand.id, message, link: 0 }))
    })
    .await?;
    hit(stage, report, paths, StatusCode::FOUND, "click, 32 connections (floor: a bare handler)").await
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
    work: &'static str,
) -> Result<()> {
    let (address, paths) = (stage.address, Arc::new(paths));
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
    let floor = floor::bare_handler(CLIENTS, stage.size.hits).await?;
    report.latencies(work, &found, &floor, "≥ 10,000/s, p99 ≤ 20 ms");
    Ok(())
}
