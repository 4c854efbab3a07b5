use database::import;
use domain::ImportId;

use super::known::look_up;
use super::plan::Plan;
use super::read::{Source, stream};
use super::rows::read_row;
use super::setting::Setting;
use super::write::carry_out;
use crate::{Environment, Refused};

/// Imports a file's rows from row `done` on, one transaction per chunk. Progress is part of the transaction: whenever it
/// stops, a second run goes on exactly there.
///
/// # Errors
/// [`Refused::Conflict`] when another worker is at the same import; whatever the file or the database fails with.
pub(super) async fn run(
    environment: &Environment,
    setting: &Setting,
    id: ImportId,
    source: Source,
    mut done: i64,
) -> Result<(), Refused> {
    let options = setting.options.clone();
    let mut chunks =
        stream(source, setting.options.layout.clone(), done, move |record| read_row(&options, &record));
    while let Some(rows) = chunks.recv().await {
        let rows = rows?;
        let mut transaction = environment.database().brand(setting.brand.id).await?;
        import::settings_for_bulk(&mut transaction).await?;
        if import::done_rows_locked(&mut transaction, id).await? != done {
            return Err(Refused::Conflict("Another worker is running this import.".to_owned()));
        }
        let known = look_up(&mut transaction, setting, &rows, true).await?;
        let mut plan = Plan::make(setting, known, rows, environment.clock());
        carry_out(&mut transaction, setting, id, &mut plan, environment.clock().now()).await?;
        transaction.commit().await?;
        done += plan.counts.rows;
    }
    Ok(())
}
