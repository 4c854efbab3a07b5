//! What a scoped transaction sees.

use anyhow::{Result, ensure};
use database::schema::{contacts, deals};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use test_support::{TestDatabase, contact, deal};

#[tokio::test(flavor = "multi_thread")]
async fn a_brand_sees_its_own_rows_and_no_others() -> Result<()> {
    let test = TestDatabase::new().await?;
    let (codeteki, desifirms) = (test.brands.codeteki.id, test.brands.desifirms.id);

    let mut transaction = test.database.brand(codeteki).await?;
    let theirs = contact(&mut transaction, codeteki, "priya@example.com", &test.clock).await?;
    let sale = deal(&mut transaction, &theirs, "sales", &test.clock).await?;
    transaction.commit().await?;

    let mut other = test.database.brand(desifirms).await?;
    ensure!(database::contact::find(&mut other, theirs.id).await == Err(diesel::result::Error::NotFound));
    ensure!(database::deal::find(&mut other, sale.id).await == Err(diesel::result::Error::NotFound));
    ensure!(database::contact::by_email(&mut other, codeteki, "priya@example.com").await?.is_none());
    let changed = diesel::update(deals::table).set(deals::mails_sent.eq(9)).execute(&mut *other).await?;
    ensure!(changed == 0, "another brand's deal was changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_scope_no_row_is_seen() -> Result<()> {
    let test = TestDatabase::new().await?;
    let codeteki = test.brands.codeteki.id;
    let mut transaction = test.database.brand(codeteki).await?;
    contact(&mut transaction, codeteki, "priya@example.com", &test.clock).await?;
    transaction.commit().await?;

    let mut connection = test.database.unscoped().await?;
    let seen: i64 = contacts::table.count().get_result(&mut connection).await?;
    ensure!(seen == 0, "{seen} contacts seen without a scope");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_cannot_be_written_into_another_brand() -> Result<()> {
    let test = TestDatabase::new().await?;
    let mut transaction = test.database.brand(test.brands.codeteki.id).await?;
    let written = contact(&mut transaction, test.brands.desifirms.id, "priya@example.com", &test.clock).await;
    ensure!(written.is_err(), "row-level security let a foreign row in");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_transaction_leaves_nothing_behind() -> Result<()> {
    let test = TestDatabase::new().await?;
    let codeteki = test.brands.codeteki.id;
    {
        let mut transaction = test.database.brand(codeteki).await?;
        contact(&mut transaction, codeteki, "priya@example.com", &test.clock).await?;
    }
    let mut again = test.database.brand(codeteki).await?;
    ensure!(database::contact::by_email(&mut again, codeteki, "priya@example.com").await?.is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_address_is_two_contacts_in_two_brands() -> Result<()> {
    let test = TestDatabase::new().await?;
    for brand in [test.brands.codeteki.id, test.brands.desifirms.id] {
        let mut transaction = test.database.brand(brand).await?;
        contact(&mut transaction, brand, "priya@example.com", &test.clock).await?;
        transaction.commit().await?;
    }
    let mut both = test.database.scoped(&[test.brands.codeteki.id, test.brands.desifirms.id]).await?;
    let seen: i64 = contacts::table.count().get_result(&mut *both).await?;
    ensure!(seen == 2);
    Ok(())
}

#[derive(QueryableByName)]
struct Mode {
    #[diesel(sql_type = diesel::sql_types::Text)]
    mode: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_plans_end_with_their_transaction() -> Result<()> {
    let test = TestDatabase::new().await?;
    let brands = [test.brands.codeteki.id];
    let question = || diesel::sql_query("SELECT current_setting('plan_cache_mode') AS mode");

    let mut short = test.database.scoped_with_kept_plans(&brands).await?;
    let kept: Mode = question().get_result(&mut *short).await?;
    short.commit().await?;
    let mut next = test.database.scoped(&brands).await?;
    let after: Mode = question().get_result(&mut *next).await?;
    ensure!((kept.mode.as_str(), after.mode.as_str()) == ("force_generic_plan", "auto"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_plans_see_the_same_brand_and_no_other() -> Result<()> {
    let test = TestDatabase::new().await?;
    let (codeteki, desifirms) = (test.brands.codeteki.id, test.brands.desifirms.id);
    let mut transaction = test.database.brand(codeteki).await?;
    let theirs = contact(&mut transaction, codeteki, "priya@example.com", &test.clock).await?;
    transaction.commit().await?;

    // The plan is made for one brand and kept on the connection that asks for the other.
    for (brand, sees) in [(codeteki, true), (desifirms, false), (codeteki, true)] {
        let mut short = test.database.scoped_with_kept_plans(&[brand]).await?;
        ensure!(database::contact::find(&mut short, theirs.id).await.is_ok() == sees);
        short.commit().await?;
    }
    Ok(())
}
