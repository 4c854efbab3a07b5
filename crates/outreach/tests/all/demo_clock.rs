//! The demo's clock, moved on by hand.

use std::sync::Arc;

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use database::clock::Clock;
use domain::pipeline::DealStatus;
use mail::deliver::Recording;
use mail::render::TemplateStore;
use mail::token::TokenKey;
use outreach::demo_clock::advance;
use outreach::transports::Transports;
use outreach::{Environment, Refused, Settings};

use crate::world::World;

/// The same database under the demo's clock, which starts at the machine's time.
fn demo(world: &World, provider: &Arc<Recording>) -> Result<Environment> {
    let templates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates");
    Ok(Environment::new(Settings {
        database: world.test.database.clone(),
        clock: Clock::demo(),
        templates: TemplateStore::open(&templates)?,
        transports: Transports::fixed(provider.clone()),
        token_key: TokenKey::new(b"a secret that only tests use: 0123456789"),
        vault: outreach::vault::Vault::new(b"a key that only tests use: 0123456789abcdef").expect("derives"),
        public_url: "http://overture.test".to_owned(),
        demo: true,
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_weeks_walk_a_whole_ladder_in_order() -> Result<()> {
    let world = World::new().await?;
    let demo = demo(&world, &world.provider)?;
    world.test.clock.set(demo.clock().now());
    let deal = world.deal(world.desifirms(), "business", "silent@sharma-sweets.example").await?;
    let before = demo.clock().now();
    let done = advance(&demo, TimeDelta::weeks(10)).await?;
    ensure!(demo.clock().now() - before >= TimeDelta::weeks(10));
    ensure!(done.mails_sent == 3 && done.deals_closed == 1, "{done:?}");
    ensure!(done.in_words().starts_with("3 mails sent, 1 deal closed"), "{}", done.in_words());
    ensure!(world.look(&deal).await?.status == DealStatus::Lost);
    let mails = world.mails(&deal).await?;
    for mail in &mails {
        let local =
            mail.sent_at.map(|at| at.with_timezone(&outreach::schedule::ZONE).format("%H").to_string());
        ensure!(local.as_deref().is_some_and(|hour| ("09".."17").contains(&hour)), "{local:?}");
    }
    ensure!(mails.windows(2).all(|pair| {
        pair[1].sent_at.zip(pair[0].sent_at).is_some_and(|(b, a)| b - a >= TimeDelta::days(3))
    }));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_never_moves_outside_the_demo() -> Result<()> {
    let world = World::new().await?;
    let refused = advance(&world.environment, TimeDelta::days(1)).await;
    ensure!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_people_cannot_move_it_at_once() -> Result<()> {
    let world = World::new().await?;
    let demo = demo(&world, &world.provider)?;
    let mut holder = world.test.database.scoped(&[]).await?;
    ensure!(database::job_run::hold_clock(&mut holder).await?);
    let refused = advance(&demo, TimeDelta::hours(1)).await;
    ensure!(matches!(refused, Err(Refused::Conflict(_))), "{refused:?}");
    holder.commit().await?;
    advance(&demo, TimeDelta::hours(1)).await?;
    ensure!(matches!(advance(&demo, TimeDelta::hours(-1)).await, Err(Refused::Invalid(_))));
    Ok(())
}
