use database::template::{self, Change};
use domain::view::template::TemplateRestore;
use serde_json::json;

use super::check;
use super::save::fresh;
use super::shelf::Shelf;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Puts an older version, or the file as shipped, in force again. No version is lost by it.
///
/// # Errors
/// [`Refused::NotFound`] for a template that isn't theirs, or a version it doesn't have; [`Refused::Invalid`] below the
/// role, for the version in force, and for one that no mail can be written from any more; [`Refused::Conflict`] when
/// somebody was faster. Nothing is changed then.
pub async fn restore(
    environment: &Environment,
    user: &CurrentUser,
    wanted: &TemplateRestore,
) -> Result<(), Refused> {
    let mut shelf = Shelf::open_to_edit(environment, user, &wanted.brand, &wanted.key).await?;
    shelf.register(environment).await?;
    let place = template::lock(&mut shelf.scope, shelf.brand.id, &wanted.key).await?;
    fresh(&mut shelf, wanted.base, place).await?;
    if place.in_force == wanted.version {
        return Err(Refused::Invalid("This version is in force already: nothing was changed.".to_owned()));
    }
    let source = shelf.source_of(wanted.version).await?;
    let problems = check::problems(environment, &shelf.brand, &wanted.key, &source);
    if !problems.is_empty() {
        let reasons = check::in_words(&problems);
        return Err(Refused::Invalid(format!(
            "No mail can be written from that version any more. {reasons} Nothing was changed."
        )));
    }
    let change = Change {
        audit_id: environment.clock().new_id(),
        brand: shelf.brand.id,
        key: &wanted.key,
        version: wanted.version,
        by: user.id(),
        action: "template_restored",
        detail: json!({ "template": wanted.key, "version": wanted.version, "before": place.in_force }),
        at: environment.clock().now(),
    };
    template::change(&mut shelf.scope, &change).await?;
    shelf.scope.commit().await?;
    Ok(())
}
