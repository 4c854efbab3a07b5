//! Boards, moves and the deal page.

mod deal_page;
mod isolation;
mod moves;
mod reading;
mod undo;

use anyhow::{Context, Result};
use database::deal::Deal;
use domain::pipeline::LostReason;
use domain::view::board::{BoardFilter, BoardView, ColumnView, Moved};
use domain::{BrandId, Role, StageId};
use outreach::Refused;
use outreach::deals::{MoveRequest, move_to};
use outreach::people::{CurrentUser, NewPerson, create_person};

use crate::world::World;

const PIPELINE: &str = "business";

/// A member of one brand.
async fn member(world: &World, slug: &str, name: &str) -> Result<CurrentUser> {
    let new = NewPerson {
        email: format!("{}@{slug}.example", name.to_lowercase().replace(' ', ".")),
        name: name.to_owned(),
        password: "long enough".to_owned(),
        roles: vec![(slug.to_owned(), Role::Member)],
        is_demo: false,
    };
    let id = create_person(&world.environment, new).await?;
    let mut connection = world.test.database.unscoped().await?;
    Ok(CurrentUser::new(database::person::person(&mut connection, id).await?.context("just created")?))
}

/// The business board with this filter.
async fn board(world: &World, user: &CurrentUser, filter: &BoardFilter) -> Result<BoardView, Refused> {
    outreach::board::board(&world.environment, user, "all", PIPELINE, filter, 0).await
}

fn column<'a>(board: &'a BoardView, key: &str) -> Result<&'a ColumnView> {
    board.columns.iter().find(|column| column.key == key).with_context(|| format!("no stage {key}"))
}

/// A Desi Firms deal on the business board.
async fn deal(world: &World, name: &str) -> Result<Deal> {
    world.deal(world.desifirms(), PIPELINE, &format!("{name}@tester.example")).await
}

/// The id of a stage of a deal's pipeline.
async fn stage(world: &World, deal: &Deal, key: &str) -> Result<StageId> {
    let mut scope = world.test.database.brand(deal.brand_id).await?;
    let stages = database::pipeline::stages_of(&mut scope, deal.pipeline_id).await?;
    Ok(stages.iter().find(|stage| stage.key == key).with_context(|| format!("no stage {key}"))?.id)
}

/// Moves a deal from where it is now.
async fn move_now(
    world: &World,
    user: &CurrentUser,
    deal: &Deal,
    key: &str,
    lost_reason: Option<LostReason>,
) -> Result<Result<Moved, Refused>> {
    let current = world.look(deal).await?;
    let request = MoveRequest {
        deal: deal.id,
        to: stage(world, deal, key).await?,
        expected_stage: current.stage_id,
        expected_visit: current.stage_visit,
        lost_reason,
    };
    Ok(move_to(&world.environment, user, &request).await)
}

/// One statement on a brand's rows, as a test arranges its world.
async fn arrange(world: &World, brand: BrandId, statement: &str) -> Result<()> {
    world.sql(brand, statement).await
}
