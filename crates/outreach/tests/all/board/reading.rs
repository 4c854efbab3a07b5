use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use chrono::TimeDelta;
use diesel::connection::InstrumentationEvent;
use diesel_async::AsyncConnection;
use domain::engagement::Tier;
use domain::view::board::BoardFilter;

use super::{PIPELINE, arrange, board, column, deal, member};
use crate::world::World;

/// So many deals in the first stage, of one moment, worth A$100 each, every third of them hot.
async fn crowd(world: &World, count: usize) -> Result<()> {
    let brand = world.desifirms();
    let mut scope = world.test.database.brand(brand).await?;
    let clock = &world.test.clock;
    for number in 0..count {
        let contact =
            test_support::contact(&mut scope, brand, &format!("c{number}@crowd.example"), clock).await?;
        test_support::deal(&mut scope, &contact, PIPELINE, clock).await?;
    }
    scope.commit().await?;
    let hot = format!("UPDATE deals SET tier = 'hot' WHERE id IN (SELECT id FROM deals LIMIT {})", count / 3);
    arrange(world, brand, "UPDATE deals SET value_cents = 10000").await?;
    arrange(world, brand, &hot).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_counts_every_deal_not_only_the_loaded() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    crowd(&world, 60).await?;
    let board = board(&world, &user, &BoardFilter::default()).await?;
    let found = column(&board, "business_found")?;
    assert_eq!((found.page.cards.len() as i64, found.figures.count), (outreach::board::FIRST, 60));
    assert_eq!(found.figures.value_cents, 60 * 10_000);
    assert_eq!(found.figures.weighted_cents, 60 * 10_000 * i64::from(found.probability) / 100);
    assert_eq!(found.figures.tiers, [(Tier::New, 40), (Tier::Hot, 20)]);
    assert_eq!((board.figures.open, board.figures.hot), (60, 20));
    let others: i64 =
        board.columns.iter().filter(|column| column.key != "business_found").map(|c| c.figures.count).sum();
    assert_eq!(others, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_column_are_complete_and_without_duplicates() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    crowd(&world, 60).await?;
    let filter = BoardFilter::default();
    let board = board(&world, &user, &filter).await?;
    let found = column(&board, "business_found")?;
    let mut seen: Vec<_> = found.page.cards.iter().map(|card| card.id).collect();
    let mut next = found.page.next;
    while let Some(after) = next {
        let pipeline = board.pipeline.to_string();
        let page = outreach::board::column(&world.environment, &user, &pipeline, &filter, found.stage, after)
            .await?;
        seen.extend(page.cards.iter().map(|card| card.id));
        next = page.next;
    }
    assert_eq!(seen.len(), 60);
    let unique: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!(unique.len(), 60);
    ensure!(seen.is_sorted_by(|a, b| a > b), "of one moment, the newest id comes first");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_takes_three_statements_whatever_its_size() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    for size in [0, 40] {
        crowd(&world, size).await?;
        // Beside these: the session, the person, and the transaction's scope.
        let mut scope = world.test.database.brand(world.desifirms()).await?;
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = statements.clone();
        scope.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { .. } = event {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        });
        let filter = BoardFilter { hot: true, text: "c".to_owned(), ..BoardFilter::default() };
        for filter in [BoardFilter::default(), filter] {
            statements.store(0, Ordering::SeqCst);
            outreach::board::read(&mut scope, world.now(), &user, PIPELINE, &filter, 25).await?;
            assert_eq!(statements.load(Ordering::SeqCst), 3, "{size} deals, {filter:?}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_quick_filter_lets_its_deals_through() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let brand = world.desifirms();
    let (overdue, later, blocked, hot, mine, odd) = (
        deal(&world, "overdue").await?,
        deal(&world, "later").await?,
        deal(&world, "blocked").await?,
        deal(&world, "hot").await?,
        deal(&world, "mine").await?,
        deal(&world, "odd_one").await?,
    );
    let next_week = (world.now() + TimeDelta::days(7)).to_rfc3339();
    arrange(&world, brand, &format!("UPDATE deals SET next_action_at = '{next_week}'")).await?;
    let before = (world.now() - TimeDelta::hours(3)).to_rfc3339();
    let soon = (world.now() + TimeDelta::hours(1)).to_rfc3339();
    for (deal, set) in [
        (&overdue, format!("next_action_at = '{before}'")),
        (&later, format!("next_action_at = '{soon}'")),
        (&blocked, "blocked_reason = 'No consent', next_action_at = NULL".to_owned()),
        (&hot, "tier = 'hot'".to_owned()),
        (&mine, format!("owner_id = '{}'", user.id())),
    ] {
        arrange(&world, brand, &format!("UPDATE deals SET {set} WHERE id = '{}'", deal.id)).await?;
    }
    let all = BoardFilter::default();
    for (filter, expected) in [
        (BoardFilter { due: true, ..all.clone() }, vec![&overdue, &later]),
        (BoardFilter { overdue: true, ..all.clone() }, vec![&overdue]),
        (BoardFilter { blocked: true, ..all.clone() }, vec![&blocked]),
        (BoardFilter { hot: true, ..all.clone() }, vec![&hot]),
        (BoardFilter { mine: true, ..all.clone() }, vec![&mine]),
        (BoardFilter { text: "BLOCK".to_owned(), ..all.clone() }, vec![&blocked]),
        // A wildcard of LIKE is a letter like any other.
        (BoardFilter { text: "d_o".to_owned(), ..all.clone() }, vec![&odd]),
        (BoardFilter { text: "%".to_owned(), ..all.clone() }, vec![]),
        (BoardFilter { due: true, hot: true, ..all.clone() }, vec![]),
    ] {
        let board = board(&world, &user, &filter).await?;
        let found = column(&board, "business_found")?;
        let mut shown: Vec<_> = found.page.cards.iter().map(|card| card.id).collect();
        let mut wanted: Vec<_> = expected.iter().map(|deal| deal.id).collect();
        shown.sort();
        wanted.sort();
        assert_eq!(shown, wanted, "{filter:?}");
        assert_eq!(usize::try_from(found.figures.count)?, wanted.len(), "{filter:?}");
        let figures = board.figures;
        let counts = (figures.due, figures.overdue, figures.blocked, figures.hot, figures.mine);
        assert_eq!(counts, (2, 1, 1, 1, 1), "chips count the whole pipeline");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_says_what_comes_next_and_when() -> Result<()> {
    let world = World::new().await?;
    let user = member(&world, "desifirms", "Meera Nair").await?;
    let deal = deal(&world, "priya").await?;
    let tomorrow = (world.now() + TimeDelta::hours(24)).to_rfc3339();
    arrange(&world, world.desifirms(), &format!("UPDATE deals SET next_action_at = '{tomorrow}'")).await?;
    let shown = board(&world, &user, &BoardFilter::default()).await?;
    let card = &column(&shown, "business_found")?.page.cards[0];
    assert_eq!((card.id, card.name.as_str()), (deal.id, "Priya Tester"));
    assert_eq!(card.next.what, "First mail");
    let when = card.next.when.clone().map(|when| (when.text, when.full, when.overdue));
    let full = "Tuesday 24 November 2026, 10:30 (Sydney)".to_owned();
    assert_eq!(when, Some(("tomorrow 10:30".to_owned(), full, false)));
    arrange(&world, world.desifirms(), "UPDATE deals SET blocked_reason = 'No consent basis'").await?;
    let shown = board(&world, &user, &BoardFilter::default()).await?;
    let card = &column(&shown, "business_found")?.page.cards[0];
    assert_eq!((card.next.what.as_str(), &card.next.when), ("No consent basis", &None));
    Ok(())
}
