use std::path::PathBuf;

use anyhow::Context;
use database::import::{self, Advance, Import, ImportError};
use domain::ImportId;
use domain::contact::ConsentBasis;
use domain::import::{DuplicateMode, Field, ImportStatus};

use super::check::check;
use super::job::{finish, stop};
use super::options::{Options, brand_named, file_name};
use super::read::{Source, inspect};
use super::run::run;
use super::setting::Setting;
use super::upload::new_row;
use crate::{Environment, Refused};

/// Errors a report names.
const ERRORS: i64 = 100;

/// An import from the command line.
#[derive(Debug, Clone)]
pub struct ImportFile {
    pub path: PathBuf,
    /// Slug of the brand.
    pub brand: String,
    /// Key of the pipeline that gets deals; `None`: contacts only.
    pub pipeline: Option<String>,
    /// For rows that don't say it themselves; `None`: held until a person decides.
    pub consent: Option<ConsentBasis>,
    /// Where the consent can be checked.
    pub evidence: String,
    pub duplicates: DuplicateMode,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// What an import came to, or would come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Each column and what it becomes, in the file's order.
    pub mapping: Vec<(String, Field)>,
    pub counts: Advance,
    /// The first hundred.
    pub errors: Vec<ImportError>,
    /// The import as the list of imports shows it; `None`: nothing was written.
    pub import: Option<ImportId>,
}

/// Imports a file at once, without a worker.
///
/// # Errors
/// [`Refused::NotFound`] for an unknown brand; [`Refused::Invalid`] when the file is no list of contacts, has no column of
/// addresses, or the pipeline is unknown.
pub async fn import_file(environment: &Environment, request: &ImportFile) -> Result<Report, Refused> {
    let brand = brand_named(environment, &request.brand).await.map_err(|error| match error {
        Refused::NotFound => Refused::Invalid(format!("There is no brand {}.", request.brand)),
        other => other,
    })?;
    let source = Source::Path(request.path.clone());
    let inspection = inspect(&source).await?;
    let options = Options {
        duplicates: request.duplicates,
        consent: request.consent,
        evidence: request.evidence.trim().to_owned(),
        ..Options::guessed(&inspection)
    };
    options.check()?;
    let mapping = options.columns.iter().cloned().zip(options.mapping.iter().copied()).collect();
    let mut transaction = environment.database().brand(brand.id).await?;
    let pipeline = match &request.pipeline {
        Some(key) => Some(
            database::pipeline::by_key(&mut transaction, brand.id, key)
                .await?
                .ok_or_else(|| Refused::Invalid(format!("{} has no pipeline {key}.", brand.name)))?
                .id,
        ),
        None => None,
    };
    let setting = Setting::load(&mut transaction, brand, options, pipeline, None).await?;
    if request.dry_run {
        drop(transaction);
        let checked = check(environment, &setting, source, None).await?;
        return Ok(Report { mapping, counts: checked.counts, errors: checked.errors, import: None });
    }
    let (id, brand) = (ImportId(environment.clock().new_id()), setting.brand.id);
    let name = file_name(&request.path.to_string_lossy());
    let row = new_row(environment, id, brand, name, &setting.options, inspection.rows)?;
    import::insert(&mut transaction, &Import { pipeline_id: pipeline, status: ImportStatus::Running, ..row })
        .await?;
    transaction.commit().await?;

    if let Err(error) = run(environment, &setting, id, source, 0).await {
        stop(environment, brand, id, &error).await?;
        return Err(error);
    }
    finish(environment, brand, id).await?;
    report(environment, &setting, id, mapping).await
}

async fn report(
    environment: &Environment,
    setting: &Setting,
    id: ImportId,
    mapping: Vec<(String, Field)>,
) -> Result<Report, Refused> {
    let mut transaction = environment.database().brand(setting.brand.id).await?;
    let done = import::find(&mut transaction, id).await.context("reading what the import came to")?;
    let errors = import::errors_after(&mut transaction, id, None, ERRORS).await?;
    Ok(Report { mapping, counts: done.counts(), errors, import: Some(id) })
}
