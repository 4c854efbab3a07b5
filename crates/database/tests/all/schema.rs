//! `schema.rs` against the database the migrations make.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use test_support::TestDatabase;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    line: String,
}

/// The `table!` blocks of schema.rs: table → lines `name -> Type`.
fn declared() -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::new();
    let mut current = String::new();
    let mut renamed: Option<String> = None;
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
            name.clone_into(&mut current);
        } else if let Some(name) =
            line.strip_prefix("#[sql_name = \"").and_then(|rest| rest.strip_suffix("\"]"))
        {
            renamed = Some(name.to_owned());
        } else if let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ") {
            let name = renamed.take().unwrap_or_else(|| name.to_owned());
            if !line.starts_with("diesel::") {
                tables.entry(current.clone()).or_insert_with(Vec::new).push(format!("{name} -> {kind}"));
            }
        }
    }
    tables
}

#[tokio::test(flavor = "multi_thread")]
async fn schema_rs_says_what_the_migrations_made() -> Result<()> {
    let test = TestDatabase::new().await?;
    let mut connection = test.database.unscoped().await?;
    let columns: Vec<Column> = diesel::sql_query(
        "SELECT c.relname::text AS table, a.attname || ' -> ' ||
                CASE WHEN a.attnotnull THEN t.kind ELSE 'Nullable<' || t.kind || '>' END AS line
         FROM pg_attribute a
         JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
         JOIN pg_type p ON p.oid = a.atttypid
         CROSS JOIN LATERAL (SELECT CASE p.typname WHEN 'uuid' THEN 'Uuid' WHEN 'text' THEN 'Text' WHEN 'int2' THEN 'Int2'
             WHEN 'int4' THEN 'Int4' WHEN 'int8' THEN 'Int8' WHEN 'bool' THEN 'Bool' WHEN 'timestamptz' THEN 'Timestamptz'
             WHEN 'date' THEN 'Date' WHEN 'jsonb' THEN 'Jsonb' WHEN 'bytea' THEN 'Bytea' WHEN 'float4' THEN 'Float4'
             WHEN '_text' THEN 'Array<Text>' WHEN '_int2' THEN 'Array<Int2>' ELSE p.typname::text END AS kind) t
         WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> '__diesel_schema_migrations'
         ORDER BY c.relname, a.attnum",
    )
    .load(&mut connection)
    .await?;
    let mut made: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for column in columns {
        made.entry(column.table).or_default().push(column.line);
    }
    let declared = declared();
    for (table, lines) in &made {
        ensure!(
            declared.get(table) == Some(lines),
            "schema.rs and the database differ in {table}: {lines:?}"
        );
    }
    ensure!(declared.len() == made.len());
    Ok(())
}
