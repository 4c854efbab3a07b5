use anyhow::{Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use database::schema::templates;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::world::World;

type Row = (String, String, DateTime<Utc>);

async fn registered(world: &World, brand: domain::BrandId) -> Result<Vec<Row>> {
    let mut scope = world.test.database.brand(brand).await?;
    let rows = templates::table
        .order(templates::key)
        .select((templates::key, templates::checksum, templates::updated_at))
        .load(&mut *scope)
        .await?;
    Ok(rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn seed_registers_every_template_with_its_versions_and_a_second_run_changes_nothing() -> Result<()> {
    let world = World::new().await?;
    outreach::catalogue::load(&world.environment).await?;
    let brands = [(world.codeteki(), "codeteki"), (world.desifirms(), "desifirms")];
    let mut first = Vec::new();
    for (brand, slug) in brands {
        let rows = registered(&world, brand).await?;
        let keys: Vec<&String> = rows.iter().map(|(key, ..)| key).collect();
        let mut files = world.environment.templates().keys(slug);
        files.sort_unstable();
        ensure!(
            files.iter().all(|file| keys.contains(&file)) && keys.len() == files.len(),
            "{slug}: {keys:?}"
        );
        ensure!(files.iter().any(|key| key.ends_with("_value")), "{slug} has no versions");
        first.push(rows);
    }
    world.pass(TimeDelta::hours(1));
    outreach::catalogue::load(&world.environment).await?;
    for ((brand, slug), before) in brands.into_iter().zip(first) {
        ensure!(registered(&world, brand).await? == before, "{slug} changed");
    }
    Ok(())
}
