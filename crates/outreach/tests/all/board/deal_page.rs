use anyhow::{Context, Result};
use domain::view::board::NextKind;
use domain::view::deal::{DealEdit, DealView, Happening};
use outreach::Refused;
use outreach::deals::{add_note, deal_page, edit};
use outreach::people::CurrentUser;

use super::{deal, member, move_now};
use crate::world::World;

fn happenings(view: &DealView) -> Vec<&Happening> {
    view.timeline.iter().flat_map(|day| &day.entries).map(|entry| &entry.what).collect()
}

async fn page(world: &World, user: &CurrentUser, deal: &database::deal::Deal) -> Result<DealView> {
    Ok(deal_page(&world.environment, user, deal.id).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_tells_mails_moves_decisions_and_notes() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    world.run_until_mailed(&deal, 5).await?;
    world.open_mails(&deal).await?;
    add_note(&world.environment, &user, deal.id, "  Met her cousin.  ").await?;
    move_now(&world, &user, &deal, "responded", None).await??;
    let view = page(&world, &user, &deal).await?;
    let told = happenings(&view);
    assert!(told.iter().any(|what| matches!(what, Happening::Mail(mail) if mail.opens == 1)), "{told:#?}");
    assert!(told.iter().any(|what| matches!(what, Happening::Event { .. })));
    assert!(told.iter().any(|what| matches!(what, Happening::Decision(line) if !line.guards.is_empty())));
    assert!(told.iter().any(|what| matches!(what, Happening::Note { who, body, .. } if who == "Meera Nair" && body == "Met her cousin.")));
    let by = |who: &str| {
        told.iter().any(|what| matches!(what, Happening::Move { who: mover, .. } if mover == who))
    };
    assert!(by("Autopilot") && by("Meera Nair"));
    assert_eq!((view.meter.sent, view.meter.opened), (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_edited_and_bad_ones_refused() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let stranger = member(&world, "codeteki", "Rohan Iyer").await?;
    let deal = deal(&world, "priya").await?;
    let good = DealEdit {
        deal: deal.id,
        value: "A$1,200.50".to_owned(),
        expected_close_on: "2026-12-18".to_owned(),
        owner: Some(user.id()),
    };
    edit(&world.environment, &user, &good).await?;
    let view = page(&world, &user, &deal).await?;
    assert_eq!((view.value_cents, view.owner_name.as_str()), (Some(120_050), "Meera Nair"));
    assert_eq!(view.expected_close_text.as_deref(), Some("18 Dec"));
    for bad in [
        DealEdit { value: "a lot".to_owned(), ..good.clone() },
        DealEdit { expected_close_on: "soon".to_owned(), ..good.clone() },
        DealEdit { owner: Some(stranger.id()), ..good.clone() },
    ] {
        let refused = edit(&world.environment, &user, &bad).await;
        assert!(matches!(refused, Err(Refused::Invalid(_))), "{bad:?}: {refused:?}");
    }
    let unchanged = page(&world, &user, &deal).await?;
    assert_eq!((unchanged.value_cents, unchanged.owner), (Some(120_050), Some(user.id())));
    let nothing = DealEdit { value: String::new(), expected_close_on: String::new(), owner: None, ..good };
    edit(&world.environment, &user, &nothing).await?;
    assert_eq!(page(&world, &user, &deal).await?.value_cents, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_or_endless_note_is_refused() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    for body in ["  \n", &"x".repeat(10_001)] {
        let refused = add_note(&world.environment, &user, deal.id, body).await;
        assert!(matches!(refused, Err(Refused::Invalid(_))), "{refused:?}");
    }
    assert!(happenings(&page(&world, &user, &deal).await?).is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_step_says_what_blocks_it() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    world.sql(deal.brand_id, "UPDATE contacts SET consent_basis = NULL").await?;
    world.tick().await?;
    let view = page(&world, &user, &deal).await?;
    assert_eq!(view.next.kind, NextKind::Blocked);
    let stages =
        view.stages.iter().position(|stage| stage.id == view.stage).context("it is on its ladder")?;
    assert_eq!((stages, view.contact.consent), (0, None));
    Ok(())
}
