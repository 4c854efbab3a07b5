use database::import::{self, ImportError};
use domain::{BrandId, ImportId};
use futures::Stream;
use futures::stream::try_unfold;

use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Errors read at a time.
const PAGE: i64 = 5_000;

/// Name of the file, and its CSV piece by piece: every error of an import with its row, column and reason.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands.
pub async fn error_file(
    environment: &Environment,
    user: &CurrentUser,
    id: ImportId,
) -> Result<(String, impl Stream<Item = anyhow::Result<String>> + Send + 'static), Refused> {
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let stored = import::find(&mut transaction, id).await?;
    let stem = stored.file_name.rsplit_once('.').map_or(stored.file_name.as_str(), |(stem, _)| stem);
    let name = format!("{stem}-errors.csv");
    Ok((name, pages(environment.clone(), stored.brand_id, id)))
}

fn pages(
    environment: Environment,
    brand: BrandId,
    id: ImportId,
) -> impl Stream<Item = anyhow::Result<String>> + Send + 'static {
    // What has been written so far: nothing, everything up to an error, all.
    let start = Some(None::<ImportError>);
    try_unfold(start, move |after| {
        let environment = environment.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let mut transaction = environment.database().brand(brand).await?;
            let seen = after.as_ref().map(|error| (error.row_number, error.column_name.as_str()));
            let mut page = import::errors_after(&mut transaction, id, seen, PAGE).await?;
            let text = csv_of(&page, after.is_none())?;
            Ok(Some((text, page.pop().map(Some))))
        }
    })
}

fn csv_of(errors: &[ImportError], with_header: bool) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if with_header {
        writer.write_record(["Row", "Column", "Reason"])?;
    }
    for error in errors {
        writer.write_record([
            &error.row_number.to_string(),
            &inert(&error.column_name),
            &inert(&error.reason),
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner().map_err(|error| error.into_error())?)?)
}

/// A cell that no spreadsheet takes for a formula.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_from_a_file_never_become_formulas() -> anyhow::Result<()> {
        let error = |column: &str| ImportError {
            row_number: 2,
            column_name: column.to_owned(),
            reason: "a, b".to_owned(),
        };
        let text = csv_of(&[error("=HYPERLINK(\"x\")"), error("Email")], true)?;
        assert_eq!(text, "Row,Column,Reason\n2,\"'=HYPERLINK(\"\"x\"\")\",\"a, b\"\n2,Email,\"a, b\"\n");
        Ok(())
    }
}
