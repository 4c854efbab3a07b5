use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use axum::http::StatusCode;
use database::Database;
use diesel::sql_types::{Integer, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::floor;
use crate::http::Client;
use crate::measure::under_load;
use crate::report::Report;
use crate::stage::Stage;

const CLIENTS: usize = 8;

/// The board as the server draws it, over one connection each for eight people.
pub async fn page(stage: &Stage, report: &mut Report) -> Result<()> {
    let (address, cookie) = (stage.address, Arc::new(stage.cookie.clone()));
    let found = under_load(
        CLIENTS,
        stage.size.pages,
        || Client::connect(address),
        move |client, _| {
            let cookie = cookie.clone();
            async move { client.get("/board/business?brand=desifirms", &cookie, StatusCode::OK).await }
        },
    )
    .await?;
    let floor = floor::select_one(stage, CLIENTS, stage.size.pages).await?;
    report.latencies(
        "board page, 5,000 deals, 8 connections (floor: `SELECT 1`)",
        &found,
        &floor,
        "p95 ≤ 40 ms",
    );
    Ok(())
}

/// What the browser asks for at the end of a column.
pub async fn column(stage: &Stage, report: &mut Report) -> Result<()> {
    let board = board(stage).await?;
    let pipeline = board["pipeline"].clone();
    let column = board["columns"]
        .as_array()
        .and_then(|columns| columns.iter().find(|column| !column["page"]["next"].is_null()))
        .context("no column has a second page")?
        .clone();
    let body = Arc::new(
        json!({ "pipeline": pipeline, "filter": filter(), "stage": column["stage"], "after": column["page"]["next"] })
            .to_string(),
    );
    let (address, cookie) = (stage.address, Arc::new(stage.cookie.clone()));
    let found = under_load(
        CLIENTS,
        stage.size.pages,
        || Client::connect(address),
        move |client, _| {
            let (cookie, body) = (cookie.clone(), body.clone());
            async move { Ok(client.ask("/rpc/board/column", &cookie, body.to_string()).await?.0) }
        },
    )
    .await?;
    let floor = floor::select_one(stage, CLIENTS, stage.size.pages).await?;
    report.latencies("next page of a column (floor: `SELECT 1`)", &found, &floor, "p95 ≤ 10 ms");
    Ok(())
}

#[derive(diesel::QueryableByName)]
struct Card {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    stage_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    next_stage: Uuid,
    #[diesel(sql_type = Integer)]
    stage_visit: i32,
}

/// Moves of different deals to the next stage, each in the transaction of its own that a person's drag costs.
pub async fn moves(stage: &Stage, report: &mut Report) -> Result<()> {
    let mut scope = stage.database.brand(stage.brand.id).await?;
    let cards: Vec<Card> = diesel::sql_query(
        "SELECT d.id, d.stage_id, n.id AS next_stage, d.stage_visit FROM deals d
         JOIN stages s ON s.id = d.stage_id JOIN stages n ON n.pipeline_id = s.pipeline_id AND n.position = s.position + 1
         JOIN pipelines p ON p.id = s.pipeline_id
         WHERE p.key = 'business' AND s.kind IN ('entry', 'outreach') AND n.kind <> 'lost' ORDER BY d.id LIMIT $1",
    )
    .bind::<Integer, _>(i32::try_from(stage.size.pages)?)
    .load(&mut *scope)
    .await?;
    drop(scope);
    ensure!(cards.len() == stage.size.pages, "there are {} deals to move", cards.len());
    let (address, cookie, cards) = (stage.address, Arc::new(stage.cookie.clone()), Arc::new(cards));
    let of_floor = cards.clone();
    let found = under_load(
        CLIENTS,
        cards.len(),
        || Client::connect(address),
        move |client, index| {
            let (cookie, cards) = (cookie.clone(), cards.clone());
            async move {
                let card = &cards[index];
                let body = json!({ "deal": card.id, "to": card.next_stage, "expected_stage": card.stage_id,
                    "expected_visit": card.stage_visit, "lost_reason": Value::Null });
                Ok(client.ask("/rpc/board/move", &cookie, body.to_string()).await?.0)
            }
        },
    )
    .await?;
    let (database, brand) = (stage.database.clone(), stage.brand.id);
    let floor = under_load(
        CLIENTS,
        of_floor.len(),
        || async { Ok(database.clone()) },
        move |database: Database, index| {
            let cards = of_floor.clone();
            async move {
                let mut scope = database.brand(brand).await?;
                diesel::sql_query(
                    "UPDATE deals SET updated_at = updated_at + interval '1 second' WHERE id = $1",
                )
                .bind::<SqlUuid, _>(cards[index].id)
                .execute(&mut *scope)
                .await?;
                scope.commit().await?;
                Ok(database)
            }
        },
    )
    .await?;
    report.latencies("move of a deal (floor: one `UPDATE` and its commit)", &found, &floor, "p95 ≤ 15 ms");
    Ok(())
}

/// Contacts as they are looked for while somebody types.
pub async fn search(stage: &Stage, report: &mut Report) -> Result<()> {
    const TYPED: [&str; 8] =
        ["pri", "priya ra", "harbour", "golden lawyers 77", "person1234", "spice", "sweets 4", "zz"];
    let (address, cookie) = (stage.address, Arc::new(stage.cookie.clone()));
    let found = under_load(
        CLIENTS,
        stage.size.pages / 2,
        || Client::connect(address),
        move |client, index| {
            let cookie = cookie.clone();
            async move {
                let mut query = json!({});
                for name in [
                    "pipeline", "kind", "status", "tier", "owner", "action", "only", "sort", "after",
                    "before", "row",
                ] {
                    query[name] = json!("");
                }
                query["brand"] = json!("desifirms");
                query["text"] = json!(TYPED[index % TYPED.len()]);
                Ok(client.ask("/rpc/contacts/list", &cookie, json!({ "query": query }).to_string()).await?.0)
            }
        },
    )
    .await?;
    let floor = floor::select_one(stage, CLIENTS, stage.size.pages).await?;
    report.latencies("contact search as typed (floor: `SELECT 1`)", &found, &floor, "p95 ≤ 60 ms");
    Ok(())
}

fn filter() -> Value {
    json!({ "due": false, "overdue": false, "blocked": false, "hot": false, "mine": false, "text": "" })
}

async fn board(stage: &Stage) -> Result<Value> {
    let body = json!({ "pipeline": "business", "brand": "desifirms", "filter": filter(), "per_column": 25 });
    let client = Client::connect(stage.address).await?;
    Ok(client.ask("/rpc/board", &stage.cookie, body.to_string()).await?.1)
}
