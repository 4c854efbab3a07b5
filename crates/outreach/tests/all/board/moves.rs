use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use domain::pipeline::{DealStatus, LostReason};
use domain::view::deal::StatusChange;
use outreach::Refused;
use outreach::deals::{MoveRequest, move_to, set_status};

use super::{arrange, deal, member, move_now, stage};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_move_by_a_person_sends_nothing_and_waits_the_stage_s_days() -> Result<()> {
    let world = World::new().await?;
    let print = world.bystander().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    let moved = move_now(&world, &user, &deal, "invited", None).await??;
    let after = world.look(&deal).await?;
    assert_eq!(world.stage(&deal).await?, "invited");
    assert_eq!((after.stage_visit, after.status), (2, DealStatus::Active));
    assert_eq!(after.next_action_at, Some(world.now() + TimeDelta::days(4)));
    assert_eq!((moved.card.visit, moved.card.stage), (2, after.stage_id));
    world.tick().await?;
    world.deliver().await?;
    assert!(world.mails(&deal).await?.is_empty());
    world.assert_bystander(&print).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_move_is_refused_and_changes_nothing() -> Result<()> {
    let world = World::new().await?;
    let (meera, rohan) =
        (member(&world, "desifirms", "Meera Nair").await?, member(&world, "desifirms", "Rohan Iyer").await?);
    let deal = deal(&world, "priya").await?;
    let request = MoveRequest {
        deal: deal.id,
        to: stage(&world, &deal, "signed_up").await?,
        expected_stage: deal.stage_id,
        expected_visit: deal.stage_visit,
        lost_reason: None,
    };
    move_now(&world, &meera, &deal, "responded", None).await??;
    let refused = move_to(&world.environment, &rohan, &request).await;
    let Err(Refused::Conflict(why)) = refused else { anyhow::bail!("not a conflict: {refused:?}") };
    ensure!(why.contains("Responded"), "{why}");
    assert_eq!(world.stage(&deal).await?, "responded");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_that_left_and_came_back_is_not_the_deal_that_was_seen() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    for key in ["invited", "business_found"] {
        move_now(&world, &user, &deal, key, None).await??;
    }
    let request = MoveRequest {
        deal: deal.id,
        to: stage(&world, &deal, "signed_up").await?,
        expected_stage: deal.stage_id,
        expected_visit: deal.stage_visit,
        lost_reason: None,
    };
    assert!(matches!(move_to(&world.environment, &user, &request).await, Err(Refused::Conflict(_))));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_follows_the_kind_of_the_stage() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    move_now(&world, &user, &deal, "listed", None).await??;
    let won = world.look(&deal).await?;
    assert_eq!((won.status, won.next_action_at), (DealStatus::Won, None));
    let unexplained = move_now(&world, &user, &deal, "not_interested", None).await?;
    assert!(matches!(unexplained, Err(Refused::Invalid(_))), "a loss needs its reason");
    let opted_out = move_now(&world, &user, &deal, "not_interested", Some(LostReason::Unsubscribed)).await?;
    assert!(matches!(opted_out, Err(Refused::Invalid(_))), "an opt-out comes from the contact");
    move_now(&world, &user, &deal, "not_interested", Some(LostReason::Budget)).await??;
    let lost = world.look(&deal).await?;
    assert_eq!((lost.status, lost.lost_reason), (DealStatus::Lost, Some(LostReason::Budget)));
    move_now(&world, &user, &deal, "responded", None).await??;
    let open = world.look(&deal).await?;
    assert_eq!((open.status, open.lost_reason), (DealStatus::Active, None));
    ensure!(open.next_action_at.is_some(), "an open deal is looked at again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stage_follows_the_status_and_reopening_goes_back_where_it_was_closed() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    let set = async |change| set_status(&world.environment, &user, deal.id, change).await;
    move_now(&world, &user, &deal, "signed_up", None).await??;
    // The won stage is found by its kind, never by its name or place.
    for (change, key, status) in [
        (StatusChange::Won, "listed", DealStatus::Won),
        (StatusChange::Open, "signed_up", DealStatus::Active),
        (StatusChange::Lost(LostReason::Timing), "not_interested", DealStatus::Lost),
        (StatusChange::Open, "signed_up", DealStatus::Active),
    ] {
        set(change).await?;
        assert_eq!((world.stage(&deal).await?.as_str(), world.look(&deal).await?.status), (key, status));
    }
    assert!(matches!(set(StatusChange::Open).await, Err(Refused::Conflict(_))), "it is open already");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_holds_and_a_resume_does_not_start_the_wait_again() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    move_now(&world, &user, &deal, "invited", None).await??;
    let due = world.look(&deal).await?.next_action_at.context("waits for the follow-up")?;
    set_status(&world.environment, &user, deal.id, StatusChange::Pause).await?;
    let paused = world.look(&deal).await?;
    assert_eq!((paused.status, paused.next_action_at, paused.stage_visit), (DealStatus::Paused, None, 2));
    move_now(&world, &user, &deal, "follow_up_1", None).await??;
    assert_eq!(world.look(&deal).await?.status, DealStatus::Paused, "a move doesn't end a pause");
    move_now(&world, &user, &deal, "invited", None).await??;
    world.pass(TimeDelta::days(1));
    set_status(&world.environment, &user, deal.id, StatusChange::Open).await?;
    assert_eq!(world.look(&deal).await?.next_action_at, Some(due));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_deal_is_not_opened_beside_another_open_one() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let first = deal(&world, "priya").await?;
    move_now(&world, &user, &first, "not_interested", Some(LostReason::Other)).await??;
    let second = deal(&world, "priya").await?;
    let refused = move_now(&world, &user, &first, "responded", None).await?;
    assert!(matches!(refused, Err(Refused::Conflict(_))), "{refused:?}");
    assert_eq!(world.look(&first).await?.status, DealStatus::Lost);
    assert_eq!(world.look(&second).await?.status, DealStatus::Active);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_withdraws_what_waited_for_approval() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    let insert = format!(
        "INSERT INTO ai_decisions (id, brand_id, deal_id, action, outcome, rule, reasoning, inputs, guards, at) VALUES \
         ('{}', '{}', '{}', 'send_email', 'proposed', 'next_mail', 'due', '{{}}', '[]', '{}')",
        world.test.clock.new_id(),
        deal.brand_id,
        deal.id,
        world.now().to_rfc3339()
    );
    arrange(&world, deal.brand_id, &insert).await?;
    move_now(&world, &user, &deal, "responded", None).await??;
    let mut scope = world.test.database.brand(deal.brand_id).await?;
    assert!(database::deal::proposal(&mut scope, deal.id).await?.is_none());
    Ok(())
}
