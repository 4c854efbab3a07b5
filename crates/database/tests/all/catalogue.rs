//! Loading the pipeline catalogue again.

use anyhow::{Result, ensure};
use database::schema::{pipelines, stages};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use test_support::{TestDatabase, contact, deal};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_load_changes_nothing_people_have_edited() -> Result<()> {
    let test = TestDatabase::new().await?;
    let brand = test.brands.desifirms.id;
    let mut transaction = test.database.brand(brand).await?;
    diesel::update(pipelines::table.filter(pipelines::key.eq("business")))
        .set(pipelines::name.eq("Renamed"))
        .execute(&mut *transaction)
        .await?;
    diesel::update(stages::table.filter(stages::name.eq("Invited")))
        .set(stages::days.eq(9))
        .execute(&mut *transaction)
        .await?;
    let person = contact(&mut transaction, brand, "priya@example.com", &test.clock).await?;
    let before = deal(&mut transaction, &person, "business", &test.clock).await?;
    let stages_before = database::pipeline::all_stages(&mut transaction).await?;

    let catalogue = domain::pipeline::catalogue::all().filter(|pipeline| pipeline.brand == "desifirms");
    for (position, pipeline) in (1i16..).zip(catalogue) {
        let clock = &test.clock;
        let new = database::catalogue::load_pipeline(
            &mut transaction,
            brand,
            position,
            pipeline,
            || clock.new_id(),
            clock.now(),
        )
        .await?;
        ensure!(!new, "{} was loaded twice", pipeline.key);
    }

    ensure!(database::pipeline::all_stages(&mut transaction).await? == stages_before);
    ensure!(database::deal::find(&mut transaction, before.id).await? == before);
    Ok(())
}
