use database::import::{self, ListedImport};
use domain::ImportId;
use domain::import::ImportStatus;
use domain::view::import::{
    ColumnView, ImportLine, ImportView, ImportsView, MappingView, PipelineChoice, ProgressView,
};

use super::preview::{counts, error_line};
use super::read::{Source, stream};
use super::{Options, largest_mb, stored_options};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Imports listed.
const LISTED: i64 = 50;
/// Errors on the page; the download has all.
const ERRORS: i64 = 100;
/// Rows whose cells stand beside a column's name.
const SAMPLES: usize = 3;

/// The upload page of the brands that `filter` (`all` or a slug) names.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs.
pub async fn imports(
    environment: &Environment,
    user: &CurrentUser,
    filter: &str,
) -> Result<ImportsView, Refused> {
    let brands = user.brands(filter).ok_or(Refused::NotFound)?;
    let mut transaction = environment.database().scoped(&brands).await?;
    let listed = import::newest(&mut transaction, LISTED).await?;
    Ok(ImportsView {
        brands: user
            .memberships()
            .iter()
            .filter(|membership| brands.contains(&membership.id))
            .map(|membership| (membership.slug.clone(), membership.name.clone()))
            .collect(),
        imports: listed.into_iter().map(|listed| line(listed, user)).collect(),
        largest_mb: largest_mb(),
    })
}

fn line(listed: ListedImport, user: &CurrentUser) -> ImportLine {
    let import = listed.import;
    ImportLine {
        id: import.id,
        file_name: import.file_name,
        brand: listed.brand,
        pipeline: listed.pipeline,
        status: import.status,
        rows: import.total_rows,
        created: import.created_count,
        errors: import.error_count,
        author: listed.author,
        at: import.created_at.with_timezone(&user.zone()).format("%-d %b %H:%M").to_string(),
        instant: import.created_at.to_rfc3339(),
    }
}

/// One import: its mapping screen until it is started, then its progress.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands.
pub async fn import(
    environment: &Environment,
    user: &CurrentUser,
    id: ImportId,
) -> Result<ImportView, Refused> {
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let listed = import::listed(&mut transaction, id).await?;
    match listed.import.status {
        ImportStatus::Uploaded => {
            let pipelines = pipelines(&mut transaction, &listed).await?;
            drop(transaction);
            mapping(environment, listed, pipelines).await.map(|view| ImportView::Mapping(Box::new(view)))
        }
        ImportStatus::Queued | ImportStatus::Running | ImportStatus::Done | ImportStatus::Failed => {
            let errors = import::errors_after(&mut transaction, id, None, ERRORS).await?;
            Ok(ImportView::Progress(Box::new(progress(listed, errors))))
        }
    }
}

async fn pipelines(
    connection: &mut database::Connection,
    listed: &ListedImport,
) -> Result<Vec<PipelineChoice>, Refused> {
    let stages = database::pipeline::all_stages(connection).await?;
    let all = database::pipeline::all(connection).await?;
    let own =
        all.into_iter().filter(|pipeline| pipeline.brand_id == listed.import.brand_id && pipeline.is_active);
    Ok(own
        .filter_map(|pipeline| {
            let ladder = pipeline.ladder(&stages).ok()?;
            Some(PipelineChoice { id: pipeline.id, entry: ladder.entry().name.clone(), name: pipeline.name })
        })
        .collect())
}

async fn mapping(
    environment: &Environment,
    listed: ListedImport,
    pipelines: Vec<PipelineChoice>,
) -> Result<MappingView, Refused> {
    let import = listed.import;
    let options = stored_options(&import)?;
    let source =
        Source::Stored { environment: environment.clone(), brand: import.brand_id, import: import.id };
    let summary = format!(
        "{} · {} · {}",
        amount(import.total_rows, "row"),
        amount(i64::try_from(options.columns.len()).unwrap_or(i64::MAX), "column"),
        options.layout.describe()
    );
    Ok(MappingView {
        id: import.id,
        file_name: import.file_name,
        brand: listed.brand,
        summary,
        rows: import.total_rows,
        columns: columns(&options, source).await?,
        pipelines,
        remembered: options.remembered,
        choice: options.choice(import.pipeline_id),
    })
}

/// The columns with cells of the first rows.
async fn columns(options: &Options, source: Source) -> Result<Vec<ColumnView>, Refused> {
    let mut chunks = stream(source, options.layout.clone(), 0, |record| record);
    let first = chunks.recv().await.transpose()?.unwrap_or_default();
    let sample = |column: usize| {
        first
            .iter()
            .take(SAMPLES)
            .map(|record| match record.cells().get(column).map(|cell| cell.trim()) {
                None | Some("") => "–".to_owned(),
                Some(cell) => cell.chars().take(80).collect(),
            })
            .collect()
    };
    Ok(options
        .columns
        .iter()
        .enumerate()
        .map(|(column, header)| ColumnView { header: header.clone(), samples: sample(column) })
        .collect())
}

fn progress(listed: ListedImport, errors: Vec<import::ImportError>) -> ProgressView {
    let import = listed.import;
    let into = listed
        .pipeline
        .as_deref()
        .map_or_else(|| format!("Into {}, without deals", listed.brand), |name| format!("Into {name}"));
    let by = listed.author.as_deref().unwrap_or("the command line");
    ProgressView {
        id: import.id,
        status: import.status,
        about: format!("{into}, by {by}"),
        total: import.total_rows,
        done: import.done_rows,
        counts: counts(&import.counts()),
        failure: import.failure,
        errors: errors.into_iter().map(error_line).collect(),
        board: import.pipeline_id.zip(listed.pipeline),
        file_name: import.file_name,
    }
}

fn amount(number: i64, noun: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number == 1 { format!("{grouped} {noun}") } else { format!("{grouped} {noun}s") }
}
