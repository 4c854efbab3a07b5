use anyhow::{Result, ensure};

use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_at_the_same_tick_send_one_mail() -> Result<()> {
    let world = World::new().await?;
    let mut deals = Vec::new();
    for number in 0..12 {
        deals
            .push(world.deal(world.desifirms(), "business", &format!("lead@company{number}.example")).await?);
    }
    let turns = (0..4).map(|_| {
        let environment = world.environment.clone();
        tokio::spawn(async move {
            outreach::autopilot::process_pending_deals(&environment).await?;
            outreach::outbox::deliver_due(&environment).await
        })
    });
    for turn in futures::future::join_all(turns).await {
        turn??;
    }
    world.deliver().await?;
    for deal in &deals {
        ensure!(world.mails(deal).await?.len() == 1 && world.look(deal).await?.mails_sent == 1);
        ensure!(world.rules(deal).await?.len() == 1, "one decision");
        ensure!(world.stage(deal).await? == "invited");
    }
    ensure!(world.provider.accepted().len() == 12 && world.provider.attempts() == 12);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_deal_somebody_is_moving_waits_for_the_next_turn() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    let mut scope = world.test.database.brand(deal.brand_id).await?;
    database::deal::lock(&mut scope, deal.id).await?;
    world.tick().await?;
    ensure!(world.mails(&deal).await?.is_empty());
    drop(scope);
    // Dropping rolls back in the background; the row is free once nobody waits for it.
    let mut free = world.test.database.brand(deal.brand_id).await?;
    database::deal::lock(&mut free, deal.id).await?;
    free.commit().await?;
    world.tick().await?;
    ensure!(world.mails(&deal).await?.len() == 1);
    Ok(())
}
