use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, ImportId};

use crate::Result;
use crate::schema::import_errors;

/// Why a row was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ImportError {
    /// Line of the file on which the row begins, from 1.
    pub row_number: i64,
    /// Name of the column in the file.
    pub column_name: String,
    pub reason: String,
}

/// Stores the errors of a chunk in one statement.
pub async fn insert_errors(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    import: ImportId,
    errors: &[ImportError],
) -> Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    let rows: Vec<i64> = errors.iter().map(|error| error.row_number).collect();
    let columns: Vec<&str> = errors.iter().map(|error| error.column_name.as_str()).collect();
    let reasons: Vec<&str> = errors.iter().map(|error| error.reason.as_str()).collect();
    diesel::sql_query(
        "INSERT INTO import_errors (import_id, brand_id, row_number, column_name, reason) \
         SELECT $1, $2, n.row_number, n.column_name, n.reason \
         FROM unnest($3, $4, $5) AS n (row_number, column_name, reason) \
         ON CONFLICT DO NOTHING",
    )
    .bind::<Uuid, _>(import)
    .bind::<Uuid, _>(brand)
    .bind::<Array<BigInt>, _>(rows)
    .bind::<Array<Text>, _>(columns)
    .bind::<Array<Text>, _>(reasons)
    .execute(connection)
    .await?;
    Ok(())
}

/// Errors of an import behind `after` (row and column of the last one seen), in the file's order.
pub async fn errors_after(
    connection: &mut AsyncPgConnection,
    import: ImportId,
    after: Option<(i64, &str)>,
    limit: i64,
) -> Result<Vec<ImportError>> {
    let (row, column) = after.unwrap_or((0, ""));
    import_errors::table
        .filter(import_errors::import_id.eq(import.0))
        .filter(
            import_errors::row_number
                .gt(row)
                .or(import_errors::row_number.eq(row).and(import_errors::column_name.gt(column))),
        )
        .order((import_errors::row_number, import_errors::column_name))
        .limit(limit)
        .select((import_errors::row_number, import_errors::column_name, import_errors::reason))
        .load(connection)
        .await
}
