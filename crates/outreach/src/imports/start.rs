use database::import;
use domain::ImportId;
use domain::view::import::ImportChoice;

use super::setting::Setting;
use super::stored_options;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Starts an import as the person chose: a worker carries it out.
///
/// # Errors
/// [`Refused::NotFound`] outside their brands; [`Refused::Invalid`]: what to change; [`Refused::Conflict`] when it has
/// been started already.
pub async fn start(
    environment: &Environment,
    user: &CurrentUser,
    id: ImportId,
    choice: &ImportChoice,
) -> Result<(), Refused> {
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let stored = import::find(&mut transaction, id).await?;
    let options = stored_options(&stored)?.chosen(choice)?;
    if choice.consent.is_none() {
        return Err(Refused::Invalid(
            "Say why we may write to them, or that it is not known: then nothing is sent until a person decides."
                .to_owned(),
        ));
    }
    let brand = database::brand::find(&mut transaction, stored.brand_id).await?;
    // Also checks that the pipeline is the brand's and can take deals.
    let setting = Setting::load(&mut transaction, brand, options, choice.pipeline, None).await?;
    let json = serde_json::to_value(&setting.options).map_err(anyhow::Error::from)?;
    if !import::queue(&mut transaction, id, choice.pipeline, &json).await? {
        return Err(Refused::Conflict("This import has been started already.".to_owned()));
    }
    import::enqueue(&mut transaction, stored.brand_id, id).await?;
    transaction.commit().await?;
    Ok(())
}

/// Starts an import that failed again, from the row it stopped at.
///
/// # Errors
/// [`Refused::NotFound`] outside their brands; [`Refused::Conflict`] when it hasn't failed, or came from the command
/// line, whose file isn't stored.
pub async fn start_again(environment: &Environment, user: &CurrentUser, id: ImportId) -> Result<(), Refused> {
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let stored = import::find(&mut transaction, id).await?;
    if import::part(&mut transaction, id, 0).await?.is_none() {
        return Err(Refused::Conflict("The file is no longer here. Upload it again.".to_owned()));
    }
    let failed = stored.status == domain::import::ImportStatus::Failed;
    if !failed || !import::queue(&mut transaction, id, stored.pipeline_id, &stored.options).await? {
        return Err(Refused::Conflict("This import has been started already.".to_owned()));
    }
    import::enqueue(&mut transaction, stored.brand_id, id).await?;
    transaction.commit().await?;
    Ok(())
}
