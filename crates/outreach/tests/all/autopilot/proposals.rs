use anyhow::{Context, Result, ensure};
use domain::DecisionId;
use domain::autopilot::DecisionOutcome;
use outreach::{Refused, autopilot};

use crate::people::manager;
use crate::world::World;

async fn proposed(world: &World, deal: &database::deal::Deal) -> Result<DecisionId> {
    let mut scope = world.test.database.brand(deal.brand_id).await?;
    let receipts = database::decision::of_deal(&mut scope, deal.id).await?;
    let open = receipts.iter().find(|receipt| receipt.outcome == DecisionOutcome::Proposed);
    Ok(open.context("a proposal")?.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn in_suggest_mode_nothing_is_sent_until_a_person_approves() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.sql(world.desifirms(), "UPDATE pipelines SET mode = 'suggest'").await?;
    for _ in 0..3 {
        world.tick().await?;
    }
    ensure!(world.mails(&deal).await?.is_empty() && world.rules(&deal).await? == ["next_mail"]);
    ensure!(world.look(&deal).await?.blocked_reason.is_some());

    let proposal = proposed(&world, &deal).await?;
    autopilot::approve_decision(&world.environment, &user, proposal).await?;
    world.deliver().await?;
    ensure!(world.stage(&deal).await? == "invited" && world.provider.accepted().len() == 1);
    let again = autopilot::approve_decision(&world.environment, &user, proposal).await;
    ensure!(matches!(again, Err(Refused::Conflict(_))), "{again:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dismissed_proposal_sends_nothing_and_comes_back_later() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.sql(world.desifirms(), "UPDATE pipelines SET mode = 'suggest'").await?;
    world.tick().await?;
    autopilot::dismiss_decision(&world.environment, &user, proposed(&world, &deal).await?).await?;
    let dismissed = world.look(&deal).await?;
    ensure!(
        dismissed.next_action_at.is_some_and(|at| at > world.now()) && dismissed.blocked_reason.is_none()
    );
    ensure!(world.provider.attempts() == 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_the_world_has_overtaken_is_withdrawn() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.sql(world.desifirms(), "UPDATE pipelines SET mode = 'suggest'").await?;
    world.tick().await?;
    world.sql(world.desifirms(), "UPDATE contacts SET consent_basis = NULL").await?;
    let approved =
        autopilot::approve_decision(&world.environment, &user, proposed(&world, &deal).await?).await;
    ensure!(matches!(approved, Err(Refused::Conflict(_))), "{approved:?}");
    ensure!(world.mails(&deal).await?.is_empty() && proposed(&world, &deal).await.is_err());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_answers_another_brands_proposal() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.codeteki(), "sales", "priya@sharma-sweets.example").await?;
    world.sql(world.codeteki(), "UPDATE pipelines SET mode = 'suggest'").await?;
    world.tick().await?;
    let answer = autopilot::approve_decision(&world.environment, &user, proposed(&world, &deal).await?).await;
    ensure!(matches!(answer, Err(Refused::NotFound)), "{answer:?}");
    Ok(())
}
