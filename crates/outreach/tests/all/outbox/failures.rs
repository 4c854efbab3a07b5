use std::time::Duration;

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use domain::mailing::MessageState;
use domain::pipeline::{DealStatus, LostReason};
use mail::deliver::DeliveryError;
use mail::deliver::recording::Outcome;
use outreach::outbox::{Fate, deliver_due, resolve_unclear};

use crate::people::manager;
use crate::world::World;

fn down() -> Outcome {
    Outcome::Fail(DeliveryError::Transient { reason: "connection refused".to_owned(), retry_after: None })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_between_claim_and_record_leaves_no_second_mail() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    outreach::autopilot::process_pending_deals(&world.environment).await?;
    world.provider.script([Outcome::Hang]);
    {
        let delivery = deliver_due(&world.environment);
        tokio::select! {
            _ = delivery => anyhow::bail!("the transport hangs"),
            () = world.provider.reach_attempts(1) => {}
        }
    }
    ensure!(world.mails(&deal).await?[0].state == MessageState::Sending);
    // Nothing happens while the claim may still be alive, and nothing is ever sent again afterwards.
    for _ in 0..10 {
        world.pass(TimeDelta::minutes(10));
        world.tick().await?;
    }
    ensure!(world.provider.attempts() == 1, "sent again");
    ensure!(world.mails(&deal).await?[0].state == MessageState::Unknown);
    let held = world.look(&deal).await?;
    ensure!(held.next_action_at.is_none() && held.blocked_reason.is_some_and(|why| why.contains("unclear")));

    let unclear = world.mails(&deal).await?[0].id;
    resolve_unclear(&world.environment, &user, unclear, Fate::Arrived).await?;
    ensure!(world.stage(&deal).await? == "invited" && world.look(&deal).await?.mails_sent == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_a_person_found_lost_is_written_anew_in_the_same_row() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    let reason = "connection lost".to_owned();
    world.provider.script([Outcome::Fail(DeliveryError::Unknown { reason })]);
    world.tick().await?;
    let unclear = world.mails(&deal).await?.remove(0);
    ensure!(unclear.state == MessageState::Unknown);
    resolve_unclear(&world.environment, &user, unclear.id, Fate::Lost).await?;
    world.tick().await?;
    let mails = world.mails(&deal).await?;
    ensure!(mails.len() == 1 && mails[0].id == unclear.id && mails[0].state == MessageState::Sent);
    ensure!(world.provider.accepted().len() == 1 && world.stage(&deal).await? == "invited");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_down_for_three_hours_gets_exactly_one_mail_afterwards() -> Result<()> {
    let world = World::new().await?;
    let bystander = world.bystander().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.provider.always("priya@sharma-sweets.example", down());
    let start = world.now();
    while world.now() - start < TimeDelta::hours(3) {
        world.tick().await?;
        world.pass(TimeDelta::minutes(5));
    }
    ensure!(world.provider.accepted().is_empty() && world.provider.attempts() > 5);
    let waiting = world.mails(&deal).await?;
    ensure!(waiting.len() == 1 && waiting[0].state == MessageState::Queued);
    ensure!(waiting[0].reason.as_deref().is_some_and(|why| why.contains("connection refused")));
    ensure!(world.stage(&deal).await? == "business_found", "the stage says what has happened");

    world.provider.recover();
    for _ in 0..30 {
        world.pass(TimeDelta::minutes(5));
        world.tick().await?;
    }
    let mails = world.provider.accepted();
    ensure!(mails.len() == 1 && mails[0].text.contains("Hi Priya,") && mails[0].text.len() > 300);
    ensure!(mails[0].message_id == waiting[0].message_id && world.stage(&deal).await? == "invited");
    world.assert_bystander(&bystander).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_does_not_exist_ends_every_deal_of_the_contact() -> Result<()> {
    let world = World::new().await?;
    let email = "nobody@sharma-sweets.example";
    let first = world.deal(world.desifirms(), "business", email).await?;
    let second = world.deal(world.desifirms(), "events", email).await?;
    let elsewhere = world.deal(world.codeteki(), "sales", email).await?;
    let reason = "550 5.1.1 no such user".to_owned();
    world
        .provider
        .script([Outcome::Accept, Outcome::Fail(DeliveryError::Permanent { reason, recipient_fault: true })]);
    world.tick().await?;
    for deal in [&first, &second] {
        ensure!(world.look(deal).await?.lost_reason == Some(LostReason::InvalidEmail));
    }
    ensure!(world.look(&elsewhere).await?.status == DealStatus::Active, "another brand's deal goes on");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_is_our_fault_is_held_and_the_address_stays_good() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    let reason = "550 5.7.1 sender not allowed".to_owned();
    world.provider.script([Outcome::Fail(DeliveryError::Permanent { reason, recipient_fault: false })]);
    world.tick().await?;
    let held = world.look(&deal).await?;
    ensure!(
        held.status == DealStatus::Active && held.blocked_reason.is_some_and(|why| why.contains("5.7.1"))
    );
    let mut scope = world.test.database.brand(world.desifirms()).await?;
    let suppressed =
        database::contact::suppression(&mut scope, world.desifirms(), "priya@sharma-sweets.example").await?;
    ensure!(suppressed.is_none() && world.mails(&deal).await?[0].state == MessageState::Failed);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_s_own_waiting_time_is_respected() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    let retry_after = Some(Duration::from_secs(30 * 60));
    world
        .provider
        .script([Outcome::Fail(DeliveryError::Transient { reason: "429".to_owned(), retry_after })]);
    world.tick().await?;
    let waits = world.mails(&deal).await?[0].scheduled_for - world.now();
    ensure!(waits >= TimeDelta::minutes(30), "{waits}");
    world.pass(TimeDelta::minutes(29));
    world.deliver().await?;
    ensure!(world.provider.attempts() == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brand_without_an_account_sends_nothing_and_says_so() -> Result<()> {
    let world = World::new().await?;
    let environment =
        crate::environment_with(&world.test, outreach::transports::Transports::by_account(false))?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    outreach::autopilot::process_pending_deals(&environment).await?;
    let delivered = deliver_due(&environment).await?;
    ensure!(delivered.sent == 0 && delivered.problems.len() == 1, "{delivered:?}");
    let waiting = world.mails(&deal).await?.remove(0);
    ensure!(waiting.state == MessageState::Queued && waiting.attempts == 0);
    ensure!(waiting.reason.is_some_and(|why| why.contains("no mail account")));
    ensure!(world.stage(&deal).await? == "business_found", "nothing pretends to have been sent");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_deal_was_moved_or_closed_is_cancelled() -> Result<()> {
    let world = World::new().await?;
    let moved = world.deal(world.desifirms(), "business", "moved@one.example").await?;
    let paused = world.deal(world.desifirms(), "business", "paused@two.example").await?;
    outreach::autopilot::process_pending_deals(&world.environment).await?;
    world
        .sql(
            world.desifirms(),
            &format!("UPDATE deals SET stage_visit = stage_visit + 1 WHERE id = '{}'", moved.id),
        )
        .await?;
    world
        .sql(world.desifirms(), &format!("UPDATE deals SET status = 'paused' WHERE id = '{}'", paused.id))
        .await?;
    let delivered = world.deliver().await?;
    ensure!(delivered.cancelled == 2 && world.provider.attempts() == 0, "{delivered:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brand_without_a_postal_address_sends_nothing() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    outreach::autopilot::process_pending_deals(&world.environment).await?;
    world.sql(world.desifirms(), "UPDATE brands SET postal_address = '' WHERE slug = 'desifirms'").await?;
    world.deliver().await?;
    ensure!(world.provider.attempts() == 0);
    ensure!(world.mails(&deal).await?[0].reason.as_deref().is_some_and(|why| why.contains("postal address")));
    Ok(())
}
