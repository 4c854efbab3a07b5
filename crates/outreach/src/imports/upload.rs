use database::import::{self, Import};
use domain::import::ImportStatus;
use domain::{BrandId, ImportId};

use super::options::{Options, file_name};
use super::read::{Inspection, NotRead, Source, inspect, store};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Stores an uploaded file with guesses of what its columns are. Nothing is imported until a person starts it.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`NotRead::Unreadable`] when it is no list of contacts.
pub async fn receive(
    environment: &Environment,
    user: &CurrentUser,
    brand: BrandId,
    name: &str,
    file: &Source,
) -> Result<ImportId, NotRead> {
    user.role_in(brand).ok_or(Refused::NotFound)?;
    let inspection = inspect(file).await?;
    Ok(keep(environment, user, brand, name, file, &inspection).await?)
}

async fn keep(
    environment: &Environment,
    user: &CurrentUser,
    brand: BrandId,
    name: &str,
    file: &Source,
    inspection: &Inspection,
) -> Result<ImportId, Refused> {
    let mut options = Options::guessed(inspection);
    let mut transaction = environment.database().brand(brand).await?;
    if let Some(earlier) = earlier_options(&mut transaction, brand, &options).await? {
        options.remember(earlier);
    }
    // Deals are what most lists are imported for: the brand's first pipeline is the likeliest.
    let pipelines = database::pipeline::all(&mut transaction).await?;
    let pipeline = pipelines.iter().find(|candidate| candidate.is_active).map(|first| first.id);
    let id = ImportId(environment.clock().new_id());
    let row = new_row(environment, id, brand, file_name(name), &options, inspection.rows)?;
    import::insert(&mut transaction, &Import { pipeline_id: pipeline, created_by: Some(user.id()), ..row })
        .await?;
    store(&mut transaction, brand, id, file).await?;
    transaction.commit().await?;
    Ok(id)
}

async fn earlier_options(
    connection: &mut database::Connection,
    brand: BrandId,
    options: &Options,
) -> Result<Option<Options>, Refused> {
    let found = import::remembered_options(connection, brand, &options.columns).await?;
    // Options of an older release that can't be read any more are no reason to refuse a file.
    Ok(found.and_then(|json| serde_json::from_value(json).ok()))
}

/// An import nothing has happened to yet.
pub(super) fn new_row(
    environment: &Environment,
    id: ImportId,
    brand: BrandId,
    file_name: String,
    options: &Options,
    rows: i64,
) -> Result<Import, Refused> {
    Ok(Import {
        id,
        brand_id: brand,
        pipeline_id: None,
        file_name,
        status: ImportStatus::Uploaded,
        options: serde_json::to_value(options).map_err(anyhow::Error::from)?,
        total_rows: rows,
        done_rows: 0,
        created_count: 0,
        updated_count: 0,
        skipped_count: 0,
        suppressed_count: 0,
        error_count: 0,
        deal_count: 0,
        failure: None,
        created_by: None,
        created_at: environment.clock().now(),
        finished_at: None,
    })
}
