use database::{brand, job_run};
use futures::{StreamExt, stream};
use serde_json::json;

use super::check::{Checked, check};
use super::managed;
use crate::jobs::Trigger;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Its name.
pub const JOB: &str = "check_email_replies";

/// Mailboxes read at once: a slow one keeps no other waiting.
const AT_ONCE: usize = 3;

/// Looks into every brand's mailbox.
///
/// # Errors
/// When the database fails. The other mailboxes have been looked into all the same.
pub async fn check_all(environment: &Environment) -> Result<Checked, Refused> {
    let brands = {
        let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
        brand::all(&mut connection).await?
    };
    let looks: Vec<Result<Checked, Refused>> =
        stream::iter(brands.into_iter().map(|brand| check_owned(environment.clone(), brand.id)))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
    looks.into_iter().try_fold(Checked::default(), |all, one| Ok(all.and(one?)))
}

async fn check_owned(environment: Environment, brand: domain::BrandId) -> Result<Checked, Refused> {
    check(&environment, brand).await
}

/// Has a worker look into a brand's mailbox at once, at a person's wish: it goes on whether or not they wait for it.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn check_now(environment: &Environment, user: &CurrentUser, slug: &str) -> Result<(), Refused> {
    let brand = managed(user, slug)?.id;
    let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
    let payload = json!({ "trigger": Trigger::Person.as_str(), "brand": brand });
    Ok(job_run::enqueue(&mut connection, JOB, &payload, &format!("{JOB}:{brand}")).await?)
}
