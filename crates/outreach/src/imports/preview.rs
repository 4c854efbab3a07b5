use database::import;
use domain::ImportId;
use domain::view::import::{ErrorLine, ImportChoice, ImportCounts, PreviewRow, PreviewView};

use super::check::check;
use super::read::Source;
use super::setting::Setting;
use super::stored_options;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Rows a preview looks at; the rest of a longer file is imported all the same.
const ROWS: i64 = 20_000;
/// Errors a preview names.
const ERRORS: usize = 5;

/// What would happen with a choice. Writes nothing.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands; [`Refused::Invalid`]: what to change in the choice.
pub async fn preview(
    environment: &Environment,
    user: &CurrentUser,
    id: ImportId,
    choice: &ImportChoice,
) -> Result<PreviewView, Refused> {
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let stored = import::find(&mut transaction, id).await?;
    let options = stored_options(&stored)?.chosen(choice)?;
    let brand = database::brand::find(&mut transaction, stored.brand_id).await?;
    let setting = Setting::load(&mut transaction, brand, options, choice.pipeline, None).await?;
    drop(transaction);
    let source = Source::Stored { environment: environment.clone(), brand: stored.brand_id, import: id };
    let checked = check(environment, &setting, source, Some(ROWS)).await?;
    Ok(PreviewView {
        checked: checked.counts.rows,
        counts: counts(&checked.counts),
        first: checked
            .first
            .into_iter()
            .map(|(row, contact)| PreviewRow {
                row,
                email: contact.email,
                name: contact.name,
                company: contact.company,
                phone: contact.phone,
                time_zone: contact.time_zone.unwrap_or_default(),
            })
            .collect(),
        errors: checked.errors.into_iter().take(ERRORS).map(error_line).collect(),
    })
}

/// Counts as pages show them.
pub(super) fn counts(counts: &import::Advance) -> ImportCounts {
    ImportCounts {
        created: counts.created,
        updated: counts.updated,
        skipped: counts.skipped,
        suppressed: counts.suppressed,
        errors: counts.errors,
        deals: counts.deals,
    }
}

/// An error as pages show it.
pub(super) fn error_line(error: import::ImportError) -> ErrorLine {
    ErrorLine { row: error.row_number, column: error.column_name, reason: error.reason }
}
