use database::QueryError;
use database::import;
use diesel::result::DatabaseErrorKind;
use domain::{BrandId, ImportId};

use super::read::Source;
use super::run::run;
use super::setting::Setting;
use crate::{Environment, Refused};

/// Carries out a started import: the job `run_import`. Run again after a crash it goes on where it stopped; run twice it
/// does nothing the second time. Says what it came to.
///
/// # Errors
/// When the database fails in a way that passes: the queue tries again. Anything else stops the import with a reason that
/// its page shows.
pub async fn run_import(environment: &Environment, brand: BrandId, id: ImportId) -> Result<String, Refused> {
    let mut transaction = environment.database().brand(brand).await?;
    if !import::begin(&mut transaction, id).await? {
        return Ok("There was nothing to import.".to_owned());
    }
    let stored = import::find(&mut transaction, id).await?;
    let setting = Setting::of(&mut transaction, &stored).await;
    transaction.commit().await?;

    let source = Source::Stored { environment: environment.clone(), brand, import: id };
    let outcome = match setting {
        Ok(setting) => run(environment, &setting, id, source, stored.done_rows).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => finish(environment, brand, id).await,
        Err(Refused::Conflict(why)) => Ok(why),
        Err(Refused::Failed(cause)) if passes(&cause) => Err(Refused::Failed(cause)),
        Err(error) => stop(environment, brand, id, &error).await,
    }
}

/// Marks an import as done and forgets its file.
pub(super) async fn finish(
    environment: &Environment,
    brand: BrandId,
    id: ImportId,
) -> Result<String, Refused> {
    let mut transaction = environment.database().brand(brand).await?;
    import::finish(&mut transaction, id, environment.clock().now()).await?;
    import::delete_file(&mut transaction, id).await?;
    let done = import::find(&mut transaction, id).await?;
    transaction.commit().await?;
    Ok(format!(
        "Imported {} rows: {} new contacts, {} deals.",
        done.done_rows, done.created_count, done.deal_count
    ))
}

/// Stops an import with a reason for people; the cause is for the log.
pub(super) async fn stop(
    environment: &Environment,
    brand: BrandId,
    id: ImportId,
    error: &Refused,
) -> Result<String, Refused> {
    let reason = match error {
        Refused::NotFound => {
            "The pipeline or the file is no longer there. What was imported stays.".to_owned()
        }
        Refused::Invalid(why) | Refused::Conflict(why) => why.clone(),
        Refused::Failed(cause) => {
            tracing::error!(import = %id, cause = format!("{cause:#}"), "an import stopped");
            "Something went wrong on our side. The rows counted here are imported, the others are not; start it again to \
             go on."
                .to_owned()
        }
    };
    let mut transaction = environment.database().brand(brand).await?;
    import::fail(&mut transaction, id, &reason, environment.clock().now()).await?;
    transaction.commit().await?;
    Ok(reason)
}

/// Whether trying again can help: the connection broke, or two transactions stood in each other's way.
fn passes(cause: &anyhow::Error) -> bool {
    match cause.downcast_ref::<QueryError>() {
        Some(QueryError::DatabaseError(kind, information)) => {
            matches!(
                kind,
                DatabaseErrorKind::ClosedConnection
                    | DatabaseErrorKind::UnableToSendCommand
                    | DatabaseErrorKind::SerializationFailure
            ) || information.message().contains("deadlock")
                || information.message().contains("terminating connection")
        }
        Some(QueryError::BrokenTransactionManager | QueryError::RollbackErrorOnCommit { .. }) => true,
        _ => false,
    }
}
