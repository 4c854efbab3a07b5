use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, ImportId};

use crate::Result;
use crate::schema::import_files;

/// Stores one piece of an upload; pieces count from 0 without gaps.
pub async fn store_part(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    import: ImportId,
    part: i32,
    bytes: &[u8],
) -> Result<()> {
    diesel::insert_into(import_files::table)
        .values((
            import_files::import_id.eq(import),
            import_files::brand_id.eq(brand),
            import_files::part.eq(part),
            import_files::bytes.eq(bytes),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// One piece of an upload; `None` behind the last.
pub async fn part(
    connection: &mut AsyncPgConnection,
    import: ImportId,
    part: i32,
) -> Result<Option<Vec<u8>>> {
    import_files::table
        .filter(import_files::import_id.eq(import).and(import_files::part.eq(part)))
        .select(import_files::bytes)
        .first(connection)
        .await
        .optional()
}

/// Forgets an upload: its contacts are stored, the file is no longer needed.
pub async fn delete_file(connection: &mut AsyncPgConnection, import: ImportId) -> Result<()> {
    diesel::delete(import_files::table.filter(import_files::import_id.eq(import)))
        .execute(connection)
        .await?;
    Ok(())
}
