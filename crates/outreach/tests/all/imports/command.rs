use std::collections::HashSet;

use chrono::{DateTime, Utc};
use database::schema::{deal_stage_events, deals, stages};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::pipeline::catalogue;
use outreach::imports::ImportFile;

use super::support::{World, sales};

#[tokio::test(flavor = "multi_thread")]
async fn every_pipeline_of_both_brands_takes_deals_in_its_first_stage() -> anyhow::Result<()> {
    let world = World::new().await?;
    let path = world.file("list.csv", "Email\nann@lee.com.au\nbob@ray.com.au\n")?;
    let mut pipelines = 0;
    for pipeline in catalogue::all() {
        let request = ImportFile {
            brand: pipeline.brand.to_owned(),
            pipeline: Some(pipeline.key.to_owned()),
            duplicates: domain::import::DuplicateMode::FillBlanks,
            ..sales(path.clone())
        };
        let report = world.import(&request).await?;
        assert_eq!(report.counts.deals, 2, "{} {}", pipeline.brand, pipeline.key);
        pipelines += 1;
    }
    assert_eq!(pipelines, 12);
    for (brand, count) in [(world.codeteki(), 3), (world.desifirms(), 9)] {
        let mut transaction = world.environment.database().brand(brand).await?;
        let positions: Vec<i16> =
            deals::table.inner_join(stages::table).select(stages::position).load(&mut *transaction).await?;
        assert_eq!(positions, vec![1; count * 2]);
        let actors: Vec<String> =
            deal_stage_events::table.select(deal_stage_events::actor).load(&mut *transaction).await?;
        assert_eq!(actors, vec!["import".to_owned(); count * 2]);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn deals_are_due_at_the_next_opening_of_the_contacts_office() -> anyhow::Result<()> {
    let world = World::new().await?;
    // Saturday 28 November 2026, noon in Sydney.
    world.test.clock.set("2026-11-28T01:00:00Z".parse()?);
    let file = "Email,State\nann@lee.com.au,NSW\nbob@ray.com.au,WA\n";
    world.import(&sales(world.file("list.csv", file)?)).await?;
    let mut transaction = world.environment.database().brand(world.codeteki()).await?;
    let due: HashSet<Option<DateTime<Utc>>> =
        deals::table.select(deals::next_action_at).load(&mut *transaction).await?.into_iter().collect();
    let monday_nine = ["2026-11-29T22:00:00Z", "2026-11-30T01:00:00Z"];
    let expected: Result<HashSet<_>, _> = monday_nine.into_iter().map(|at| at.parse().map(Some)).collect();
    assert_eq!(due, expected?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn contact_keeps_one_open_deal_in_a_pipeline() -> anyhow::Result<()> {
    let world = World::new().await?;
    let path = world.file("list.csv", "Email,Company\nann@lee.com.au,One\n")?;
    world.import(&sales(path)).await?;
    let path = world.file("list.csv", "Email,Company\nann@lee.com.au,Two\n")?;
    let again = ImportFile { duplicates: domain::import::DuplicateMode::Overwrite, ..sales(path) };
    let counts = world.import(&again).await?.counts;
    assert_eq!((counts.updated, counts.deals), (1, 0));
    assert_eq!(world.rows(world.codeteki()).await?[1], 1);
    Ok(())
}
