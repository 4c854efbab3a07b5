//! What the machine could do at best: the same number of clients against PostgreSQL alone, or against a handler that
//! does nothing.

use std::net::SocketAddr;

use anyhow::Result;
use axum::http::StatusCode;
use axum::{Router, routing::get};
use diesel_async::RunQueryDsl;
use tokio::net::TcpListener;

use crate::http::Client;
use crate::measure::{Latencies, under_load};
use crate::stage::Stage;

/// Round trips of `SELECT 1`.
///
/// # Errors
/// When the database fails.
pub async fn select_one(stage: &Stage, clients: usize, count: usize) -> Result<Latencies> {
    let database = stage.database.clone();
    under_load(
        clients,
        count,
        || async { Ok(database.unscoped().await?) },
        |mut connection, _| async move {
            diesel::sql_query("SELECT 1").execute(&mut *connection).await?;
            Ok(connection)
        },
    )
    .await
}

/// Requests to a handler of axum that answers two bytes.
///
/// # Errors
/// When no port is free.
pub async fn bare_handler(clients: usize, count: usize) -> Result<Latencies> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address: SocketAddr = listener.local_addr()?;
    let router = Router::new().route("/", get(|| async { "ok" }));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let found = under_load(
        clients,
        count,
        || Client::connect(address),
        |client, _| async move { client.get("/", "", StatusCode::OK).await },
    )
    .await;
    server.abort();
    found
}
