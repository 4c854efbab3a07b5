use anyhow::{Result, ensure};
use chrono::TimeDelta;
use outreach::Refused;
use outreach::outbox::{preview_next, send_now};

use crate::people::manager;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sends_the_next_mail_at_night_and_it_counts_as_the_step() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    world.pass(TimeDelta::hours(12));
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    let preview = preview_next(&world.environment, &user, deal.id).await?;
    ensure!(preview.blocked.is_none(), "{:?}", preview.blocked);
    ensure!(!preview.html.contains("/t/o/") && !preview.html.contains("/t/c/"), "looking isn't opening");
    send_now(&world.environment, &user, deal.id).await?;
    world.deliver().await?;
    let mails = world.provider.accepted();
    ensure!(mails.len() == 1 && mails[0].subject == preview.subject);
    ensure!(world.stage(&deal).await? == "invited");
    // The autopilot's next mail is follow-up 1.
    world.run_until_mailed(&deal, 100).await?;
    let keys: Vec<_> = world.mails(&deal).await?.into_iter().filter_map(|mail| mail.template_key).collect();
    ensure!(keys == ["business_invitation", "business_followup1"], "{keys:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn guards_bind_a_person_too() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.sql(world.desifirms(), "UPDATE contacts SET consent_basis = NULL").await?;
    let preview = preview_next(&world.environment, &user, deal.id).await?;
    ensure!(preview.blocked.as_deref().is_some_and(|why| why.contains("consent")), "{:?}", preview.blocked);
    ensure!(matches!(send_now(&world.environment, &user, deal.id).await, Err(Refused::Conflict(_))));

    world
        .sql(world.desifirms(), "UPDATE contacts SET consent_basis = 'express', status = 'unsubscribed'")
        .await?;
    ensure!(matches!(send_now(&world.environment, &user, deal.id).await, Err(Refused::Conflict(_))));
    ensure!(world.mails(&deal).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_step_is_never_sent_twice_by_hand() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    send_now(&world.environment, &user, deal.id).await?;
    let second = send_now(&world.environment, &user, deal.id).await;
    ensure!(matches!(second, Err(Refused::Conflict(_))), "{second:?}");
    world.tick().await?;
    ensure!(world.provider.accepted().len() == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_brands_deal_is_not_found() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.codeteki(), "sales", "priya@sharma-sweets.example").await?;
    ensure!(matches!(send_now(&world.environment, &user, deal.id).await, Err(Refused::NotFound)));
    ensure!(matches!(preview_next(&world.environment, &user, deal.id).await, Err(Refused::NotFound)));
    Ok(())
}
