//! RFC 8058 from end to end: what a mail provider does with a mail that has come over the wire.

use std::sync::{Arc, Mutex};

use anyhow::{Context, ensure};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use database::schema::contacts;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::mailing::{MessageState, SuppressionReason};
use mail::deliver::{SmtpSettings, SmtpTransport, TlsMode};
use outreach::transports::Transports;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::browser::Server;

const EMAIL: &str = "priya+offers@sharma-sweets.example";

/// A mail server that takes everything and keeps it.
async fn sink() -> anyhow::Result<(u16, Arc<Mutex<Vec<String>>>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeps = kept.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take(stream, keeps.clone()));
        }
    });
    Ok((port, kept))
}

async fn take(stream: TcpStream, kept: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 ready\r\n").await.ok()?;
    let mut mail: Option<String> = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let answer = match (&mut mail, line.as_str()) {
            (Some(_), ".\r\n") => {
                kept.lock().expect("not poisoned").extend(mail.take());
                "250 2.0.0 queued\r\n"
            }
            (Some(mail), line) => {
                mail.push_str(line);
                continue;
            }
            (None, line) if line.to_uppercase().starts_with("DATA") => {
                mail = Some(String::new());
                "354 go ahead\r\n"
            }
            (None, _) => "250 2.0.0 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
    }
}

/// A header of a mail as it came, unfolded.
fn header(mail: &str, name: &str) -> Option<String> {
    let head = mail.split("\r\n\r\n").next()?.replace("\r\n ", " ").replace("\r\n\t", " ");
    head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
}

async fn autopilot(server: &Server) -> anyhow::Result<outreach::outbox::Summary> {
    outreach::autopilot::process_pending_deals(&server.environment).await?;
    Ok(outreach::outbox::deliver_due(&server.environment).await?)
}

async fn prospect(
    server: &Server,
    brand: domain::BrandId,
    pipeline: &str,
) -> anyhow::Result<(database::contact::Contact, database::deal::Deal)> {
    let clock = &server.test.clock;
    let mut scope = server.environment.database().brand(brand).await?;
    let contact = test_support::contact(&mut scope, brand, EMAIL, clock).await?;
    let deal = test_support::deal(&mut scope, &contact, pipeline, clock).await?;
    scope.commit().await?;
    Ok((contact, deal))
}

#[tokio::test(flavor = "multi_thread")]
async fn header_of_a_delivered_mail_opts_out_of_its_brand_for_good() -> anyhow::Result<()> {
    let (port, kept) = sink().await?;
    let settings = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        tls: TlsMode::None,
        username: String::new(),
        password: String::new(),
    };
    let transport = SmtpTransport::new(settings);
    let server = Server::with(Transports::fixed(Arc::new(transport))).await?;
    let (desifirms, codeteki) = (server.test.brands.desifirms.id, server.test.brands.codeteki.id);
    let (contact, _) = prospect(&server, desifirms, "business").await?;
    prospect(&server, codeteki, "sales").await?;
    let summary = autopilot(&server).await?;
    ensure!(summary.sent == 2, "{summary:?}");
    let mails = kept.lock().expect("not poisoned").clone();
    let mail = mails
        .iter()
        .find(|mail| header(mail, "From").is_some_and(|from| from.contains("desifirms")))
        .context("a mail of Desi Firms")?;

    let post = header(mail, "List-Unsubscribe-Post").context("RFC 8058")?;
    ensure!(post == "List-Unsubscribe=One-Click", "{post}");
    let ways = header(mail, "List-Unsubscribe").context("RFC 2369")?;
    let url = ways.split('>').next().and_then(|way| way.strip_prefix('<')).context("an address")?;
    let path = url.strip_prefix("https://overture.test").context("https, and ours")?;
    // Exactly the standard's request: no cookie, no referrer, no origin.
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(post))?;
    let answer = server.call(request).await?;
    ensure!(answer.status == StatusCode::OK && answer.header("location").is_empty());
    ensure!(server.suppression(desifirms, EMAIL).await? == Some(SuppressionReason::Unsubscribed));
    ensure!(server.suppression(codeteki, EMAIL).await?.is_none(), "the other brand may write");

    // Deleted here and imported again: the address stays out.
    let mut scope = server.environment.database().brand(desifirms).await?;
    diesel::delete(contacts::table.filter(contacts::id.eq(contact.id))).execute(&mut *scope).await?;
    scope.commit().await?;
    let (contact, deal) = prospect(&server, desifirms, "business").await?;
    let mut scope = server.environment.database().brand(desifirms).await?;
    let stages = database::pipeline::stages_of(&mut scope, deal.pipeline_id).await?;
    let first = stages.iter().find(|stage| stage.step == Some(1)).context("an outreach stage")?;
    let clock = &server.test.clock;
    let waiting =
        test_support::mail(&mut scope, &deal, &contact, first, MessageState::Queued, None, clock).await?;
    scope.commit().await?;
    // However it came into the outbox, the claim refuses it.
    clock.set(waiting.scheduled_for);
    outreach::outbox::deliver_due(&server.environment).await?;
    let refused = server.mail(desifirms, waiting.id).await?;
    ensure!(refused.state == MessageState::Blocked, "{:?}", refused.state);
    autopilot(&server).await?;
    ensure!(kept.lock().expect("not poisoned").len() == 2, "mailed after the opt-out");
    Ok(())
}
