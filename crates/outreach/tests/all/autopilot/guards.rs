use anyhow::{Result, ensure};
use chrono::TimeDelta;
use domain::engagement::Tier;
use domain::mailing::MessageState;
use domain::pipeline::{DealStatus, LostReason};

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn no_consent_is_held_for_a_person_and_never_asked_again_by_itself() -> Result<()> {
    let world = World::new().await?;
    let bystander = world.bystander().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.sql(world.desifirms(), "UPDATE contacts SET consent_basis = NULL").await?;
    for _ in 0..4 {
        world.tick().await?;
        world.pass(TimeDelta::hours(1));
    }
    let held = world.look(&deal).await?;
    ensure!(
        held.next_action_at.is_none()
            && held.blocked_reason.as_deref().is_some_and(|why| why.contains("consent"))
    );
    ensure!(world.rules(&deal).await? == ["consent"], "one receipt, not one an hour");
    ensure!(world.provider.attempts() == 0);
    world.assert_bystander(&bystander).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suppressed_address_closes_the_deal_without_a_mail() -> Result<()> {
    let world = World::new().await?;
    for (reason, lost) in
        [("hard_bounce", LostReason::InvalidEmail), ("unsubscribed", LostReason::Unsubscribed)]
    {
        let email = format!("{}@sharma-sweets.example", reason.replace('_', "-"));
        let deal = world.deal(world.desifirms(), "business", &email).await?;
        world
            .sql(
                world.desifirms(),
                &format!(
                    "INSERT INTO suppressions (id, brand_id, email, reason, created_at)
                     VALUES (gen_random_uuid(), '{}', '{email}', '{reason}', now())",
                    world.desifirms()
                ),
            )
            .await?;
        world.tick().await?;
        let closed = world.look(&deal).await?;
        ensure!(
            closed.status == DealStatus::Lost && closed.lost_reason == Some(lost),
            "{reason}: {closed:?}"
        );
    }
    ensure!(world.provider.attempts() == 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_brands_opt_out_changes_nothing() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "both@shared.example").await?;
    let (other, codeteki) =
        (world.deal(world.codeteki(), "sales", "both@shared.example").await?, world.codeteki());
    world
        .sql(
            codeteki,
            &format!(
                "INSERT INTO suppressions (id, brand_id, email, reason, created_at)
                 VALUES (gen_random_uuid(), '{codeteki}', 'both@shared.example', 'unsubscribed', now())"
            ),
        )
        .await?;
    world.tick().await?;
    ensure!(world.stage(&deal).await? == "invited");
    ensure!(world.look(&other).await?.lost_reason == Some(LostReason::Unsubscribed));
    ensure!(world.provider.accepted().len() == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_is_missing_holds_the_deal_with_the_reason() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world
        .sql(
            world.desifirms(),
            &format!(
                "WITH made AS (INSERT INTO templates (brand_id, key, family, checksum, updated_at)
                               VALUES ('{}', 'gone', 'test', 'x', now()) RETURNING key)
                 UPDATE stages SET template_key = 'gone' WHERE key = 'invited' AND (SELECT count(*) FROM made) = 1",
                world.desifirms()
            ),
        )
        .await?;
    world.tick().await?;
    let held = world.look(&deal).await?;
    ensure!(held.blocked_reason.as_deref().is_some_and(|why| why.contains("gone")), "{held:?}");
    ensure!(held.next_action_at.is_none() && world.mails(&deal).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn suppressed_between_decision_and_claim_is_blocked_and_then_closed() -> Result<()> {
    let world = World::new().await?;
    let bystander = world.bystander().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    outreach::autopilot::process_pending_deals(&world.environment).await?;
    world
        .sql(
            world.desifirms(),
            &format!(
                "INSERT INTO suppressions (id, brand_id, email, reason, created_at)
                 VALUES (gen_random_uuid(), '{}', 'priya@sharma-sweets.example', 'complaint', now())",
                world.desifirms()
            ),
        )
        .await?;
    let delivered = world.deliver().await?;
    ensure!(delivered.blocked == 1 && world.provider.attempts() == 0);
    ensure!(world.mails(&deal).await?[0].state == MessageState::Blocked);
    world.tick().await?;
    let closed = world.look(&deal).await?;
    ensure!(closed.lost_reason == Some(LostReason::Complained), "{closed:?}");
    world.assert_bystander(&bystander).await
}

#[tokio::test(flavor = "multi_thread")]
async fn opens_shorten_the_wait_and_silence_lengthens_it() -> Result<()> {
    let world = World::new().await?;
    let reader = world.deal(world.desifirms(), "business", "reader@one.example").await?;
    let silent = world.deal(world.desifirms(), "events", "silent@two.example").await?;
    world.tick().await?;
    world.open_mails(&reader).await?;
    // Follow-up 1, four days after the invitation.
    for _ in 0..40 {
        if world.stage(&silent).await? == "follow_up_1" {
            break;
        }
        world.step(world.desifirms()).await?;
    }
    let (read, unread) = (world.look(&reader).await?, world.look(&silent).await?);
    ensure!(read.stage_id != reader.stage_id && read.mails_sent == 2 && unread.mails_sent == 2);
    let wait = |deal: &database::deal::Deal| {
        deal.next_action_at.zip(deal.last_mailed_at).map(|(next, at)| (next - at).num_days())
    };
    ensure!(unread.tier == Tier::Cold, "{:?}", unread.tier);
    ensure!(wait(&unread) >= Some(7), "cold waits a week: {:?}", wait(&unread));
    ensure!(wait(&read) <= Some(5), "{:?}", wait(&read));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_opened_by_machines_only_never_make_a_ghost() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "mpp@apple.example").await?;
    for _ in 0..400 {
        if !world.step(world.desifirms()).await? {
            break;
        }
        world
            .sql(
                world.desifirms(),
                "UPDATE email_messages SET machine_opened_at = sent_at WHERE state = 'sent'",
            )
            .await?;
    }
    ensure!(world.look(&deal).await?.mails_sent == 4, "the whole ladder is sent");
    ensure!(world.rules(&deal).await?.last().map(String::as_str) == Some("final_follow_up"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipeline_that_is_off_is_left_alone() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.sql(world.desifirms(), "UPDATE pipelines SET mode = 'off'").await?;
    world.tick().await?;
    ensure!(world.look(&deal).await? == deal);
    ensure!(world.rules(&deal).await?.is_empty() && world.provider.attempts() == 0);
    Ok(())
}
