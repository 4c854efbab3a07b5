use anyhow::Result;
use domain::pipeline::LostReason;
use domain::view::board::{BoardFilter, CardCursor};
use domain::view::deal::{DealEdit, StatusChange};
use outreach::Refused;
use outreach::deals::{self, MoveRequest};

use super::{PIPELINE, deal, member, move_now, stage};
use crate::world::World;

/// Everything about a foreign deal, pipeline or move looks as if it didn't exist.
#[tokio::test(flavor = "multi_thread")]
async fn another_brand_s_board_and_deals_do_not_exist() -> Result<()> {
    let world = World::new().await?;
    let (ours, theirs) =
        (member(&world, "desifirms", "Meera Nair").await?, member(&world, "codeteki", "Rohan Iyer").await?);
    let deal = deal(&world, "priya").await?;
    let moved = move_now(&world, &ours, &deal, "invited", None).await??;
    let before = world.look(&deal).await?;
    let (env, filter) = (&world.environment, BoardFilter::default());
    let pipeline = deal.pipeline_id.to_string();
    let place = CardCursor { entered: i64::MAX / 2, id: deal.id };
    let request = MoveRequest {
        deal: deal.id,
        to: stage(&world, &deal, "responded").await?,
        expected_stage: before.stage_id,
        expected_visit: before.stage_visit,
        lost_reason: None,
    };
    let edit =
        DealEdit { deal: deal.id, value: "1".to_owned(), expected_close_on: String::new(), owner: None };
    let lost = StatusChange::Lost(LostReason::Other);
    let answers: Vec<(&str, Result<(), Refused>)> = vec![
        ("board by key", outreach::board::board(env, &theirs, "all", PIPELINE, &filter, 0).await.map(drop)),
        ("board by id", outreach::board::board(env, &theirs, "all", &pipeline, &filter, 0).await.map(drop)),
        ("brand", outreach::board::board(env, &theirs, "desifirms", PIPELINE, &filter, 0).await.map(drop)),
        (
            "column",
            outreach::board::column(env, &theirs, &pipeline, &filter, deal.stage_id, place).await.map(drop),
        ),
        ("changes", outreach::board::changes(env, &theirs, &pipeline, &filter, &[deal.id]).await.map(drop)),
        ("move", deals::move_to(env, &theirs, &request).await.map(drop)),
        ("undo", deals::undo(env, &theirs, moved.undo).await.map(drop)),
        ("status", deals::set_status(env, &theirs, deal.id, lost).await),
        ("edit", deals::edit(env, &theirs, &edit).await),
        ("note", deals::add_note(env, &theirs, deal.id, "Hello").await),
        ("page", deals::deal_page(env, &theirs, deal.id).await.map(drop)),
    ];
    for (what, answer) in answers {
        assert!(matches!(answer, Err(Refused::NotFound)), "{what}: {answer:?}");
    }
    assert_eq!(world.look(&deal).await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_is_not_moved_into_a_stage_of_another_pipeline() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let ours = deal(&world, "priya").await?;
    let event = world.deal(world.desifirms(), "events", "arjun@tester.example").await?;
    let foreign = world.deal(world.codeteki(), "sales", "nina@tester.example").await?;
    for to in [event.stage_id, foreign.stage_id] {
        let request = MoveRequest {
            deal: ours.id,
            to,
            expected_stage: ours.stage_id,
            expected_visit: ours.stage_visit,
            lost_reason: None,
        };
        let refused = deals::move_to(&world.environment, &user, &request).await;
        assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_shows_no_deal_of_another_pipeline_that_is_asked_for() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let ours = deal(&world, "priya").await?;
    let event = world.deal(world.desifirms(), "events", "arjun@tester.example").await?;
    let pipeline = ours.pipeline_id.to_string();
    let filter = BoardFilter::default();
    let asked = [ours.id, event.id];
    let changes = outreach::board::changes(&world.environment, &user, &pipeline, &filter, &asked).await?;
    assert_eq!(changes.cards.iter().map(|card| card.id).collect::<Vec<_>>(), [ours.id]);
    Ok(())
}
