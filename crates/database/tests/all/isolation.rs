//! Row-level security as the catalogue knows it.

use anyhow::{Result, ensure};
use diesel::QueryableByName;
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;
use test_support::{TestDatabase, contact};

/// Tables of no brand, each with the reason it may be one.
const REVIEWED: &[(&str, &str)] = &[
    ("__diesel_schema_migrations", "the schema's own history"),
    ("brands", "names of the brands; what belongs to them is elsewhere"),
    ("demo_clock", "one number of the demo"),
    ("job_runs", "what the worker did; no row of any brand"),
    ("timetable_marks", "which occurrences of scheduled jobs are in the queue; no row of any brand"),
    ("sessions", "of people, who belong to several brands"),
    ("sign_in_attempts", "before anyone is known"),
    ("users", "people belong to several brands"),
];

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    has_brand: bool,
    #[diesel(sql_type = Bool)]
    forced: bool,
    #[diesel(sql_type = Bool)]
    has_policy: bool,
}

async fn tables(test: &TestDatabase) -> Result<Vec<Table>> {
    let mut connection = test.database.unscoped().await?;
    Ok(diesel::sql_query(
        "SELECT c.relname::text AS name,
                EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'brand_id' AND NOT a.attisdropped) AS has_brand,
                c.relrowsecurity AND c.relforcerowsecurity AS forced,
                EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname
                        AND p.policyname = 'brand_isolation' AND p.qual LIKE '%brand_ids%' AND p.with_check LIKE '%brand_ids%') AS has_policy
         FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1",
    )
    .load(&mut connection)
    .await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_with_a_brand_forces_the_policy() -> Result<()> {
    let test = TestDatabase::new().await?;
    for table in tables(&test).await?.iter().filter(|table| table.has_brand) {
        ensure!(table.forced && table.has_policy, "{} is not isolated by brand", table.name);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_without_a_brand_is_reviewed() -> Result<()> {
    let test = TestDatabase::new().await?;
    for table in tables(&test).await?.iter().filter(|table| !table.has_brand) {
        ensure!(
            REVIEWED.iter().any(|(name, _)| *name == table.name),
            "{} has no brand_id: give it one or add it here with the reason",
            table.name
        );
    }
    Ok(())
}

/// Views read with their owner's rights, so each has to hold the policy's condition itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_view_shows_the_brands_in_scope_and_no_others() -> Result<()> {
    #[derive(QueryableByName)]
    struct View {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        is_scoped: bool,
    }
    let test = TestDatabase::new().await?;
    let views: Vec<View> = diesel::sql_query(
        "SELECT viewname::text AS name, definition LIKE '%brand_id = ANY%app.brand_ids()%' AS is_scoped
         FROM pg_views WHERE schemaname = 'public'",
    )
    .load(&mut test.database.unscoped().await?)
    .await?;
    ensure!(!views.is_empty());
    for view in views {
        ensure!(view.is_scoped, "{} shows every brand", view.name);
    }

    let (ours, theirs) = (test.brands.desifirms.id, test.brands.codeteki.id);
    for brand in [ours, theirs] {
        let mut scope = test.database.brand(brand).await?;
        contact(&mut scope, brand, "priya@example.com", &test.clock).await?;
        scope.commit().await?;
    }
    for (scope, expected) in [(vec![], 0), (vec![ours], 1), (vec![theirs], 1), (vec![ours, theirs], 2)] {
        let mut scope = test.database.scoped(&scope).await?;
        let seen: i64 = diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(
            "(SELECT count(*) FROM contacts_in_scope)",
        ))
        .get_result(&mut *scope)
        .await?;
        ensure!(seen == expected, "{seen} of {expected}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_application_role_owns_nothing_and_bypasses_nothing() -> Result<()> {
    #[derive(QueryableByName)]
    struct Role {
        #[diesel(sql_type = Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        powerful: bool,
        #[diesel(sql_type = Bool)]
        owns: bool,
    }
    let test = TestDatabase::new().await?;
    let mut connection = test.database.unscoped().await?;
    let role: Role = diesel::sql_query(
        "SELECT current_user::text AS name,
                r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb AS powerful,
                EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns
         FROM pg_roles r WHERE r.rolname = current_user",
    )
    .get_result(&mut connection)
    .await?;
    ensure!(role.name == "overture_app", "connected as {}", role.name);
    ensure!(!role.powerful && !role.owns, "overture_app is too powerful");
    Ok(())
}
