use anyhow::Result;
use chrono::TimeDelta;
use outreach::Refused;
use outreach::deals::undo;

use super::{arrange, deal, member, move_now};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn undo_puts_everything_back() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    arrange(&world, deal.brand_id, "UPDATE deals SET blocked_reason = 'No consent', next_action_at = NULL")
        .await?;
    let before = world.look(&deal).await?;
    world.pass(TimeDelta::minutes(1));
    let moved = move_now(&world, &user, &deal, "responded", None).await??;
    let card = undo(&world.environment, &user, moved.undo).await?;
    let after = world.look(&deal).await?;
    assert_eq!(database::deal::Deal { updated_at: before.updated_at, ..after.clone() }, before);
    assert_eq!((card.stage, card.visit), (before.stage_id, before.stage_visit));
    let again = undo(&world.environment, &user, moved.undo).await;
    assert!(matches!(again, Err(Refused::Conflict(_))), "once only: {again:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_of_a_withdrawn_proposal_has_the_autopilot_look_again() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    arrange(&world, deal.brand_id, "UPDATE deals SET next_action_at = NULL").await?;
    let moved = move_now(&world, &user, &deal, "responded", None).await??;
    undo(&world.environment, &user, moved.undo).await?;
    assert_eq!(world.look(&deal).await?.next_action_at, Some(world.now()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_something_came_of_stays() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    let first = move_now(&world, &user, &deal, "invited", None).await??;
    let second = move_now(&world, &user, &deal, "responded", None).await??;
    let stale = undo(&world.environment, &user, first.undo).await;
    assert!(matches!(stale, Err(Refused::Conflict(_))), "{stale:?}");
    world.pass(TimeDelta::minutes(11));
    let late = undo(&world.environment, &user, second.undo).await;
    assert!(matches!(late, Err(Refused::NotFound)), "{late:?}");
    assert_eq!(world.stage(&deal).await?, "responded");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_is_undone_by_the_person_who_made_it() -> Result<()> {
    let world = World::new().await?;
    let (meera, rohan) =
        (member(&world, "desifirms", "Meera Nair").await?, member(&world, "desifirms", "Rohan Iyer").await?);
    let deal = deal(&world, "priya").await?;
    let moved = move_now(&world, &meera, &deal, "responded", None).await??;
    let refused = undo(&world.environment, &rohan, moved.undo).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    Ok(())
}
